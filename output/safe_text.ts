/**
 * Text from the network, made harmless for a terminal: an escape sequence in a
 * contact's name must not move the cursor, set the title or hide other text.
 */

// C0 and C1 controls, and the characters that turn the reading direction around.
const UNSAFE =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** `text` with every control character made visible; line ends stay. */
export function safeText(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(
    UNSAFE,
    (character) => character === "\n" ? "\n" : picture(character),
  );
}

/** The same on one line: line ends and tabs become spaces. */
export function safeLine(text: string): string {
  return safeText(text.replace(/\r\n|[\n\r\t]/g, " ")).trim();
}

/** ␛ for escape, ␇ for bell …; � for what has no picture. */
function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "␡" : "�";
}
