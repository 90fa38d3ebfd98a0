/** The options of `send` about a file of recipients. */
import { DUPLICATES } from "../../bulk/recipients/read.ts";
import { parseAt, parseWindow } from "../../bulk/schedule.ts";
import { refusal } from "../../options/checks.ts";
import { ValueType, Word } from "../../options/value_type.ts";

const DUPLICATES_MEANINGS: Record<typeof DUPLICATES[number], string> = {
  refuse: "send nothing",
  first: "send the first row of each recipient",
  all: "send every row",
};

export const DUPLICATES_CHOICE = new Word(DUPLICATES, {
  meaning: (choice) => DUPLICATES_MEANINGS[choice],
});

/** ISO 3166; whether it has phone numbers is known when their rules are loaded. */
export const COUNTRY = new ValueType((value, at) => {
  if (/^[a-z]{2}$/i.test(value.trim())) return value.trim().toUpperCase();
  throw refusal(
    at,
    "must be a country's code of two letters",
    value,
    "Use a code such as US, GB or DE.",
  );
});

export const WINDOW = new ValueType(parseWindow);

export const AT = new ValueType(parseAt);

/** An encoding that `TextDecoder` knows. */
export const ENCODING = new ValueType((value, at) => {
  try {
    return new TextDecoder(value).encoding;
  } catch {
    throw refusal(
      at,
      "must be an encoding",
      value,
      "Examples: utf-8, windows-1252, windows-1251, gbk, macintosh.",
    );
  }
});

export const RECIPIENTS = [
  "--recipients <path:file>",
  "CSV, JSON Lines or .xlsx file with a recipient a row, or - for standard input. ${column} in the message is filled from the row",
] as const;

export const RECIPIENT_COLUMN = [
  "--recipient-column <name:line>",
  "Column with the recipients (default: the one named phone, mobile, recipient …)",
] as const;

export const COLUMNS = [
  "--columns <names:line[]>",
  "Names of the columns, comma-separated, for a file without a header row",
] as const;

export const DEFAULT_COUNTRY = [
  "--default-country <code:country>",
  "Country of numbers without a country code, such as GB",
] as const;

export const DUPLICATE_ROWS = [
  "--duplicates <choice:duplicates>",
  "What to do with several rows of one recipient (default: refuse)",
] as const;

export const FILE_ENCODING = [
  "--encoding <name:encoding>",
  "Encoding of the file (default: detected)",
] as const;

export const SEND_AT = [
  "--at <time:at>",
  "Send at this time of each recipient's clock, such as 2026-12-01T09:00, or at one moment, with Z or an offset",
] as const;

export const SEND_WINDOW = [
  "--window <times:window>",
  "Send only between these times of each recipient's day, such as 09:00-20:00",
] as const;

export const YES = [
  "-y, --yes",
  "Send without asking for confirmation",
] as const;

export const AGAIN = [
  "--again",
  "Send even if an earlier run had the same recipients and messages",
] as const;
