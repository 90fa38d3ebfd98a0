/**
 * The number of parts of an SMS. One part holds 160 septets of GSM-7, or 70
 * UTF-16 units if the text has other characters. In several parts, each also holds
 * a header, and an escape sequence or a surrogate pair is never split.
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
/** Characters that take two septets: an escape and another. */
const GSM_7_EXTENSION = new Set("\f^{}\\[~]|€");

export function smsParts(text: string): SmsParts {
  // By code point, so that a surrogate pair stays together.
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
