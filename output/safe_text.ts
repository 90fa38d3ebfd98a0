/**
 * Text from the network, made harmless for a terminal: an escape sequence in a
 * contact's name must not move the cursor, set the title or hide other text.
 */

// C0 and C1 controls but tab and line feed, and the characters that turn the
// reading direction around.
const UNSAFE =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** `text` with every control character made visible; line ends and tabs stay. */
export function safeText(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(UNSAFE, picture);
}

/** The same on one line: line ends and tabs become spaces. */
export function safeLine(text: string): string {
  return safeText(text.replace(/\r\n|[\n\r\t]/g, " ")).trim();
}

/**
 * JSON with the exact value, in which every control character is escaped:
 * `JSON.stringify` leaves those above U+001F as they are, and U+009B begins an
 * escape sequence too.
 */
export function safeJson(value: unknown, indent?: number): string {
  // What JSON has no word for, such as a function, is as good as nothing.
  return (JSON.stringify(value, null, indent) ?? "null").replace(
    UNSAFE,
    (character) =>
      `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** ␛ for escape, ␇ for bell …; � for what has no picture. */
function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "␡" : "�";
}
