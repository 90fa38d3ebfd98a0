/** The parts of a content that rules measure, each with its path. */
import {
  type Card,
  type Choice,
  type ChoiceKind,
  type Content,
  kindOf,
  labelOf,
  type ListItem,
  type Media,
} from "./message.ts";

export interface Place {
  where: string;
  text: string;
}

export type Selector = (content: Content) => Place[];

function place(where: string, text: string | null | undefined): Place[] {
  return text ? [{ where, text }] : [];
}

export const text: Selector = ({ name, body }) =>
  name === "text_message" ? place("text_message.text", body.text) : [];

export const choiceText: Selector = ({ name, body }) =>
  name === "choice_message"
    ? place("choice_message.text_message.text", body.text_message?.text)
    : [];

/** The cards of a card message and of a carousel. */
export function cardsOf(
  { name, body }: Content,
): { where: string; card: Card }[] {
  if (name === "card_message") return [{ where: name, card: body }];
  return name === "carousel_message"
    ? body.cards.map((card, at) => ({ where: `${name}.cards[${at}]`, card }))
    : [];
}

export const cardTitle: Selector = (content) =>
  cardsOf(content).flatMap(({ where, card }) =>
    place(`${where}.title`, card.title)
  );

export const cardDescription: Selector = (content) =>
  cardsOf(content).flatMap(({ where, card }) =>
    place(`${where}.description`, card.description)
  );

export const cardHeader: Selector = (content) =>
  cardsOf(content).flatMap(({ where, card }) =>
    place(
      `${where}.message_properties.whatsapp_header`,
      card.message_properties?.whatsapp_header,
    )
  );

/** Choices that are shown together, with their path. */
export interface Group {
  where: string;
  choices: Choice[];
  /** Below what: a card, a text, or all cards of a carousel. */
  of: "card" | "carousel card" | "choice" | "carousel";
}

export function groupsOf(content: Content): Group[] {
  const { name, body } = content;
  const groups: Group[] = cardsOf(content).map(({ where, card }) => ({
    where: `${where}.choices`,
    choices: card.choices ?? [],
    of: name === "card_message" ? "card" : "carousel card",
  }));
  if (name === "carousel_message") {
    groups.push({
      where: "carousel_message.choices",
      choices: body.choices ?? [],
      of: "carousel",
    });
  }
  if (name === "choice_message") {
    groups.push({
      where: "choice_message.choices",
      choices: body.choices,
      of: "choice",
    });
  }
  return groups;
}

export function choicesOf(content: Content): Choice[] {
  return groupsOf(content).flatMap(({ choices }) => choices);
}

/** How many choices each of these groups has. */
export function choiceCount(...of: Group["of"][]) {
  return (content: Content) =>
    groupsOf(content).filter((group) => of.includes(group.of))
      .map(({ where, choices }) => ({ where, count: choices.length }));
}

function eachChoice(
  content: Content,
  select: (choice: Choice, where: string) => Place[],
): Place[] {
  return groupsOf(content).flatMap(({ where, choices }) =>
    choices.flatMap((choice, at) => select(choice, `${where}[${at}]`))
  );
}

/** The labels of choices, of all kinds or of these. */
export function labels(...kinds: ChoiceKind[]): Selector {
  return (content) =>
    eachChoice(content, (choice, where) => {
      const kind = kindOf(choice);
      const field = kind === "text" ? "text" : "title";
      return kinds.length === 0 || kinds.includes(kind)
        ? place(`${where}.${kind}_message.${field}`, labelOf(choice))
        : [];
    });
}

export const postbacks: Selector = (content) =>
  eachChoice(
    content,
    (choice, where) => place(`${where}.postback_data`, choice.postback_data),
  );

export const choiceUrls: Selector = (content) =>
  eachChoice(
    content,
    (choice, where) =>
      place(`${where}.url_message.url`, choice.url_message?.url),
  );

