/**
 * Phone numbers as people and spreadsheets write them. A cell that can be read
 * in one way only is repaired, and the repair is named; any other is refused.
 */
import type { CountryCode, PhoneNumber } from "libphonenumber-js/max";
import { usageError } from "../../errors.ts";
import type { DoubtKind, FaultKind, RepairKind } from "./row.ts";
import { visible } from "./columns.ts";

export interface ReadNumber {
  /** E.164 */
  number: string;
  /** ISO 3166; `undefined` for a number of no country, or of no known range. */
  country?: string;
  repairs: RepairKind[];
  doubts: DoubtKind[];
}

export interface NumberFault {
  fault: FaultKind;
  /** What is special about this value. */
  detail?: string;
}

export interface NumberOptions {
  /** Of numbers without a country code: ISO 3166. */
  defaultCountry?: string;
  /** Numbers that are reserved for examples and films are fine. */
  allowFiction: boolean;
}

type Library = typeof import("libphonenumber-js/max");

/**
 * Loads the rules of the world's numbering plans.
 *
 * @throws {Failure} "usage" for a country that has none.
 */
export async function numberReader(options: NumberOptions) {
  const library = await import("libphonenumber-js/max");
  const { defaultCountry } = options;
  if (
    defaultCountry !== undefined && !library.isSupportedCountry(defaultCountry)
  ) {
    throw usageError(
      `--default-country must be a country's code, got "${defaultCountry}"`,
      defaultCountry === "UK"
        ? "The code is GB."
        : "Use a code such as US, GB or DE.",
    );
  }
  return (cell: string) => readNumber(library, cell, options);
}

function readNumber(
  library: Library,
  cell: string,
  options: NumberOptions,
): ReadNumber | NumberFault {
  const repairs = new Set<RepairKind>();
  const text = unwrapped(cell, repairs);
  if (isMissing(text)) return { fault: "missing" };
  const fault = faultOf(text);
  if (fault) return fault;
  const digits = withoutSeparators(text, repairs);
  if (digits.includes("+", 1)) return { fault: "characters", detail: '"+"' };
  const found = parsed(library, digits, options.defaultCountry, repairs);
  return "fault" in found ? found : judged(found, options, repairs);
}

/** What a spreadsheet shows for a value that is not there, or went wrong. */
export function isMissing(text: string): boolean {
  return text === "" || MISSING.test(text);
}

