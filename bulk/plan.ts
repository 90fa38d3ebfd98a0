/**
 * A file of recipients and a message, as the messages that a run will send: each
 * row read, filled, checked and given its time. Rows pass through one at a time;
 * what is kept of them are sums, and the first of what is worth a look.
 */
import type { SendMessageBody } from "../api/messages.ts";
import type { Arrival } from "../channels/arrival.ts";
import type { Level } from "../channels/findings.ts";
import { Failure } from "../errors.ts";
import { httpUrl } from "../options/checks.ts";
import {
  CONVERSATION_METADATA_LENGTH,
  CORRELATION_ID_LENGTH,
} from "../options/send_kinds.ts";
import { type Template, templateOf } from "./fill.ts";
import type { Findings, Recipients } from "./recipients/read.ts";
import type { Row, RowFault } from "./recipients/row.ts";
import { counted, FAULTS } from "./recipients/words.ts";
import type { FrozenRow } from "./run/journal.ts";
import { marked } from "./run/mark.ts";
import type { Schedule } from "./schedule.ts";
import type { CandidatesOf } from "./zones.ts";

/** A message for anybody: its texts may hold `${column}`. */
export type MessageForm = Omit<SendMessageBody, "recipient">;

export interface PlanOptions {
  recipients: Recipients;
  message: MessageForm;
  /** In the order in which they are tried. */
  channels: readonly string[];
  /** The rules of `send --check`. */
  check(body: SendMessageBody): Arrival[];
  /** With `--at` or `--window`. */
  times?: { schedule: Schedule; candidatesOf: CandidatesOf };
  /** Refuses rows with warnings, too. */
  strict: boolean;
}

/** What the messages of a run have in common, complete when all rows came out. */
export interface Totals {
  rows: number;
  /** By ISO 3166 code; `""` where the country is not known. */
  countries: Map<string, number>;
  /** Parts of SMS, which are charged one by one; 0 without the channel. */
  smsParts: number;
  /** The most that one message has. */
  mostSmsParts: number;
  /** The first good row. */
  sample?: { row: number; body: SendMessageBody; arrivals: Arrival[] };
  /** By channel and code: how many rows have it, and the first of them. */
  warnings: Map<string, Warning>;
  /** Rows whose time zone is a guess. */
  guessedZones: number;
}

export interface Warning {
  rows: number;
  first: number;
  /** What it says of the first row. */
  message: string;
}

export class Plan {
  readonly totals: Totals = {
    rows: 0,
    countries: new Map(),
    smsParts: 0,
    mostSmsParts: 0,
    warnings: new Map(),
    guessedZones: 0,
  };
  readonly #options: PlanOptions;
  readonly #template: Template<MessageForm>;
  /** Of messages that are alike for all rows; by the number's first digits. */
  readonly #known = new Map<string, Arrival[]>();

  /** @throws {Failure} "usage" for columns that the file does not have. */
  constructor(options: PlanOptions) {
    this.#options = options;
    this.#template = templateOf(options.message, options.recipients.columns);
  }

  get findings(): Findings {
    return this.#options.recipients.findings;
  }

  get schedule(): Schedule | undefined {
    return this.#options.times?.schedule;
  }

  /** The names of all columns. */
  get columns(): readonly string[] {
    return this.#options.recipients.columns.names;
  }

  /** Names of columns that the message does not use. */
  get unusedColumns(): string[] {
    const { columns, recipient, timezone } = this.#options.recipients;
    const used = new Set([...this.#template.used, recipient, timezone]);
    return columns.names.filter((name, place) =>
      name !== "" && !used.has(place)
    );
  }

  get usesColumns(): boolean {
    return this.#template.used.length > 0;
  }

  /**
   * The messages, as long as no row has a fault. All of the file is read in any
   * case, so that all faults are known at the end.
   *
   * @throws {Failure} "usage" at the end where rows have faults.
   */
  async *rows(): AsyncGenerator<FrozenRow> {
    const { recipients } = this.#options;
    for await (const row of recipients.rows(this.#template.used)) {
      const planned = this.#planned(row);
      if (planned && this.findings.faults.total === 0) yield planned;
    }
    const failure = this.#failure();
    if (failure) throw failure;
  }

  #planned(row: Row): FrozenRow | undefined {
    const { channels, recipients, times } = this.#options;
    const recipient = {
      identified_by: {
        channel_identities: channels.map((channel) => ({
          channel,
          identity: row.identity,
        })),
      },
    };
    const body = { ...this.#template.fill(row.cells), recipient };
    const arrivals = this.#arrivals(row, body);
    if (!this.#isFine(row, body, arrivals)) return undefined;
    const candidates = times?.candidatesOf(row);
    if (times && !candidates) {
      const column = recipients.names([recipients.recipient])[0];
      return this.#refuse(row, {
        kind: "time zone",
        column,
        value: row.identity,
        detail: "nothing is known of where it is: add a column timezone",
      });
    }
    const slot = candidates && times?.schedule.slot(candidates);
    if (candidates && !slot) {
      return this.#refuse(row, {
        kind: "no time",
        value: row.identity,
        detail: `${candidates.name}, ${candidates.zones.length} time zones`,
      });
    }
    this.#add(row, body, arrivals);
    if (candidates?.isGuess) this.totals.guessedZones++;
    return {
      row: row.number,
      recipient: row.identity,
      body,
      input: row.cells,
      ...slot,
    };
  }

