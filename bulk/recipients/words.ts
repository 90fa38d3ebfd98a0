/** How the faults, repairs and doubts of rows are called. */
import type { DoubtKind, FaultKind, RepairKind } from "./row.ts";

/** `#` is where the number is; `{one|several}` depends on it. */
type Words = string;

interface FaultWords {
  /** What is counted. */
  rows: Words;
  /** The same beside the value of one row. */
  value: string;
  /** What to do, where the words do not say it. */
  advice?: string;
}

const AS_TEXT =
  "Format the column as text in the spreadsheet before the numbers are typed or imported, and export it again.";

export const FAULTS: { [Kind in FaultKind]: FaultWords } = {
  "missing": {
    rows: "# {value is|values are} missing",
    value: "missing",
  },
  "scientific": {
    rows: "# {number was|numbers were} shortened by a spreadsheet",
    value: "shortened by a spreadsheet",
    advice: AS_TEXT,
  },
  "letters": {
    rows: "# {number has|numbers have} letters",
    value: "has letters",
  },
  "extension": {
    rows: "# {number has|numbers have} an extension",
    value: "has an extension, to which nothing can be sent",
  },
  "two numbers": {
    rows: "# {cell has|cells have} two numbers",
    value: "two numbers",
    advice: "Write one number a row.",
  },
  "characters": {
    rows:
      "# {number has|numbers have} characters that are not part of a number",
    value: "has a character that is not part of a number",
  },
  "no country code": {
    rows: "# {number has|numbers have} no country code",
    value: "no country code",
    advice:
      "Add --default-country with the country of the numbers, such as --default-country GB.",
  },
  "ambiguous": {
    rows: "# {number|numbers} can be read in two ways",
    value: "can be read in two ways",
    advice: "Write a + before the country code.",
  },
  "impossible": {
    rows: "# {number is no phone number|numbers are no phone numbers}",
    value: "no phone number",
  },
  "premium": {
    rows: "# {number has|numbers have} premium rates",
    value: "a premium-rate number",
  },
  "fictional": {
    rows: "# {number is|numbers are} reserved for examples and films",
    value: "reserved for examples and films",
  },
  "identity": {
    rows: "# {identity has|identities have} spaces",
    value: "has spaces",
  },
  "short row": {
    rows: "# {row has|rows have} too few cells",
    value: "too few cells",
  },
  "long row": {
    rows: "# {row has|rows have} too many cells",
    value: "too many cells",
    advice: 'Put a value with a comma in quotes: "Lovelace, Ada".',
  },
  "quotes": {
    rows: "# {row has|rows have} a quote inside a cell",
    value: "a quote inside a cell",
    advice: 'Write such a cell in quotes, and its quotes twice: "Ada ""C"" L".',
  },
  "json": {
    rows: "# {line is no JSON object|lines are no JSON objects}",
    value: "no JSON object",
  },
  "unknown column": {
    rows: "# {line has|lines have} a key that the first line does not have",
    value: "a key that the first line does not have",
  },
  "time zone": {
    rows: "# {time zone is|time zones are} not known",
    value: "no known time zone",
    advice:
      "Use names such as Europe/Berlin, or leave the cell empty to go by the number's country.",
  },
  "no time": {
    rows: "# {row has|rows have} no time inside the window",
    value: "no time inside the window",
    advice:
      "Widen --window, or add a column timezone: the country of these numbers has zones far apart.",
  },
  "duplicate": {
    rows: "# {row has|rows have} the recipient of an earlier row",
    value: "",
    advice:
      "Add --duplicates first to send each person one message, or --duplicates all to send them all.",
  },
  "message": {
    rows: "# {message|messages} would fail",
    value: "",
  },
};

export const REPAIRS: { [Kind in RepairKind]: Words } = {
  "country code": "country code added to # {number|numbers}",
  "plus": "+ added to # {number|numbers}",
  "zeros": "zeros and + put right in # {number|numbers}",
  "national zero":
    "zero after the country code removed from # {number|numbers}",
  "decimals": ".0 removed from # {number|numbers}",
  "thousands": "thousands separators removed from # {number|numbers}",
  "formula": "quotes of a spreadsheet removed from # {cell|cells}",
  "link": "tel: removed from # {number|numbers}",
  "invisible": "invisible characters removed from # {cell|cells}",
  "digits": "digits of another script converted in # {number|numbers}",
  "old form": "old form of # {number|numbers} renewed",
  "quote": "spaces around quotes removed in # {row|rows}",
  "date": "# {date|dates} written as YYYY-MM-DD",
  "merged": "value of merged cells repeated in # {cell|cells}",
};

export const DOUBTS: { [Kind in DoubtKind]: Words } = {
  "unusual": "# {number is|numbers are} of no known range",
  "landline": "# {number is a landline|numbers are landlines}",
  "rounded":
    "# {long number ends|long numbers end} in zeros: a spreadsheet keeps only 15 digits",
  "shortened": "# {value was|values were} shortened by a spreadsheet",
  "midnight": "# {date has|dates have} a time of 00:00:00",
};

/** The words for a number of rows. */
export function counted(words: Words, count: number): string {
  return words.replace("#", count.toLocaleString("en-US"))
    .replace(
      /\{([^|}]*)\|([^}]*)\}/,
      (_, one: string, several: string) => count === 1 ? one : several,
    );
}
