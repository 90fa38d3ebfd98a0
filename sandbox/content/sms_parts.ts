/**
 * How many parts an SMS takes. A text of GSM-7's characters has 160 septets in
 * one part; any other text is UCS-2, with 70 UTF-16 units. In several parts each
 * loses room for the header that joins them, and what belongs together (an
 * escape and its character, a surrogate pair) goes into one part.
 *
 * @see https://developers.sinch.com/docs/sms/resources/message-info/message-parts/
 */
export interface SmsParts {
  encoding: "GSM-7" | "UCS-2";
  /** Septets or UTF-16 units, headers not counted. */
  units: number;
  parts: number;
}

const GSM_7 = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Characters that are an escape and another one. */
const GSM_7_EXTENSION = new Set("\f^{}\\[~]|€");

export function smsParts(text: string): SmsParts {
  // By code points: a surrogate pair is one of them.
  const characters = [...text];
  const isGsm7 = characters.every((one) =>
    GSM_7.has(one) || GSM_7_EXTENSION.has(one)
  );
  return isGsm7
    ? {
      encoding: "GSM-7",
      ...cut(
        characters.map((one) => GSM_7_EXTENSION.has(one) ? 2 : 1),
        160,
        153,
      ),
    }
    : {
      encoding: "UCS-2",
      ...cut(characters.map((one) => one.length), 70, 67),
    };
}

/** @param sizes of what must not be cut, in units */
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
