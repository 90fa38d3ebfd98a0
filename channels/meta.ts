/** Messenger and Instagram, whose rules are alike. */
import { MB } from "./media.ts";
import { type Content, kindOf } from "./message.ts";
import { oneOf } from "./properties.ts";
import {
  atMost,
  type ChannelRules,
  count,
  must,
  type Rule,
  when,
} from "./rules.ts";
import {
  cardCount,
  cardDescription,
  cardsOf,
  cardTitle,
  choiceCount,
  choicesOf,
  choiceText,
  labels,
  otherKinds,
  postbacks,
  text,
} from "./selectors.ts";

const DAY = 24;
const WEEK = 7 * DAY;
const OUTSIDE = "OUTSIDE_ALLOWED_SENDING_WINDOW";

/** Text choices alone become quick replies, others buttons. */
function hasQuickReplies(content: Content): boolean {
  return content.name === "choice_message" &&
    choicesOf(content).every((choice) => kindOf(choice) === "text");
}

function hasButtons(content: Content): boolean {
  return content.name === "choice_message" && !hasQuickReplies(content);
}

/** A card needs something besides its title. */
function bareCards(content: Content) {
  return cardsOf(content)
    .filter(({ card }) =>
      !card.title || !card.description && !card.media_message &&
        (card.choices ?? []).length === 0
    )
    .map(({ where }) => ({ where }));
}

const CARDS: readonly Rule[] = [
  must(
    "Card",
    "must have a title, and a description, an image or a choice besides",
    "fails",
    "C8",
    bareCards,
  ),
  atMost("Card title", cardTitle, 80, "characters", "fails", "C8"),
  atMost("Card description", cardDescription, 80, "characters", "fails", "C8"),
  count(
    "Choices of a card",
    choiceCount("card", "carousel card"),
    { max: 3 },
    "fails",
    "C8, S4",
  ),
  count("Cards", cardCount, { max: 10 }, "fails", "S4, C8"),
];

const BUTTONS = when(
  hasButtons,
  count(
    "Mixed choices",
    choiceCount("choice"),
    { max: 3 },
    "fails",
    "C7, C14",
  ),
  atMost("Text above buttons", choiceText, 640, "characters", "fails", "C7"),
);

const QUICK_REPLIES = when(
  hasQuickReplies,
  count(
    "Choices",
    choiceCount("choice"),
    { max: 13 },
    "fails",
    "C9, C11",
  ),
  atMost("Postback data", postbacks, 1000, "characters", "fails", "C9"),
);

const IMAGES = {
  image: {
    types: ["image/jpeg", "image/png", "image/gif"],
    maxBytes: 8 * MB,
  },
};

function carouselChoices(content: Content): number {
  return choiceCount("carousel")(content)[0]?.count ?? 0;
}

export const MESSENGER: ChannelRules = {
  name: "Facebook Messenger",
  native: [
    "text_message",
    "media_message",
    "choice_message",
    "card_message",
    "carousel_message",
    "location_message",
  ],
  refused: ["list_message"],
  rules: [
    must(
      "Choices",
      "must be text, URL, location or call choices",
      "text",
      "S13",
      (content) =>
        otherKinds("text", "url", "location", "call")(content)
          .map(({ where, text: value }) => ({ where, value })),
    ),
    atMost("Text", text, 2000, "characters", "fails", "C10"),
    ...QUICK_REPLIES,
    atMost("Choice label", labels(), 20, "characters", "fails", "C9, C7"),
    ...BUTTONS,
    ...CARDS,
    count(
      "Outer choices",
      choiceCount("carousel"),
      { max: 13 },
      "fails",
      "S4",
    ),
    ...when(
      (content) =>
        content.name === "carousel_message" &&
        (content.body.choices ?? []).some((choice) =>
          kindOf(choice) !== "text"
        ),
      count(
        "Mixed outer choices",
        choiceCount("carousel"),
        { max: 3 },
        "fails",
        "S4",
      ),
    ),
  ],
  cardMedia: { kinds: { image: {} }, others: "link", source: "S13, S25" },
  properties: {
    MESSENGER_MESSAGE_TAG: oneOf([
      "CONFIRMED_EVENT_UPDATE",
      "POST_PURCHASE_UPDATE",
      "ACCOUNT_UPDATE",
      "HUMAN_AGENT",
    ], "S14"),
  },
  window: {
    hours: DAY,
    tag: {
      property: "MESSENGER_MESSAGE_TAG",
      hours: {
        CONFIRMED_EVENT_UPDATE: Infinity,
        POST_PURCHASE_UPDATE: Infinity,
        ACCOUNT_UPDATE: Infinity,
        HUMAN_AGENT: WEEK,
      },
    },
    code: OUTSIDE,
    source: "C10, S13, S14, S26",
  },
  reports: "READ",
  remarks: [
    "Only the person can start; an ad keeps the window open for 7 days.",
    "In Europe neither DELIVERED nor READ is reported.",
  ],
};

export const INSTAGRAM: ChannelRules = {
  name: "Instagram",
  native: [
    "text_message",
    "media_message",
    "choice_message",
    "card_message",
    "carousel_message",
  ],
  refused: ["list_message"],
  rules: [
    atMost("Text", text, 1000, "bytes", "fails", "C12, V3"),
    ...QUICK_REPLIES,
    ...when(
      hasQuickReplies,
      atMost("Choice label", labels(), 20, "characters", "cut", "C11"),
      atMost("Text above choices", choiceText, 1000, "bytes", "fails", "C12"),
    ),
    ...BUTTONS,
    ...CARDS,
    ...when(
      (content) => carouselChoices(content) > 0,
      must(
        "Outer choices",
        "are not supported",
        "dropped",
        "S4",
        () => [{ where: "carousel_message.choices" }],
      ),
    ),
  ],
  media: { kinds: IMAGES, others: "link", source: "S13, S25, C13" },
  cardMedia: { kinds: IMAGES, others: "link", source: "S13, S25" },
  properties: {
    INSTAGRAM_MESSAGE_TAG: oneOf(["HUMAN_AGENT"], "S15"),
  },
  window: {
    hours: DAY,
    tag: {
      property: "INSTAGRAM_MESSAGE_TAG",
      hours: { HUMAN_AGENT: WEEK },
    },
    code: OUTSIDE,
    source: "S15, S26",
  },
  reports: "READ",
  remarks: [
    "Only the person can start.",
    "1,000 bytes are about 500 Cyrillic letters, 333 Chinese characters or 250 emoji.",
    "Choices are not shown in the web client.",
  ],
};
