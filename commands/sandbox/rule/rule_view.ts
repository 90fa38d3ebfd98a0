/** Rules for people. */
import type { Column } from "../../../output/columns.ts";
import { rowsText } from "../../../output/table.ts";
import type { View } from "../../../output/view.ts";
import type { KeptRule, Rule } from "../../../sandbox/rules/rule.ts";

const COLUMNS: Column<KeptRule>[] = [
  { name: "id", kind: "id", value: ({ id }) => id },
  { name: "about", kind: "text", value: aboutText },
  { name: "does", kind: "text", value: doesText },
];

function aboutText({ channel, only, app_id, path, rate, times }: Rule): string {
  const parts = [
    channel,
    only?.map((start) => `${start.replace(/(\*|…|\.\.\.)$/, "")}…`)
      .join(" or "),
    app_id && `app ${app_id}`,
    path && `requests to ${path}`,
    rate,
    times && `the first ${times}`,
  ];
  return parts.filter(Boolean).join(", ") || "everything";
}

function doesText(rule: Rule): string {
  const { fail, then, http, retry_after: wait, latency } = rule;
  const parts = [
    fail && (then ? `${fail}, then ${then}` : fail),
    http &&
    (wait === undefined ? `HTTP ${http}` : `HTTP ${http}, wait ${wait} s`),
    rule.lose_answer && "answer lost",
    rule.drop && `connection dropped ${rule.drop} the request is taken`,
    latency && `takes ${latency}`,
    rule.duplicate_callbacks && "callbacks twice",
  ];
  return parts.filter(Boolean).join("; ");
}

export function rulesView(rules: KeptRule[]): View {
  return {
    json: { rules },
    text: (style) =>
      rules.length > 0
        ? rowsText(COLUMNS, rules, style)
        : "No rules: everything goes well.\n",
  };
}