  /** A message that is the same for all is checked once for each part of the world. */
  #arrivals({ identity }: Row, body: SendMessageBody): Arrival[] {
    const { check } = this.#options;
    if (this.usesColumns) return check(body);
    const start = identity.startsWith("+")
      ? identity.slice(0, AREA_LENGTH)
      : "";
    const known = this.#known.get(start) ?? check(body);
    this.#known.set(start, known);
    return known;
  }

  #isFine(row: Row, body: SendMessageBody, arrivals: Arrival[]): boolean {
    const fault = this.usesColumns
      ? lengthFault(body, row.number) ?? urlFault(body.message)
      : undefined;
    if (fault) {
      this.#refuse(row, { kind: "message", detail: fault });
      return false;
    }
    const levels: Level[] = this.#options.strict
      ? ["error", "warning"]
      : ["error"];
    for (const { channel, findings } of arrivals) {
      const found = findings.find(({ level }) => levels.includes(level));
      if (!found) continue;
      const detail = `${channel}: ${found.message}`;
      this.#refuse(row, { kind: "message", detail });
      return false;
    }
    return true;
  }

  #refuse(row: Row, fault: Omit<RowFault, "row">): undefined {
    this.findings.faults.add({ row: row.number, ...fault });
  }

  #add(row: Row, body: SendMessageBody, arrivals: Arrival[]): void {
    const { totals } = this;
    totals.rows++;
    const country = row.country ?? "";
    totals.countries.set(country, (totals.countries.get(country) ?? 0) + 1);
    totals.sample ??= { row: row.number, body, arrivals };
    for (const { channel, shown, findings } of arrivals) {
      const parts = shown?.sms?.parts ?? 0;
      totals.smsParts += parts;
      totals.mostSmsParts = Math.max(totals.mostSmsParts, parts);
      for (const { level, code, message } of findings) {
        if (level !== "warning") continue;
        const key = `${channel} ${code}`;
        const known = totals.warnings.get(key);
        if (known) known.rows++;
        else {
          totals.warnings.set(key, {
            rows: 1,
            first: row.number,
            message: `${channel}: ${message}`,
          });
        }
      }
    }
  }

  /** What is wrong with the rows, counted in words, and the first of them. */
  #failure(): Failure | undefined {
    const { faults, rows } = this.findings;
    if (faults.total === 0) return undefined;
    const kinds = faults.counts.entries().toArray()
      .sort(([, one], [, other]) => other - one);
    const counts = kinds.map(([kind, count]) =>
      counted(FAULTS[kind].rows, count)
    );
    const more = faults.total - faults.first.length;
    const advice = kinds.flatMap(([kind]) => FAULTS[kind].advice ?? []);
    return new Failure(
      "usage",
      `Nothing was sent. ${number(rows)} ${
        rows === 1 ? "row was" : "rows were"
      } read:\n${counts.join("\n")}`,
      {
        fields: faults.first.map((fault) => ({
          field: placeOf(fault),
          description: descriptionOf(fault),
        })),
        hint: [
          more > 0 ? `These are the first ${faults.first.length} faults.` : "",
          ...advice,
        ].filter(Boolean).join("\n") || undefined,
      },
    );
  }
}

/** Beyond it, no rule of a channel looks at a number. */
const AREA_LENGTH = 5;

/** In UTF-16 units; the options have checked the texts before they were filled. */
function lengthFault(
  { message_metadata, correlation_id, conversation_metadata }: SendMessageBody,
  row: number,
): string | undefined {
  const marking = messageOf(() =>
    marked(message_metadata, LONGEST_RUN_ID, row)
  );
  if (marking) return marking;
  const lengths = [
    ["correlation_id", correlation_id, CORRELATION_ID_LENGTH],
    [
      "conversation_metadata",
      conversation_metadata && JSON.stringify(conversation_metadata),
      CONVERSATION_METADATA_LENGTH,
    ],
  ] as const;
  for (const [name, text = "", limit] of lengths) {
    if (text.length > limit) {
      return `${name} has ${number(text.length)} characters, the limit is ${
        number(limit)
      }`;
    }
  }
  return undefined;
}

/** An address that a cell has broken; the fields' names are the API's. */
function urlFault(value: unknown, name = ""): string | undefined {
  if (typeof value === "string") {
    return /(?:^|_)url$/.test(name)
      ? messageOf(() => httpUrl(value, name))
      : undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inside] of Object.entries(value)) {
    const fault = urlFault(inside, Array.isArray(value) ? name : key);
    if (fault) return fault;
  }
  return undefined;
}

/** What a check says of a value; `undefined` where it passes. */
function messageOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

/** Its length counts: the metadata of each message names its run. */
const LONGEST_RUN_ID = "20261126-k3v9xq2m";

/** `Row 7, phone` */
function placeOf({ row, column }: RowFault): string {
  return `Row ${row}${column ? `, ${column}` : ""}`;
}

/** Longer values are cut: the row says where they are. */
const MAX_VALUE = 60;

function descriptionOf({ kind, value, detail }: RowFault): string {
  const shown = value !== undefined && value.length > MAX_VALUE
    ? `${value.slice(0, MAX_VALUE)}…`
    : value;
  const what = [FAULTS[kind].value, detail].filter(Boolean).join(": ");
  return shown === undefined || shown === "" ? what : `"${shown}" ${what}`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
