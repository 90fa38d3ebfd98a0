/**
 * Phone numbers in E.164. The rules of the world's numbering plans are loaded
 * only for a number that may be unusual.
 */
import { type Failure, usageError } from "../errors.ts";
import { isUsual } from "./usual_numbers.ts";

/**
 * The number as the API takes it, with its `+` and without separators. Refused
 * is only what is no E.164: plans change faster than libraries, and numbers kept
 * for examples (555) are good numbers. See {@linkcode doubtAbout} for the rest.
 *
 * @param at Where it was typed, for the refusal: `[recipient]`.
 * @throws {Failure} "usage"
 */
export async function parsePhoneNumber(
  text: string,
  at: string,
): Promise<string> {
  const number = withoutSeparators(text);
  if (number.startsWith("00")) {
    throw refused(
      at,
      text,
      "00 is an international prefix",
      `Write + instead: +${number.slice(2)}`,
    );
  }
  if (/^\d+$/.test(number)) {
    throw refused(
      at,
      text,
      "it has no +",
      number.startsWith("0")
        ? "Write + and the country code instead of the first 0."
        : `Write +${number}, if it starts with the country code.`,
    );
  }
  const [, main] = EXTENSION.exec(number) ?? [];
  if (main !== undefined) {
    throw refused(
      at,
      text,
      "it has an extension",
      `Messages cannot be sent to an extension. The number without it is ${main}.`,
    );
  }
  if (/^\+\d+(?:[,;]\+?\d+)+$/.test(number)) {
    throw refused(at, text, "it is more than one number", "Give one number.");
  }
  if (!/^\+\d+$/.test(number)) throw refused(at, text, "it is not a number");
  const digits = number.length - 1;
  if (digits < MIN_DIGITS || digits > MAX_DIGITS) {
    throw refused(
      at,
      text,
      `it has ${digits} digits, not ${MIN_DIGITS} to ${MAX_DIGITS}`,
    );
  }
  if (isUsual(number)) return number;
  const { parsePhoneNumberFromString, validatePhoneNumberLength } =
    await import("libphonenumber-js/min");
  if (validatePhoneNumberLength(number) === "INVALID_COUNTRY") {
    throw refused(at, text, "no country has this code");
  }
  const parsed = parsePhoneNumberFromString(number);
  const { nationalNumber = "", countryCallingCode = "" } = parsed ?? {};
  // What the library leaves out is the prefix of calls inside the country.
  const prefix = number.endsWith(nationalNumber)
    ? number.slice(1 + countryCallingCode.length, -nationalNumber.length)
    : "";
  if (prefix !== "" && parsed?.isPossible()) {
    throw refused(
      at,
      text,
      `the ${prefix} after the country code is only for calls inside the country`,
      `Write ${parsed.number}.`,
    );
  }
  return number;
}

/**
 * What is unusual about a number that `parsePhoneNumber` returned: the country is
 * not known to have numbers of that length. It may be good all the same, as
 * WhatsApp's Mexican numbers with an extra 1 are.
 */
export async function doubtAbout(number: string): Promise<string | undefined> {
  if (isUsual(number)) return undefined;
  const { validatePhoneNumberLength } = await import("libphonenumber-js/min");
  const doubt = DOUBTS.get(validatePhoneNumberLength(number) ?? "");
  return doubt && `${number} ${doubt}; used as given`;
}

/**
 * The number in one piece, as far as it is one: without spaces of every kind,
 * dashes of every kind, dots, brackets and slashes, without the prefix of a link,
 * and without a zero in brackets, which is not dialled from abroad.
 */
export function withoutSeparators(text: string): string {
  return text.trim()
    .replace(/^(?:tel|sms|whatsapp):/i, "")
    .replace(/^(\s*\+\d{1,3}[^\d(]*)\(0\)/, "$1")
    .replace(SEPARATORS, "");
}

/** Of E.164: country code and number together. */
const MIN_DIGITS = 7;
const MAX_DIGITS = 15;

const SEPARATORS = /[\s\p{Dash}\p{Default_Ignorable_Code_Point}.()[\]/]/gu;

/** `+447911123456ext5`, `…x5`, `…#5`, `…;ext=5`. */
const EXTENSION = /^(\+\d+)(?:[;,]?e?xt?(?:ension)?|#)=?\d+$/i;

const DOUBTS = new Map([
  ["TOO_SHORT", "is shorter than numbers of its country are known to be"],
  ["TOO_LONG", "is longer than numbers of its country are known to be"],
  ["INVALID_LENGTH", "has a length that its country is not known to use"],
]);

function refused(
  at: string,
  text: string,
  why: string,
  hint = "Use + and the country code, such as +15551234567.",
): Failure {
  return usageError(
    `${at} must be a phone number in E.164, got "${text}": ${why}`,
    hint,
  );
}
