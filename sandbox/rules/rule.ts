/**
 * Fault rules: what a rule matches (channel, contacts, app, path) and what happens
 * then. The first rule that matches decides. A rate is spread evenly, so that runs
 * are repeatable.
 */
import { REASON_CODES } from "../../channels/reasons.ts";
import { CHANNELS } from "../contract/channels.ts";
import {
  atLeastOne,
  type Check,
  flag,
  integer,
  list,
  object,
  oneOf,
  present,
  required,
  resourceId,
  text,
  textLike,
} from "../contract/checks.ts";
import type { FieldViolation } from "../contract/errors.ts";
import { durationRange } from "../contract/duration.ts";

/** Instead of a reason code: no further report of the message. */
export const SILENCE = "SILENCE";

/** When a connection is dropped: before or after the request is accepted. */
export const DROPS = ["before", "after"] as const;

export interface Rule {
  /** Matches sends, messages and callbacks on this channel. */
  channel?: string;
  /** Matches contacts whose identity begins with one of these. */
  only?: string[];
  app_id?: string;
  /** Matches requests whose path contains this, such as `messages:send`. */
  path?: string;
  /** Applies to this share of matches: `5%`. */
  rate?: string;
  /** Applies only to the first so many. */
  times?: number;

  /** Messages and events fail with this reason code, or {@linkcode SILENCE}. */
  fail?: string;
  /** The channel that they continue on. */
  then?: string;
  /** Requests are refused with this status. */
  http?: number;
  /** Seconds, in the header `Retry-After` of the refusal. */
  retry_after?: number;
  /** Requests are accepted, but the answer breaks off. */
  lose_answer?: boolean;
  /** The connection ends without an answer, before or after acceptance. */
  drop?: typeof DROPS[number];
  /** How long answers, and the steps of messages, take: `200ms..1s`. */
  latency?: string;
  /** Callbacks are posted twice. */
  duplicate_callbacks?: boolean;
}

/** A rule in the store. */
export interface KeptRule extends Rule {
  id: string;
}

export const EFFECTS = [
  "fail",
  "http",
  "lose_answer",
  "drop",
  "latency",
  "duplicate_callbacks",
] as const;

/** `name` requires `other`. */
function needs(name: string, other: string): Check {
  return (value, field, found) => {
    if (present(value, [name]).length > present(value, [other]).length) {
      found.push({
        field: field ? `${field}.${name}` : name,
        description: `requires ${other}`,
      });
    }
  };
}

/** With a misspelt field, a rule would match everything. */
const noOther: Check = (value, field, found) => {
  for (const name of Object.keys(value as object)) {
    if (Object.hasOwn(FIELDS, name)) continue;
    found.push({
      field: field ? `${field}.${name}` : name,
      description: `is unknown; use ${Object.keys(FIELDS).join(", ")}`,
    });
  }
};

/** A timer cannot wait longer than 24 days. */
const MAX_LATENCY_MS = 24 * 60 * 60 * 1000;

const latency: Check = (value, field, found) => {
  text()(value, field, found);
  if (typeof value !== "string") return;
  const range = durationRange(value);
  if (!range || range[1] > MAX_LATENCY_MS) {
    found.push({
      field,
      description: "must be a duration or a range, such as 200ms or 200ms..1s" +
        (range ? ", of at most 24h" : ""),
    });
  }
};

const FIELDS: Record<string, Check> = {
  channel: oneOf(CHANNELS),
  only: list(
    textLike(/^\S+$/, "an identity or its first characters, such as +15550100"),
    1,
  ),
  app_id: resourceId,
  path: text(),
  rate: textLike(
    /^(100(\.0+)?|\d{1,2}(\.\d+)?)%$/,
    "a percentage from 0% to 100%, such as 5%",
  ),
  times: integer(1, 1_000_000_000),
  fail: oneOf([...REASON_CODES, SILENCE]),
  then: oneOf(CHANNELS),
  http: integer(400, 599),
  retry_after: integer(0, 86_400),
  lose_answer: flag,
  drop: oneOf(DROPS),
  latency,
  duplicate_callbacks: flag,
};

/** What a field of a rule must be, where `value` is not. */
export function fieldFault(
  field: keyof Rule,
  value: unknown,
): string | undefined {
  const found: FieldViolation[] = [];
  FIELDS[field]!(value, field, found);
  return found[0]?.description;
}

export const rule = object(
  FIELDS,
  noOther,
  atLeastOne(EFFECTS),
  needs("then", "fail"),
  needs("retry_after", "http"),
);
export const rules = object({ rules: required(list(rule, 1)) });
