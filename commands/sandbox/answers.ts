/**
 * Reads what a sandbox answers, whatever is in it: the host that is asked may be
 * any. `--json` shows an answer as it came.
 */
import {
  fields,
  flag,
  list,
  type Reader,
  record,
  rows,
  text,
  word,
} from "../../api/answer.ts";
import { readMessage } from "../../api/messages.ts";
import { isNumber } from "../../json.ts";

/** The reader of the answer to this path below `/_sandbox/`. */
export function readerOf(path: string): Reader<unknown> {
  const [route = ""] = path.split("?");
  return READERS.find(([known]) => known.test(route))?.[1] ?? record;
}

function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return (value) =>
    value === undefined || value === null ? undefined : reader(value);
}

/** A number as it came; 0 for anything else. */
function number(value: unknown): number {
  return isNumber(value) ? Number(value) : 0;
}

const callback = fields({
  id: word,
  create_time: word,
  app_id: word,
  webhook_id: word,
  target: word,
  trigger: word,
  status: word,
  tries: number,
  last_status: number,
  last_error: word,
  next_try: text,
  body: (value) => value,
});

const rule = fields({
  id: word,
  channel: text,
  only: optional(list(word)),
  app_id: text,
  path: text,
  rate: text,
  times: text,
  fail: text,
  then: text,
  http: text,
  retry_after: text,
  lose_answer: flag,
  drop: text,
  latency: text,
  duplicate_callbacks: flag,
  hits: number,
});

const report = fields({
  trigger: word,
  time: word,
  status: text,
  channel_identity: optional(fields({ channel: word, identity: word })),
  reason: optional(fields({ code: word })),
  callbacks: list(callback),
});

/** A part of what the phone shows; each kind has some of these. */
const block: Reader<unknown> = (value) =>
  fields({
    ...words("block", "text", "url", "button", "title"),
    ...words("latitude", "longitude"),
    role: text,
    kind: text,
    name: text,
    label: text,
    buttons: list(fields({ label: word, kind: text, target: text })),
    sections: list(fields({
      title: text,
      rows: list(fields({ title: word, description: text })),
    })),
    cards: list(list(block)),
    language: text,
    json: text,
    parameters: record,
  })(value);

function words(...names: string[]): Record<string, Reader<string>> {
  return Object.fromEntries(names.map((name) => [name, word]));
}

const shown = fields({
  channel: word,
  failure: text,
  kind: text,
  blocks: list(block),
  findings: list(fields({ level: word, code: word, message: word })),
  sms: optional(fields({ encoding: word, units: number, parts: number })),
  choices: list(fields({ number: word, title: word, postback_data: word })),
});

const READERS: [RegExp, Reader<unknown>][] = [
  [
    /^callbacks$/,
    fields({ callbacks: rows(callback), next_page_token: word }),
  ],
  [
    /^callbacks:trigger$/,
    fields({ trigger: word, app_id: word, callbacks: list(callback) }),
  ],
  [/^callbacks\//, callback],
  [/^rules/, fields({ rules: rows(rule) })],
  [/^clock/, fields({ now: word, ahead_ms: number })],
  [/^inbound$/, fields({ event_id: text, message_id: text })],
  [
    /^messages\//,
    fields({
      message: readMessage,
      app_id: word,
      shown: optional(shown),
      reports: list(report),
      next: optional(fields({ step: word, time: word })),
      is_heard: flag,
    }),
  ],
];