const MISSING =
  /^(?:n\.?\/?a\.?|[-–—.?]+|#N\/A|#REF!|#VALUE!|#NAME\?|#NULL!|#DIV\/0!|#NUM!|null|none|nil|nan|undefined|unknown)$/i;

/** Without what is around a number to protect it, and in ASCII digits. */
function unwrapped(cell: string, repairs: Set<RepairKind>): string {
  let text = visible(cell);
  if (text.length !== cell.trim().length) repairs.add("invisible");
  const plain = text
    .replace(/^="?([^"]*)"?$/, "$1")
    .replace(/^'|'$/g, "").trim();
  if (plain !== text) repairs.add("formula");
  const number = plain.replace(/^(?:tel|sms|whatsapp):(?:\/\/)?/i, "").trim();
  if (number !== plain) repairs.add("link");
  text = number.normalize("NFKC").replace(/\p{Nd}/gu, asciiDigit);
  if (/[^\0-\x7f]/.test(number) && /\p{Nd}/u.test(number.replace(/\d/g, ""))) {
    repairs.add("digits");
  }
  const whole = text.replace(/^(\+?\d{7,})[.,]0+$/, "$1");
  if (whole !== text) repairs.add("decimals");
  const joined = whole.replace(
    /^\+?\d{1,3}(?:([,.'’])\d{3})(?:\1\d{3}){2,}$/,
    (grouped) => grouped.replace(/[,.'’]/g, ""),
  );
  // Dots are a common way to write numbers; they are no repair.
  if (joined !== whole && !whole.includes(".")) repairs.add("thousands");
  return joined;
}

/** The digits of each script are in order from a zero whose code ends in 0 or 6. */
function asciiDigit(digit: string): string {
  if (/\d/.test(digit)) return digit;
  let zero = digit.codePointAt(0)!;
  for (let value = 0; value < 10; value++, zero--) {
    if (!/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) return String(value);
  }
  return digit;
}

function faultOf(text: string): NumberFault | undefined {
  const [, shown, power] = /^\+?(\d+(?:[.,]\d+)?)E\+?(\d+)$/i.exec(text) ?? [];
  if (shown !== undefined) {
    const left = shown.replace(/\D/g, "").length;
    return {
      fault: "scientific",
      detail: left <= Number(power)
        ? `${left} of ${Number(power) + 1} digits are left`
        : undefined,
    };
  }
  if (/\d\D*(?:;ext=|e?xt(?:ension|n)?\b\.?:?|#|\bx)\s*\d{1,7}$/i.test(text)) {
    return { fault: "extension" };
  }
  const parts = text.split(/[,;|/&\n]+|\s+(?:or|and|oder|ou|y|et)\s+|\s(?=\+)/i)
    .filter((part) => part.replace(/\D/g, "").length >= 7);
  if (parts.length > 1) return { fault: "two numbers" };
  const halves = text.split(/\s+/).map((part) => part.replace(/\D/g, ""));
  if (halves.length === 2 && halves.every((half) => half.length >= 9)) {
    return { fault: "two numbers" };
  }
  const letters = text.match(/\p{L}+/gu);
  if (letters) {
    return {
      fault: "letters",
      detail: /^[^\p{L}]*[oO][^\p{L}]*$/u.test(text)
        ? "the letter O where a zero belongs?"
        : undefined,
    };
  }
  const other = /[^\d\s()+.\p{Dash}]/u.exec(text);
  return other ? { fault: "characters", detail: `"${other[0]}"` } : undefined;
}

/** A number with its `+`, or as it is dialled inside a country. */
function withoutSeparators(text: string, repairs: Set<RepairKind>): string {
  const national = text.replace(/^(\s*\+\d{1,3}[^\d(]*)\(0\)/, "$1");
  if (national !== text) repairs.add("national zero");
  const digits = national.replace(/[\s().\p{Dash}]/gu, "");
  const [, start = "", rest = ""] = /^([0+]*)(.*)$/.exec(digits) ?? [];
  const prefix = prefixOf(start);
  if (prefix !== start) repairs.add("zeros");
  return prefix + rest;
}

/** `0+44`, `+0044` and `0044` are `+44`; `+077` and `00007` are `07`. */
function prefixOf(start: string): string {
  if (["", "0", "+"].includes(start)) return start;
  return /(?:\+|\+00|^00)$/.test(start) ? "+" : "0";
}

function parsed(
  { parsePhoneNumberFromString: parse }: Library,
  digits: string,
  country: string | undefined,
  repairs: Set<RepairKind>,
): PhoneNumber | NumberFault {
  const count = digits.replace("+", "").length;
  if (count < 7) return { fault: "impossible", detail: `${count} digits` };
  if (digits.startsWith("+")) return international(parse, digits, repairs);
  if (country === undefined) return { fault: "no country code" };
  const local = parse(digits, country as CountryCode);
  const abroad = digits.startsWith("0") ? undefined : parse(`+${digits}`);
  const [found, other] = readings(local, abroad, (one) => one.isValid()) ??
    readings(local, abroad, (one) => one.isPossible()) ?? [];
  if (!found) {
    return {
      fault: "impossible",
      detail: `neither in ${country} nor with a + before it`,
    };
  }
  if (other && other.number !== found.number) {
    return {
      fault: "ambiguous",
      detail: `${found.number} or ${other.number}`,
    };
  }
  repairs.add(found.number === `+${digits}` ? "plus" : "country code");
  return found;
}

/** Those of the two that pass; `undefined` for none. */
function readings(
  local: PhoneNumber | undefined,
  abroad: PhoneNumber | undefined,
  passes: (one: PhoneNumber) => boolean,
): PhoneNumber[] | undefined {
  const found = [local, abroad].filter((one) => one !== undefined)
    .filter(passes);
  return found.length > 0 ? found : undefined;
}

function international(
  parse: Library["parsePhoneNumberFromString"],
  digits: string,
  repairs: Set<RepairKind>,
): PhoneNumber | NumberFault {
  const found = parse(digits);
  if (!found) {
    return { fault: "impossible", detail: "no country has this code" };
  }
  if (found.number !== digits) repairs.add("national zero");
  if (found.isPossible()) return found;
  // Mexico's mobile numbers had a 1 after the country code until 2020.
  const renewed = parse(digits.replace(/^\+521(?=\d{10}$)/, "+52"));
  if (renewed?.isValid() && renewed.number !== digits) {
    repairs.add("old form");
    return renewed;
  }
  const { nationalNumber: { length } } = found;
  return {
    fault: "impossible",
    detail: `${length} digits after +${found.countryCallingCode}`,
  };
}

function judged(
  found: PhoneNumber,
  { allowFiction }: NumberOptions,
  repairs: Set<RepairKind>,
): ReadNumber | NumberFault {
  const { number, country } = found;
  const type = found.getType();
  if (type === "PREMIUM_RATE") return { fault: "premium" };
  const isFiction = FICTION.test(number);
  if (isFiction && !allowFiction) return { fault: "fictional" };
  const doubts: DoubtKind[] = [];
  if (!found.isValid() && !isFiction) doubts.push("unusual");
  if (type === "FIXED_LINE") doubts.push("landline");
  return { number, country, repairs: [...repairs], doubts };
}

/**
 * Numbers that belong to no person.
 *
 * @see https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
 * @see https://www.nationalnanpa.com/number_resource_info/555_numbers.html
 */
const FICTION = /^\+(?:447700900\d{3}|1(?:555\d{7}|\d{3}55501\d{2}))$/;
