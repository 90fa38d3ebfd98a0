/** Telegram, which reports no delivery. */
import { MB } from "./media.ts";
import { flag } from "./properties.ts";
import { atMost, type ChannelRules, when } from "./rules.ts";
import { captions, choiceText, postbacks, text } from "./selectors.ts";

export const TELEGRAM: ChannelRules = {
  name: "Telegram",
  native: [
    "text_message",
    "media_message",
    "choice_message",
    "card_message",
    "location_message",
  ],
  refused: ["list_message"],
  rules: [
    atMost("Text", text, 4096, "characters", "fails", "C15"),
    atMost(
      "Text above choices",
      choiceText,
      4096,
      "characters",
      "fails",
      "C15",
    ),
    atMost("Caption", captions, 1024, "characters", "fails", "C15"),
    ...when(
      ({ name }) => name === "choice_message" || name === "card_message",
      atMost("Postback data", postbacks, 64, "bytes", "fails", "C15"),
    ),
  ],
  media: {
    kinds: {
      image: { maxBytes: 5 * MB },
      sticker: { maxBytes: 20 * MB },
      video: { maxBytes: 20 * MB },
      audio: { maxBytes: 20 * MB },
      document: { maxBytes: 20 * MB },
    },
    others: "fails",
    source: "C15",
  },
  properties: { TELEGRAM_DISABLE_LINK_PREVIEW: flag("S25") },
  window: { hours: Infinity, code: "RECIPIENT_NOT_REACHABLE", source: "S25" },
  reports: "QUEUED_ON_CHANNEL",
  remarks: ["The person must start the bot first."],
};
