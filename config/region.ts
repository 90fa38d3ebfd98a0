/** The regions of the Conversation API. */
export const REGIONS = ["us", "eu", "br"] as const;
export type Region = typeof REGIONS[number];
