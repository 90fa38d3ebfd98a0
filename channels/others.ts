/** Channels of which little is documented. */
import { atMost, type ChannelRules, count } from "./rules.ts";
import { choiceCount, choiceText, text } from "./selectors.ts";

const DAY = 24;

export const KAKAOTALK: ChannelRules = {
  name: "KakaoTalk",
  native: [
    "text_message",
    "media_message",
    "choice_message",
    "card_message",
    "template_message",
  ],
  refused: ["list_message"],
  rules: [
    atMost("Text", text, 1000, "characters", "risk", "V20"),
    atMost("Text above choices", choiceText, 1000, "characters", "risk", "V20"),
    count(
      "Choices",
      choiceCount("choice", "card"),
      { max: 5 },
      "risk",
      "V20",
    ),
  ],
  reports: "READ",
};

export const KAKAOTALKCHAT: ChannelRules = {
  name: "KakaoTalk consultation chat",
  native: ["text_message"],
  refused: ["list_message"],
  rules: [],
  window: {
    hours: 30 * DAY,
    code: "OUTSIDE_ALLOWED_SENDING_WINDOW",
    source: "S32",
  },
  reports: "READ",
  remarks: [
    "Only within a session that the person opened; it ends after 30 days without an answer.",
  ],
};

export const WECHAT: ChannelRules = {
  name: "WeChat",
  native: ["text_message", "media_message"],
  refused: ["list_message"],
  rules: [],
  reports: "READ",
};

export const APPLEBC: ChannelRules = {
  name: "Apple Messages for Business",
  native: ["text_message"],
  refused: ["list_message"],
  rules: [],
  reports: "READ",
  remarks: ["Its rules are not documented."],
};
