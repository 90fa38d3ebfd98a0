/** What the API checks before it accepts a message; beyond it, it answers 400. */
import type { Finding } from "./findings.ts";
import { type Content, contentOf, type Message } from "./message.ts";
import { count, findingsOf, must, number, type Rule } from "./rules.ts";
import {
  cardCount,
  choiceCount,
  groupsOf,
  itemsOf,
  rowCount,
} from "./selectors.ts";

export const REQUEST_LIMITS = {
  /** Of a choice message and of a card. */
  choices: 10,
  cards: 10,
  /** Below a carousel. */
  outerChoices: 3,
  /** Below a carousel, if all are text: Messenger shows them. */
  outerTextChoices: 13,
  /** Of a list message, over all sections. */
  rows: 10,
  /** In UTF-16 units. */
  propertyValue: 1024,
} as const;

/** How many choices a carousel may have below it: text choices may be more. */
export function maxOuterChoices(choices: readonly unknown[]): number {
  return choices.every((choice) =>
      (choice as { text_message?: unknown } | null)?.text_message
    )
    ? REQUEST_LIMITS.outerTextChoices
    : REQUEST_LIMITS.outerChoices;
}

export const REQUEST_RULES: readonly Rule[] = [
  count(
    "Choices",
    choiceCount("choice"),
    { min: 1, max: REQUEST_LIMITS.choices },
    "fails",
    "S2, S26",
  ),
  count(
    "Choices of a card",
    choiceCount("card", "carousel card"),
    { max: REQUEST_LIMITS.choices },
    "fails",
    "S3, S26",
  ),
  count(
    "Cards",
    cardCount,
    { min: 1, max: REQUEST_LIMITS.cards },
    "fails",
    "S4, S26",
  ),
  must(
    "Outer choices",
    `must be at most ${REQUEST_LIMITS.outerChoices}, or ${REQUEST_LIMITS.outerTextChoices} text choices`,
    "fails",
    "S4",
    (content) =>
      groupsOf(content)
        .filter(({ of, choices }) =>
          of === "carousel" && choices.length > maxOuterChoices(choices)
        )
        .map(({ where, choices }) => ({ where, value: choices.length })),
  ),
  count(
    "List rows",
    rowCount,
    { min: 1, max: REQUEST_LIMITS.rows },
    "fails",
    "S5, S26",
  ),
  must(
    "List rows",
    "must be all choices or all products",
    "fails",
    "S5",
    mixedRows,
  ),
];

function mixedRows(content: Content) {
  const kinds = new Set(itemsOf(content).map(({ item }) => !!item.product));
  return kinds.size > 1 ? [{ where: "list_message.sections" }] : [];
}

export const REFUSED = "INVALID_ARGUMENT";

/** Everything about a send that the API refuses with 400. */
export function requestFindings(
  message: Message,
  properties: Record<string, string> = {},
): Finding[] {
  const content = contentOf(message);
  const limit = REQUEST_LIMITS.propertyValue;
  return [
    ...content
      ? REQUEST_RULES.flatMap((rule) => findingsOf(rule, content))
      : [],
    ...Object.entries(properties).filter(([, { length }]) => length > limit)
      .map(([name, { length: value }]): Finding => ({
        level: "error",
        code: REFUSED,
        message: `Channel property ${name} must have at most ${
          number(limit)
        } characters, got ${number(value)}`,
        value,
        limit,
        where: `channel_properties.${name}`,
      })),
  ].map((finding) => ({ ...finding, code: REFUSED }));
}
