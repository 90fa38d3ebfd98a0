/** LINE, which counts what a reader takes for one character. */
import { MB } from "./media.ts";
import type { Card, Content } from "./message.ts";
import { atMost, type ChannelRules, count, must, when } from "./rules.ts";
import {
  cardCount,
  cardsOf,
  cardTitle,
  choiceCount,
  choiceText,
  labels,
  mediaUrls,
  type Place,
  postbacks,
  text,
} from "./selectors.ts";

const isCarousel = ({ name }: Content) => name === "carousel_message";
const isCard = ({ name }: Content) => name === "card_message";

/** Descriptions of cards that have an image or a title, or of the others. */
function descriptions(isAdorned: boolean) {
  return (content: Content): Place[] =>
    cardsOf(content)
      .filter(({ card }) => hasImageOrTitle(card) === isAdorned)
      .flatMap(({ where, card }) =>
        card.description
          ? [{ where: `${where}.description`, text: card.description }]
          : []
      );
}

function hasImageOrTitle({ title, media_message }: Card): boolean {
  return !!title || !!media_message;
}

/** The first card decides how many buttons each has. */
function unevenCards(content: Content) {
  if (!isCarousel(content)) return [];
  const [first, ...others] = cardsOf(content);
  const size = (card: Card | undefined) => card?.choices?.length ?? 0;
  return others.filter(({ card }) => size(card) !== size(first?.card))
    .map(({ where, card }) => ({
      where: `${where}.choices`,
      value: size(card),
    }));
}

export const LINE: ChannelRules = {
  name: "LINE",
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
    atMost("Text", text, 5000, "UTF-16 units", "fails", "C16, V6"),
    atMost("Text above choices", choiceText, 160, "graphemes", "fails", "C17"),
    atMost("Card title", cardTitle, 40, "graphemes", "fails", "C17"),
    atMost(
      "Card description",
      descriptions(true),
      60,
      "graphemes",
      "fails",
      "C17",
    ),
    ...when(
      isCard,
      atMost(
        "Card description alone",
        descriptions(false),
        160,
        "graphemes",
        "fails",
        "C17",
      ),
    ),
    ...when(
      isCarousel,
      atMost(
        "Carousel text alone",
        descriptions(false),
        120,
        "graphemes",
        "fails",
        "C17",
      ),
    ),
    count(
      "Choices",
      choiceCount("choice", "card"),
      { max: 4 },
      "fails",
      "C17",
    ),
    count(
      "Carousel card choices",
      choiceCount("carousel card"),
      { max: 3 },
      "fails",
      "C17, S4",
    ),
    count("Cards", cardCount, { max: 10 }, "fails", "C17"),
    must(
      "Carousel card",
      "must have as many choices as the first card",
      "fails",
      "C17",
      unevenCards,
    ),
    atMost("Choice label", labels(), 20, "graphemes", "fails", "C17"),
    atMost("Postback data", postbacks, 300, "graphemes", "fails", "C17"),
    atMost("Media URL", mediaUrls, 1000, "characters", "fails", "C17"),
    must(
      "Media URL",
      "must be HTTPS",
      "fails",
      "C17",
      (content) =>
        mediaUrls(content)
          .filter(({ text }) => !/^https:/i.test(text))
          .map(({ where, text: value }) => ({ where, value })),
    ),
  ],
  media: {
    kinds: {
      image: { types: ["image/jpeg", "image/png"], maxBytes: 10 * MB },
      video: { types: ["video/mp4"], maxBytes: 200 * MB },
      audio: { maxBytes: 200 * MB },
      document: {},
    },
    others: "fails",
    source: "C17, V6",
  },
  reports: "READ",
  remarks: ["Taller texts are cut off on the screen, even within the limits."],
};