export const locationLabels: Selector = (content) =>
  eachChoice(
    content,
    (choice, where) =>
      place(`${where}.location_message.label`, choice.location_message?.label),
  );

export const calendarTitles: Selector = (content) =>
  eachChoice(content, (choice, where) =>
    place(
      `${where}.calendar_message.event_title`,
      choice.calendar_message?.event_title,
    ));

export const calendarDescriptions: Selector = (content) =>
  eachChoice(content, (choice, where) =>
    place(
      `${where}.calendar_message.event_description`,
      choice.calendar_message?.event_description,
    ));

/** Choices that are none of these kinds. */
export function otherKinds(...kinds: ChoiceKind[]) {
  return (content: Content): Place[] =>
    eachChoice(
      content,
      (choice, where) =>
        kinds.includes(kindOf(choice))
          ? []
          : [{ where, text: kindOf(choice).replace("_", " ") }],
    );
}

/** The media of a media message, a card or a list. */
export function mediaOf(content: Content): { where: string; media: Media }[] {
  const { name, body } = content;
  if (name === "media_message") return [{ where: name, media: body }];
  if (name === "list_message") {
    return body.media ? [{ where: `${name}.media`, media: body.media }] : [];
  }
  return cardsOf(content).flatMap(({ where, card }) =>
    card.media_message
      ? [{ where: `${where}.media_message`, media: card.media_message }]
      : []
  );
}

export const mediaUrls: Selector = (content) =>
  mediaOf(content).flatMap(({ where, media }) =>
    place(`${where}.url`, media.url)
  );

/** The text that is shown below the media of a card. */
export const captions: Selector = ({ name, body }) =>
  name === "card_message" && body.media_message
    ? place(
      "card_message",
      [body.title, body.description].filter(Boolean).join("\n"),
    )
    : [];

/** Title and description, which are shown as one text. */
export const listBody: Selector = ({ name, body }) =>
  name === "list_message"
    ? place(name, [body.title, body.description].filter(Boolean).join("\n"))
    : [];

export const sectionTitles: Selector = ({ name, body }) =>
  name === "list_message"
    ? body.sections.flatMap(({ title }, at) =>
      place(`${name}.sections[${at}].title`, title)
    )
    : [];

function rows(field: "title" | "description" | "postback_data"): Selector {
  return (content) =>
    itemsOf(content).flatMap(({ where, item }) =>
      place(`${where}.choice.${field}`, item.choice?.[field])
    );
}
export const rowTitles = rows("title");
export const rowDescriptions = rows("description");
export const rowPostbacks = rows("postback_data");

export function itemsOf(
  { name, body }: Content,
): { where: string; item: ListItem }[] {
  return name === "list_message"
    ? body.sections.flatMap(({ items }, section) =>
      items.map((item, at) => ({
        where: `${name}.sections[${section}].items[${at}]`,
        item,
      }))
    )
    : [];
}

export const listMenu: Selector = ({ name, body }) =>
  name === "list_message"
    ? place(`${name}.message_properties.menu`, body.message_properties?.menu)
    : [];

export const listHeader: Selector = ({ name, body }) =>
  name === "list_message"
    ? place(
      `${name}.message_properties.whatsapp_header`,
      body.message_properties?.whatsapp_header,
    )
    : [];

export const choiceFooter: Selector = ({ name, body }) =>
  name === "choice_message"
    ? place(
      `${name}.message_properties.whatsapp_footer`,
      body.message_properties?.whatsapp_footer,
    )
    : [];

export function cardCount({ name, body }: Content) {
  return name === "carousel_message"
    ? [{ where: `${name}.cards`, count: body.cards.length }]
    : [];
}

export function sectionCount({ name, body }: Content) {
  return name === "list_message"
    ? [{ where: `${name}.sections`, count: body.sections.length }]
    : [];
}

export function rowCount(content: Content) {
  return content.name === "list_message"
    ? [{ where: "list_message.sections", count: itemsOf(content).length }]
    : [];
}
