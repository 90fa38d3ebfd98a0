/** What a person reads before a run is sent: the file, the messages, the time. */
import type { Plan, Totals } from "../../bulk/plan.ts";
import type { Findings } from "../../bulk/recipients/read.ts";
import type {
  DoubtKind,
  Remark,
  RepairKind,
  Tally,
} from "../../bulk/recipients/row.ts";
import {
  counted,
  DOUBTS,
  FAULTS,
  REPAIRS,
} from "../../bulk/recipients/words.ts";
import { duration, number } from "../../bulk/run/progress.ts";
import type { Planned } from "../../bulk/schedule.ts";
import { details } from "../../output/details.ts";
import type { Style } from "../../output/style.ts";
import { exactly } from "../../output/time.ts";
import type { View } from "../../output/view.ts";
import { previewText } from "./check_send.ts";

/** How fast messages are accepted, and how fast they leave. */
export interface AppQueue {
  /** Requests a second, at most. */
  requestRate: number;
  /** Messages a second that leave the queue of the app. */
  rate: number;
  /** Whether the app says so. */
  isKnown: boolean;
  /** Messages that wait in it now. */
  size: number;
}

export function planView(plan: Plan, queue: AppQueue): View {
  return {
    json: planJson(plan, queue),
    text: (style) => planText(plan, queue, style),
  };
}

/** Countries and zones beyond these are counted together. */
const SHOWN = 12;

export function planText(plan: Plan, queue: AppQueue, style: Style): string {
  const { totals, findings } = plan;
  const { sample } = totals;
  const messages = details([
    ["Messages", messagesText(totals)],
    ["Read as", readAs(findings)],
    ["Left out", leftOut(findings)],
    ["Repaired", remarks(findings.repairs, REPAIRS)],
    ["Doubtful", remarks(findings.doubts, DOUBTS)],
    ["Warnings", warningsText(totals)],
    ["Not used", notUsed(plan)],
    ["Countries", countriesText(totals)],
    ["SMS parts", partsText(totals)],
    ["Accepting", accepting(totals, queue)],
    ["Delivery", delivery(totals, queue)],
    ["Times", timesText(plan, style)],
  ], style);
  if (!sample) return messages;
  const [to] = "identified_by" in sample.body.recipient
    ? sample.body.recipient.identified_by.channel_identities
    : [];
  return `${messages}\nRow ${sample.row}, to ${to?.identity}:\n${
    previewText(sample.arrivals, style)
  }`;
}

function messagesText({ rows }: Totals): string {
  return `${number(rows)}, one for each row`;
}

function readAs({ table, accent }: Findings): string {
  const { format, decoded, delimiter, sheet } = table;
  const parts: string[] = [format];
  if (delimiter && delimiter !== ",") {
    parts.push(DELIMITER_NAMES[delimiter] ?? `"${delimiter}"`);
  }
  if (decoded && decoded.encoding !== "utf-8") parts.push(decoded.encoding);
  if (sheet) parts.push(`sheet "${sheet.name}"`);
  const notes = [
    decoded?.isGuess && accent
      ? `It is not UTF-8. Check this value of row ${accent.row}: "${accent.value}". If it is wrong, use --encoding.`
      : "",
    sheet && sheet.others > 0
      ? `${count(sheet.others, "other sheet")} not read`
      : "",
    sheet && sheet.hiddenSheets > 0
      ? `${count(sheet.hiddenSheets, "hidden sheet")} skipped`
      : "",
    sheet && sheet.hiddenRows > 0
      ? `${count(sheet.hiddenRows, "hidden row")} skipped`
      : "",
    sheet && sheet.hiddenColumns > 0
      ? `${count(sheet.hiddenColumns, "hidden column")} skipped`
      : "",
  ];
  return [parts.join(", "), ...notes.filter(Boolean)].join("\n");
}

const DELIMITER_NAMES: Record<string, string> = {
  ";": "semicolons",
  "\t": "tabs",
  "|": "bars",
};

function leftOut({ blankRows, duplicates }: Findings): string {
  const rows = duplicates.first.map(({ row, value, detail }) =>
    `Row ${row}: "${value}" is ${detail}`
  );
  const more = duplicates.total - rows.length;
  return [
    blankRows > 0 ? count(blankRows, "blank row") : "",
    duplicates.total > 0
      ? counted(FAULTS.duplicate.rows, duplicates.total)
      : "",
    ...rows,
    more > 0 ? `and ${number(more)} more` : "",
  ].filter(Boolean).join("\n");
}

/** Each kind with its number and its first row. */
function remarks<Kind extends RepairKind | DoubtKind>(
  tally: Tally<Remark<Kind>>,
  words: { [K in Kind]: string },
): string {
  return tally.counts.entries().toArray().map(([kind, found]) => {
    const first = tally.first.find((remark) => remark.kind === kind)!;
    const result = first.result === undefined ? "" : ` → ${first.result}`;
    return `${
      counted(words[kind]!, found)
    } (row ${first.row}: "${first.value}"${result})`;
  }).join("\n");
}

