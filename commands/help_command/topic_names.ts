/** The topics of `sinch help`; a file of its own, so that listing them is cheap. */
export const TOPIC_NAMES = [
  "channels",
  "common-options",
  "environment",
  "exit-codes",
  "formats",
  "reasons",
  "sandbox",
] as const;

export type TopicName = typeof TOPIC_NAMES[number];
