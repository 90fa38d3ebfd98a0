/** The options of the commands that send a run. */
import { PROGRESS_FORMS } from "../../../bulk/run/progress.ts";
import type { Threshold } from "../../../bulk/run/sender.ts";
import { refusal } from "../../../options/checks.ts";
import { wholeNumber } from "../../../options/kinds.ts";
import { ValueType, Word } from "../../../options/value_type.ts";

const PROGRESS_MEANINGS: Record<typeof PROGRESS_FORMS[number], string> = {
  auto: "bar in a terminal, else lines",
  bar: "one line that is drawn again",
  lines: "a line every 10% or 60 seconds",
  json: "a JSON object a second",
  none: "nothing",
};

export const PROGRESS_FORM = new Word(PROGRESS_FORMS, {
  meaning: (form) => PROGRESS_MEANINGS[form],
});

const UNKNOWN_MEANINGS = {
  ask: "ask in a terminal, else skip",
  skip: "do not send them again",
  resend: "send them again, at the risk of a second message",
};

export const UNKNOWN_CHOICE = new Word(["ask", "skip", "resend"], {
  meaning: (choice) => UNKNOWN_MEANINGS[choice],
});

/** `100` rows, or `5%` of those that have an outcome. */
export const THRESHOLD = new ValueType((value, at): Threshold => {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(value) ?? [];
  const number = Number(digits);
  if (percent && number > 0 && number <= 100) return { share: number / 100 };
  if (!percent && Number.isInteger(number) && number > 0) {
    return { rows: number };
  }
  throw refusal(at, "must be a number of rows or a percentage", value);
});

/** The API answers 800 requests a second of a project. */
export const RATE_LIMIT = wholeNumber(1, 10_000);
export const CONCURRENCY_LIMIT = wholeNumber(1, 200);

export const RATE = [
  "--rate <number:rate>",
  "Maximum messages per second (default: as fast as the API allows)",
] as const;

/** At 50 ms an answer, more than the 800 a second that a project may send. */
const DEFAULT_CONCURRENCY = 50;
export const CONCURRENCY = [
  "--concurrency <number:concurrency>",
  `Maximum requests at a time (default: ${DEFAULT_CONCURRENCY})`,
] as const;

export const STOP_AFTER = [
  "--stop-after-failures <limit:threshold>",
  "Stop when more rows are refused: a number, or a percentage such as 5%",
] as const;

export const PROGRESS = [
  "--progress <form:progress-form>",
  "Form of the progress on stderr (default: auto)",
] as const;

export const UNKNOWN = [
  "--unknown <choice:unknown-choice>",
  "What to do with rows whose outcome stays unknown (default: ask)",
] as const;

export const REPORT = [
  "--report <path:file>",
  "CSV file to write at the end: all columns, and the outcome of each row",
] as const;

export interface SendingFlags {
  rate?: number;
  concurrency?: number;
  stopAfterFailures?: Threshold;
  progress?: typeof PROGRESS_FORMS[number];
  unknown?: "ask" | "skip" | "resend";
  report?: string;
}

/** What a session of a run goes by. */
export function sessionOf(flags: SendingFlags) {
  return {
    rate: flags.rate,
    concurrency: flags.concurrency ?? DEFAULT_CONCURRENCY,
    stopAfter: flags.stopAfterFailures,
    progress: flags.progress ?? "auto",
    unknown: flags.unknown ?? "ask",
  } as const;
}
