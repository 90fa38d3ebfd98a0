/**
 * Text from the network, made harmless for a terminal: an escape sequence in a
 * contact's name must not move the cursor, set the title or hide other text.
 */

/**
 * What must not reach a terminal as it is: C0 and C1 controls but tab and line
 * feed, what turns the reading direction around, line and paragraph separators,
 * noncharacters, lone surrogates, and characters without any shape, in which a
 * whole message can hide. The flags of England, Scotland and Wales end in some.
 */
const unsafe = () =>
  /\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}|[[\p{Cc}\p{DI}\p{Bidi_Control}\p{NChar}\p{Cs}\p{Zl}\p{Zp}\ufff9-\ufffb]--[\t\n]]/gv;

interface Attached {
  itself: RegExp;
  before: RegExp;
  after?: RegExp;
}

/**
 * Characters without a shape that belong to the one before them, and what that
 * one is; joiners need one behind them, too.
 */
const attached = (): Attached[] => [
  {
    // Inside emoji, and inside words of scripts that have them.
    itself: /[\u200c\u200d]/,
    before:
      /\ufe0f|(?!\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic}|\p{DI})[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{M}\p{L}]/u,
    after: /[[\p{L}\p{M}\p{Extended_Pictographic}]--\p{DI}]/v,
  },
  // The choice between text and emoji, and between forms of a character.
  { itself: /[\ufe0e\ufe0f]/, before: /\p{Emoji}/u },
  { itself: /[\ufe00-\ufe02\u{e0100}-\u{e01ef}]/u, before: /\p{Ideographic}/u },
  {
    itself: /[\u180b-\u180d\u180f]/,
    before: /(?!\p{DI})\p{Script=Mongolian}/u,
  },
];

/**
 * What most texts consist of, `✔` and `✖` too. The other patterns are slow, and
 * slow to make: made where they are used, they cost other texts nothing.
 */
const PLAIN =
  /^[\t\n\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2713-\u2718]*$/;

/** `text` with every unsafe character made visible; line ends and tabs stay. */
export function safeText(text: string): string {
  return replaceUnsafe(text.replaceAll("\r\n", "\n"), picture);
}

/** The same on one line: line ends and tabs become spaces. */
export function safeLine(text: string): string {
  return safeText(text.replace(/\r\n|[\n\r\t]/g, " ")).trim();
}

/**
 * JSON with the exact value, in which every unsafe character is escaped:
 * `JSON.stringify` leaves those above U+001F as they are, and U+009B begins an
 * escape sequence too.
 */
export function safeJson(value: unknown, indent?: number): string {
  // What JSON has no word for, such as a function, is as good as nothing.
  return escapeUnsafe(JSON.stringify(value, null, indent) ?? "null");
}

/** The same for text that is JSON already. */
export function escapeUnsafe(json: string): string {
  return replaceUnsafe(
    json,
    (character) =>
      character.split("").map((unit) =>
        `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`
      ).join(""),
  );
}

/** Whether every character of `text` is shown as it is. */
export function isSafe(text: string): boolean {
  return safeText(text) === text;
}

function replaceUnsafe(
  text: string,
  replacement: (character: string) => string,
): string {
  if (PLAIN.test(text)) return text;
  const kinds = attached();
  return text.replace(
    unsafe(),
    (found, at: number) =>
      found.length > 2 || isAttached(kinds, text, at, found)
        ? found
        : replacement(found),
  );
}

function isAttached(
  kinds: Attached[],
  text: string,
  at: number,
  character: string,
): boolean {
  const kind = kinds.find(({ itself }) => itself.test(character));
  if (!kind) return false;
  const low = text.charCodeAt(at - 1) >> 10 === 0xdc00 >> 10;
  const before = text.slice(Math.max(0, at - (low ? 2 : 1)), at);
  const after = String.fromCodePoint(
    text.codePointAt(at + character.length) ?? 0,
  );
  return kind.before.test(before) && (kind.after?.test(after) ?? true);
}

/** ␛ for escape, ␇ for bell …; � for what has no picture. */
function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "␡" : "�";
}
