/** RCS. Its older and newer documents disagree; the smaller limit holds here. */
import { MIB } from "./media.ts";
import type { Content } from "./message.ts";
import { atMost, type ChannelRules, count, must, number } from "./rules.ts";
import {
  calendarDescriptions,
  calendarTitles,
  cardCount,
  cardDescription,
  cardTitle,
  choiceCount,
  choiceText,
  choiceUrls,
  labels,
  locationLabels,
  postbacks,
  text,
} from "./selectors.ts";
import { oneOf } from "./properties.ts";

const MAX_JSON_BYTES = 250_000;
const MEDIA = { maxBytes: 100 * MIB };

/** A carousel of one card as a card; a location as a choice below a text. */
function nearest({ name, body }: Content): Content | undefined {
  if (name === "carousel_message" && body.cards.length === 1) {
    const [card] = body.cards;
    const choices = [...card!.choices ?? [], ...body.choices ?? []];
    return {
      name: "card_message",
      body: { ...card, ...choices.length > 0 ? { choices } : {} },
    };
  }
  if (name !== "location_message") return undefined;
  const { title, label, coordinates } = body;
  return {
    name: "choice_message",
    body: {
      text_message: { text: label ? `${title}\n${label}` : title },
      choices: [{ location_message: { title, label, coordinates } }],
    },
  };
}

export const RCS: ChannelRules = {
  name: "RCS",
  native: [
    "text_message",
    "media_message",
    "choice_message",
    "card_message",
    "carousel_message",
  ],
  refused: ["list_message"],
  nearest,
  rules: [
    count(
      "Cards",
      cardCount,
      { min: 2, max: 10 },
      "text",
      "S24, S4, S27",
    ),
    atMost("Text", text, 2000, "characters", "fails", "S11b, S27, S11"),
    atMost(
      "Text above choices",
      choiceText,
      2000,
      "characters",
      "fails",
      "S11b, S27, S11",
    ),
    atMost("Choice label", labels(), 25, "characters", "fails", "S11b, S27"),
    atMost("URL of a choice", choiceUrls, 2048, "characters", "fails", "S11b"),
    atMost(
      "Location choice label",
      locationLabels,
      1000,
      "characters",
      "fails",
      "S11b, S27",
    ),
    atMost("Event title", calendarTitles, 1024, "characters", "fails", "S27"),
    atMost(
      "Event description",
      calendarDescriptions,
      1024,
      "characters",
      "fails",
      "S27",
    ),
    atMost("Postback data", postbacks, 768, "bytes", "fails", "S27, V1"),
    atMost("Card title", cardTitle, 200, "bytes", "fails", "S24, S27, C19"),
    atMost(
      "Card description",
      cardDescription,
      2000,
      "bytes",
      "fails",
      "S24, S27, C19",
    ),
    count(
      "Choices of a card",
      choiceCount("card", "carousel card"),
      { max: 4 },
      "fails",
      "S27, V1",
    ),
    count(
      "Outer choices",
      choiceCount("carousel"),
      { max: 3 },
      "fails",
      "S4",
    ),
    {
      ...must(
        "Message",
        `must have at most ${number(MAX_JSON_BYTES)} bytes as JSON`,
        "fails",
        "C18, V1",
        (content) => {
          const { name, body } = content;
          const value =
            new TextEncoder().encode(JSON.stringify({ [name]: body })).length;
          return value > MAX_JSON_BYTES ? [{ where: name, value }] : [];
        },
      ),
      limit: MAX_JSON_BYTES,
    },
  ],
  media: {
    kinds: {
      image: MEDIA,
      sticker: MEDIA,
      video: MEDIA,
      audio: MEDIA,
      document: { types: ["application/pdf"], ...MEDIA },
    },
    others: "fails",
    source: "S11, V1",
  },
  properties: {
    RCS_WEBVIEW_MODE: oneOf(["FULL", "HALF", "TALL"], "S24"),
    RCS_CARD_ORIENTATION: oneOf(["HORIZONTAL", "VERTICAL"], "S24"),
    RCS_CARD_THUMBNAIL_IMAGE_ALIGNMENT: oneOf(["LEFT", "RIGHT"], "S24"),
  },
  reports: "READ",
  remarks: [
    "A phone without RCS fails with RECIPIENT_NOT_REACHABLE: name a fallback channel.",
    "Media are kept for up to 28 days: a new file needs a new name. Their address must not redirect.",
  ],
};
