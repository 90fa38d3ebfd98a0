/**
 * Phone numbers in E.164. The rules of the world's numbering plans are loaded
 * only when a number is checked.
 */
import { type Failure, usageError } from "../errors.ts";

/**
 * The number as the API takes it, with its `+` and without separators.
 *
 * Judged by its possible length, not by whether it is assigned: numbers kept
 * for examples (555) are good numbers, and plans change faster than libraries.
 *
 * @param at Where it was typed, for the refusal: `[recipient]`.
 * @throws {Failure} "usage"
 */
export async function parsePhoneNumber(
  text: string,
  at: string,
): Promise<string> {
  const number = text.trim().replace(SEPARATORS, "");
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
  if (!/^\+\d+$/.test(number)) throw refused(at, text, "it is not a number");
  // The library looks at long ones again and again.
  if (number.length > MAX_LENGTH) {
    throw refused(at, text, PROBLEMS.TOO_LONG);
  }
  const { validatePhoneNumberLength } = await import("libphonenumber-js/min");
  const problem = validatePhoneNumberLength(number);
  if (problem) throw refused(at, text, PROBLEMS[problem]);
  return number;
}

/** E.164 has 15 digits at most; some countries once had more. */
const MAX_LENGTH = 30;

/** Spaces of every kind, dashes of every kind, dots, brackets and slashes. */
const SEPARATORS = /[\s\p{Dash}\p{Default_Ignorable_Code_Point}.()[\]/]/gu;

const PROBLEMS = {
  TOO_SHORT: "it is too short for its country",
  TOO_LONG: "it is too long for its country",
  INVALID_LENGTH: "no number of its country has this length",
  INVALID_COUNTRY: "no country has this code",
  NOT_A_NUMBER: "it is not a number",
};

function refused(
  at: string,
  text: string,
  why: string,
  hint = "E.164 is +, country code and number: +15551234567",
): Failure {
  return usageError(
    `${at} must be a phone number in E.164, got "${text}": ${why}`,
    hint,
  );
}
