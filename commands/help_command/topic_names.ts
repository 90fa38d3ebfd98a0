/** What `sinch help` explains besides commands; apart, so that a list of them is cheap. */
export const TOPIC_NAMES = [
  "exit-codes",
  "environment",
  "formats",
  "sandbox",
] as const;

export type TopicName = typeof TOPIC_NAMES[number];