function warningsText({ warnings }: Totals): string {
  return warnings.entries().toArray().map(([, { rows, first, message }]) =>
    `${message} (${count(rows, "row")}, first row ${first})`
  ).join("\n");
}

function notUsed(plan: Plan): string {
  const names = plan.unusedColumns;
  if (names.length === 0) return "";
  const shown = names.slice(0, SHOWN).join(", ");
  const more = names.length - SHOWN;
  return [
    `Columns ${shown}${more > 0 ? ` and ${more} more` : ""}`,
    plan.usesColumns
      ? ""
      : "The message has no ${column}. In a shell, write it in single quotes.",
  ].filter(Boolean).join("\n");
}

function countriesText({ countries }: Totals): string {
  const all = countries.entries().toArray()
    .sort(([, one], [, other]) => other - one);
  if (all.every(([country]) => country === "")) return "";
  const shown = all.slice(0, SHOWN).map(([country, rows]) =>
    `${country || "unknown"} ${number(rows)}`
  );
  const others = all.slice(SHOWN).reduce((sum, [, rows]) => sum + rows, 0);
  return [...shown, ...others > 0 ? [`others ${number(others)}`] : []]
    .join(", ");
}

function partsText({ smsParts, mostSmsParts, rows }: Totals): string {
  if (smsParts === 0) return "";
  return smsParts === rows
    ? `${number(smsParts)}, one for each message`
    : `${
      number(smsParts)
    }, up to ${mostSmsParts} for a message; each is charged`;
}

function accepting({ rows }: Totals, { requestRate }: AppQueue): string {
  return `at least ${duration(rows / requestRate)}, at ${
    number(requestRate)
  } requests a second`;
}

function delivery(
  { rows }: Totals,
  { rate, isKnown, size }: AppQueue,
): string {
  const seconds = (rows + size) / rate;
  return `about ${duration(seconds)}: ${
    number(rate)
  } messages a second leave the app's queue${isKnown ? "" : " by default"}${
    size > 0 ? `, where ${number(size)} wait now` : ""
  }`;
}

function timesText(plan: Plan, style: Style): string {
  const { schedule, totals } = plan;
  if (!schedule) return "";
  const planned = schedule.planned.values().toArray();
  const lines = planned.slice(0, SHOWN).map((one) => timeLine(one, style));
  const more = planned.slice(SHOWN).reduce((sum, { rows }) => sum + rows, 0);
  return [
    ...lines,
    more > 0 ? `and ${count(more, "row")} at other times` : "",
    totals.guessedZones > 0
      ? `The time zone of ${
        count(totals.guessedZones, "row")
      } is a guess by the number's country; a column timezone says more.`
      : "",
  ].filter(Boolean).join("\n");
}

function timeLine(
  { name, zones, rows, notBefore, notAfter }: Planned,
  { utc }: Style,
): string {
  const at = (ms: number) => exactly(new Date(ms).toISOString(), utc);
  const when = notBefore === undefined
    ? "at once"
    : notAfter === undefined
    ? `from ${at(notBefore)}`
    : `${at(notBefore)} to ${at(notAfter)}`;
  const where = zones > 1 ? `${name} (${zones} time zones)` : name;
  return `${where}: ${count(rows, "row")}, ${when}`;
}

function count(rows: number, word: string): string {
  return `${number(rows)} ${word}${rows === 1 ? "" : "s"}`;
}

function planJson(plan: Plan, queue: AppQueue): unknown {
  const { findings, totals, schedule } = plan;
  const { table, rows, blankRows, repairs, doubts, duplicates } = findings;
  const counts = (tally: { counts: Map<string, number> }) =>
    Object.fromEntries(tally.counts);
  return {
    ok: true,
    file: {
      format: table.format,
      encoding: table.decoded?.encoding,
      encodingIsGuess: table.decoded?.isGuess,
      delimiter: table.delimiter,
      sheet: table.sheet,
      rows,
      blankRows,
    },
    messages: totals.rows,
    leftOut: { counts: counts(duplicates), first: duplicates.first },
    repairs: { counts: counts(repairs), first: repairs.first },
    doubts: { counts: counts(doubts), first: doubts.first },
    warnings: totals.warnings.values().toArray(),
    unusedColumns: plan.unusedColumns,
    countries: Object.fromEntries(totals.countries),
    smsParts: totals.smsParts,
    acceptingSeconds: Math.ceil(totals.rows / queue.requestRate),
    deliverySeconds: Math.ceil((totals.rows + queue.size) / queue.rate),
    queue,
    times: schedule?.planned.values().toArray().map((
      { notBefore, notAfter, ...planned },
    ) => ({
      ...planned,
      notBefore: timeOf(notBefore),
      notAfter: timeOf(notAfter),
    })),
    guessedZones: schedule && totals.guessedZones,
    sample: totals.sample &&
      { row: totals.sample.row, body: totals.sample.body },
  };
}

function timeOf(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}
