/** Rules for people. */
import type { Column } from "../../../output/columns.ts";
import { rowsText } from "../../../output/table.ts";
import type { View } from "../../../output/view.ts";
import type { KeptRule, Rule } from "../../../sandbox/rules/rule.ts";

/** What every endpoint for rules answers. */
export interface RuleList {
  rules: ListedRule[];
}

/** With the number of requests, messages or callbacks that it has changed. */
export type ListedRule = KeptRule & { hits: number };

const COLUMNS: Column<ListedRule>[] = [
  { name: "id", kind: "id", value: ({ id }) => id },
  { name: "applies-to", kind: "text", value: subjectText },
  { name: "effect", kind: "text", value: effectText },
  { name: "hits", value: ({ hits }) => String(hits) },
];

function subjectText(
  { channel, only, app_id, path, rate, times }: Rule,
): string {
  const parts = [
    channel,
    only?.map((start) => `${start.replace(/(\*|…|\.\.\.)$/, "")}…`)
      .join(" or "),
    app_id && `app ${app_id}`,
    path && `requests to ${path}`,
    rate,
    times && `first ${times}`,
  ];
  return parts.filter(Boolean).join(", ") || "everything";
}

function effectText(rule: Rule): string {
  const { fail, then, http, retry_after: wait, latency } = rule;
  const parts = [
    fail && (then ? `${fail}, then ${then}` : fail),
    http &&
    (wait === undefined
      ? `HTTP ${http}`
      : `HTTP ${http}, retry after ${wait} s`),
    rule.lose_answer && "answer lost",
    rule.drop && `connection dropped ${rule.drop} the request is accepted`,
    latency && `latency ${latency}`,
    rule.duplicate_callbacks && "duplicate callbacks",
  ];
  return parts.filter(Boolean).join("; ");
}

export function rulesView(list: RuleList): View {
  return {
    json: list,
    text: (style) =>
      list.rules.length > 0
        ? rowsText(COLUMNS, list.rules, style)
        : "No rules: messages are delivered.\n",
  };
}
