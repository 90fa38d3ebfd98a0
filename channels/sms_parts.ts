/**
 * The encoding and the parts of an SMS. One part holds 160 septets of GSM-7, or
 * 70 UTF-16 units if the text has other characters. In several parts, each also
 * holds a header, and an escape sequence or a surrogate pair is never split.
 *
 * @see https://developers.sinch.com/docs/sms/resources/message-info/message-parts/
 */
export interface SmsParts {
  encoding: "GSM-7" | "UCS-2";
  /** Septets or UTF-16 units, headers not counted. */
  units: number;
  parts: number;
}

/** What one part holds alone, and each of several. */
export const PART_SIZES = {
  "GSM-7": { one: 160, each: 153 },
  "UCS-2": { one: 70, each: 67 },
} as const;

const GSM_7 = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Characters that take two septets: an escape and another. */
const GSM_7_EXTENSION = new Set("\f^{}\\[~]|€");

export function isGsm7(character: string): boolean {
  return GSM_7.has(character) || GSM_7_EXTENSION.has(character);
}

export function smsParts(text: string): SmsParts {
  // By code point, so that a surrogate pair stays together.
  const characters = [...text];
  const encoding = characters.every(isGsm7) ? "GSM-7" : "UCS-2";
  const sizes = characters.map((one) =>
    encoding === "UCS-2" ? one.length : GSM_7_EXTENSION.has(one) ? 2 : 1
  );
  const { one, each } = PART_SIZES[encoding];
  return { encoding, ...cut(sizes, one, each) };
}

/** @param sizes in units, of pieces that must not be split */
function cut(
  sizes: number[],
  roomInOne: number,
  roomInEach: number,
): { units: number; parts: number } {
  const units = sizes.reduce((sum, size) => sum + size, 0);
  if (units <= roomInOne) return { units, parts: 1 };
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > roomInEach) {
      parts++;
      used = 0;
    }
    used += size;
  }
  return { units, parts };
}

/** A character that GSM-7 lacks. */
export interface Ucs2Character {
  character: string;
  /** Where it is first, in characters from 1. */
  position: number;
  /** How often it occurs. */
  count: number;
  /** `U+2019 right single quotation mark` */
  name: string;
  /** The same in GSM-7, `""` for nothing; absent where GSM-7 has nothing like it. */
  replacement?: string;
}

/** The characters that make a text UCS-2, in the order they occur in it. */
export function ucs2Characters(text: string): Ucs2Character[] {
  const found = new Map<string, Ucs2Character>();
  let position = 0;
  for (const character of text) {
    position++;
    if (isGsm7(character)) continue;
    const known = found.get(character);
    if (known) known.count++;
    else {
      found.set(character, {
        character,
        position,
        count: 1,
        name: nameOf(character),
        replacement: replacementOf(character),
      });
    }
  }
  return [...found.values()];
}

/** The text with every character replaced for which GSM-7 has a similar one. */
export function inGsm7(text: string): string {
  return [...text].map((one) => isGsm7(one) ? one : replacementOf(one) ?? one)
    .join("");
}

/** Characters that word processors insert, with names and replacements. */
const KNOWN: Record<string, [name: string, replacement: string]> = {
  "\t": ["tab", " "],
  "`": ["backtick", "'"],
  "\u00a0": ["no-break space", " "],
  "\u00ab": ["left double angle quotation mark", '"'],
  "\u00ad": ["soft hyphen", ""],
  "\u00b4": ["acute accent", "'"],
  "\u00b7": ["middle dot", "."],
  "\u00bb": ["right double angle quotation mark", '"'],
  "\u00d7": ["multiplication sign", "x"],
  "\u2009": ["thin space", " "],
  "\u200b": ["zero-width space", ""],
  "\u200c": ["zero-width non-joiner", ""],
  "\u200d": ["zero-width joiner", ""],
  "\u2010": ["hyphen", "-"],
  "\u2011": ["non-breaking hyphen", "-"],
  "\u2012": ["figure dash", "-"],
  "\u2013": ["en dash", "-"],
  "\u2014": ["em dash", "-"],
  "\u2015": ["horizontal bar", "-"],
  "\u2018": ["left single quotation mark", "'"],
  "\u2019": ["right single quotation mark", "'"],
  "\u201a": ["single low quotation mark", "'"],
  "\u201c": ["left double quotation mark", '"'],
  "\u201d": ["right double quotation mark", '"'],
  "\u201e": ["double low quotation mark", '"'],
  "\u2022": ["bullet", "-"],
  "\u2026": ["horizontal ellipsis", "..."],
  "\u202f": ["narrow no-break space", " "],
  "\u2032": ["prime", "'"],
  "\u2033": ["double prime", '"'],
  "\u2039": ["left single angle quotation mark", "'"],
  "\u203a": ["right single angle quotation mark", "'"],
  "\u2060": ["word joiner", ""],
  "\u2122": ["trade mark sign", "(TM)"],
  "\u2212": ["minus sign", "-"],
  "\ufe0f": ["variation selector 16", ""],
  "\ufeff": ["byte order mark", ""],
};

/** Greek capitals that look Latin; GSM-7 has only those that do not. */
const GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
const LATIN = "ABEZHIKMNOPTYX";

const KINDS: readonly [RegExp, string][] = [
  [
    /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/u,
    "emoji",
  ],
  [/\p{Mark}/u, "combining mark"],
  [/\p{Script=Latin}/u, "Latin letter"],
  [/\p{Script=Greek}/u, "Greek letter"],
  [/\p{Script=Cyrillic}/u, "Cyrillic letter"],
  [/\p{Script=Arabic}/u, "Arabic letter"],
  [/\p{Script=Hebrew}/u, "Hebrew letter"],
  [/\p{Script=Devanagari}/u, "Devanagari letter"],
  [/\p{Script=Thai}/u, "Thai letter"],
  [/\p{Script=Han}/u, "Han character"],
  [/\p{Script=Hiragana}|\p{Script=Katakana}/u, "kana"],
  [/\p{Script=Hangul}/u, "Hangul syllable"],
  [/\p{Letter}/u, "letter"],
  [/\p{White_Space}/u, "space"],
  [/\p{Currency_Symbol}/u, "currency sign"],
  [/\p{Punctuation}/u, "punctuation"],
  [/\p{Symbol}/u, "symbol"],
];

function nameOf(character: string): string {
  const point = character.codePointAt(0)!.toString(16).toUpperCase();
  const name = KNOWN[character]?.[0] ??
    KINDS.find(([pattern]) => pattern.test(character))?.[1] ?? "character";
  return `U+${point.padStart(4, "0")} ${name}`;
}

function replacementOf(character: string): string | undefined {
  const known = KNOWN[character]?.[1];
  if (known !== undefined) return known;
  const greek = GREEK.indexOf(character);
  if (greek >= 0) return LATIN[greek];
  // é is in GSM-7, e with a combining accent is not.
  if (/\p{Mark}/u.test(character)) return undefined;
  const [base = ""] = character.normalize("NFKD");
  return base !== character && isGsm7(base) ? base : undefined;
}
