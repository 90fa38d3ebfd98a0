/** `sinch help channels`: the rules that `--check` and the sandbox use. */
import { CHANNEL_RULES } from "../../channels/channels.ts";
import { type ChannelRules, number, type Rule } from "../../channels/rules.ts";
import { SOURCES } from "../../channels/sources.ts";
import type { Row } from "../help.ts";
import type { Topic } from "./topic.ts";

const BEYOND: Record<Rule["beyond"], string> = {
  fails: "else FAILED",
  text: "else plain text",
  cut: "the rest is cut off",
  dropped: "else not shown",
  risk: "else it may fail",
  advice: "advised",
};

export const CHANNELS_TOPIC: Topic = {
  text:
    "What each channel shows, and its limits. The sandbox and `sinch conversation send --check` follow the same rules; where sources disagree, the smaller limit. `sinch help channels RCS` shows one channel with the addresses of its sources.",
  sections: Object.entries(CHANNEL_RULES)
    .map(([channel, rules]) => [channel, rowsOf(rules)]),
};

export function channelTopic(channel: keyof typeof CHANNEL_RULES): Topic {
  const rules: ChannelRules = CHANNEL_RULES[channel];
  const rows = rowsOf(rules);
  const keys = new Set(
    rows.flatMap(([, text]) => text.match(/\b[SCV]\d+b?\b/g) ?? []),
  );
  return {
    text: `${rules.name}: what it shows, and its limits.`,
    sections: [
      [channel, rows],
      [
        "Sources",
        [...keys].sort(byNumber).flatMap((key): Row[] =>
          SOURCES[key] ? [[key, SOURCES[key]]] : []
        ),
      ],
    ],
  };
}

function byNumber(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}

function rowsOf(rules: ChannelRules): Row[] {
  const { native, media, cardMedia, properties, window, reports } = rules;
  return [
    ["Native", native.map(typeOf).join(", ")],
    ...merged(rules.rules.map(ruleRow)),
    ...media ? [["Media", mediaText(media)] as Row] : [],
    ...cardMedia ? [["Media of a card", mediaText(cardMedia)] as Row] : [],
    ...Object.entries(properties ?? {}).map((
      [name, { form, source }],
      at,
    ): Row => [
      at === 0 ? "Properties" : "",
      `${name} ${form.replace(/^must be /, "")} (${source})`,
    ]),
    ...window ? [["Window", windowText(window)] as Row] : [],
    ["Last report", reports],
    ...(rules.remarks ?? []).map((remark, at): Row => [
      at === 0 ? "Notes" : "",
      remark,
    ]),
  ];
}

function typeOf(name: string): string {
  return name.replace("_message", "").replaceAll("_", " ");
}

function ruleRow({ what, must, beyond, source }: Rule): Row {
  const limit = must.replace(/^must (be|have) /, "");
  return [what, `${limit}, ${BEYOND[beyond]} (${source})`];
}

/** Rules about the same thing have one name. */
function merged(rows: Row[]): Row[] {
  return rows.map(([what, text], at) => [
    rows[at - 1]?.[0] === what ? "" : what,
    text,
  ]);
}

function mediaText(
  { kinds, others, source }: NonNullable<ChannelRules["media"]>,
): string {
  const each = Object.entries(kinds).map(([kind, { types, maxBytes }]) => {
    const names = types?.map((type) => type.replace(/^\w+\//, "")).join(", ");
    const size = maxBytes && `${number(maxBytes)} bytes`;
    const details = [names, size].filter(Boolean).join("; ");
    return details ? `${kind} (${details})` : kind;
  });
  return `${each.join(", ")}; others ${
    others === "link" ? "become a link" : "fail"
  } (${source})`;
}

function windowText(
  { hours, tag, code, source }: NonNullable<ChannelRules["window"]>,
): string {
  const open = hours === Infinity
    ? "open once the person has written"
    : `${hours} hours after the person last wrote`;
  return `${open}${
    tag ? `, longer with ${tag.property}` : ""
  }; else ${code} (${source})`;
}
