/**
 * What a message to a contact can be: the eight message types as the API spells
 * them, the limits it sets, and the checks that hold a structure against both.
 * Flags, JSON and wizard all end here, so that no way in is checked less.
 *
 * @see https://developers.sinch.com/docs/conversation/message-types/
 */
import { usageError } from "../errors.ts";
import {
  type Check,
  exactlyOne,
  httpUrl,
  jsonObject,
  list,
  number,
  object,
  refusal,
  text,
  word,
} from "./checks.ts";

export const MESSAGE_TYPES = [
  "text",
  "media",
  "template",
  "card",
  "carousel",
  "choice",
  "location",
  "list",
] as const;
export type MessageType = typeof MESSAGE_TYPES[number];

/** The documented counts and ranges. */
export const LIMITS = {
  /** Of a card and of a choice message. */
  choices: 10,
  /** Beneath the cards of a carousel. */
  outerChoices: 3,
  /** RCS shows a carousel of one card as a plain card. */
  cards: { min: 2, max: 10 },
  latitude: 90,
  longitude: 180,
} as const;

/** What the API takes as the value of `message`. */
export type AppMessage = TypedMessage | RawMessage;

/** Exactly one content field, named after its type. */
export type TypedMessage =
  | { text_message: TextMessage }
  | { media_message: MediaMessage }
  | { template_message: TemplateMessage }
  | { card_message: CardMessage }
  | { carousel_message: CarouselMessage }
  | { choice_message: ChoiceMessage }
  | { location_message: LocationMessage }
  | { list_message: ListMessage };

/** A body written by hand, for what has no flags: passed on as it is. */
export type RawMessage = Record<string, unknown>;

export interface TextMessage {
  text: string;
}

/** Has no caption: a picture with a text is a card. */
export interface MediaMessage {
  url: string;
  thumbnail_url?: string;
  filename_override?: string;
}

/** At least one of the two; the channel's own wins on that channel. */
export interface TemplateMessage {
  omni_template?: OmniTemplate;
  /** By channel. */
  channel_template?: Record<string, ChannelTemplate>;
}

export interface OmniTemplate {
  template_id: string;
  /** A translation's version, or "latest". */
  version: string;
  /** BCP 47. */
  language_code?: string;
  parameters?: Record<string, string>;
}

export interface ChannelTemplate {
  /** On WhatsApp the template's name. */
  template_id: string;
  version?: string;
  /** On WhatsApp with an underscore: en_US. */
  language_code?: string;
  parameters?: Record<string, string>;
}

export const CARD_HEIGHTS = [
  "UNSPECIFIED_HEIGHT",
  "SHORT",
  "MEDIUM",
  "TALL",
] as const;
export type CardHeight = typeof CARD_HEIGHTS[number];

/** Has a title or a description. */
export interface CardMessage {
  title?: string;
  description?: string;
  media_message?: MediaMessage;
  height?: CardHeight;
  choices?: Choice[];
  message_properties?: { whatsapp_header?: string };
}

export interface CarouselMessage {
  cards: CardMessage[];
  choices?: Choice[];
}

export interface ChoiceMessage {
  text_message: TextMessage;
  choices: Choice[];
  message_properties?: { whatsapp_footer?: string };
}

export interface LocationMessage {
  title: string;
  label?: string;
  coordinates: { latitude: number; longitude: number };
}

export interface ListMessage {
  title: string;
  description?: string;
  media?: MediaMessage;
  sections: ListSection[];
  message_properties?: {
    /** The label of the button that opens the list. */
    menu?: string;
    /** Needed for products. */
    catalog_id?: string;
    whatsapp_header?: string;
  };
}

export interface ListSection {
  title?: string;
  items: ListItem[];
}

export type ListItem =
  | {
    choice: {
      title: string;
      description?: string;
      media?: MediaMessage;
      postback_data?: string;
    };
  }
  | { product: { id: string; marketplace: string } };

/** A button: one kind, and what comes back when it is tapped. */
export type Choice =
  & { postback_data?: string; display_mode?: string }
  & (
    | { text_message: TextMessage }
    | { url_message: { title: string; url: string } }
    | { call_message: { title: string; phone_number: string } }
    | { location_message: LocationMessage }
    | { calendar_message: CalendarMessage }
    | { share_location_message: { title: string; fallback_url: string } }
  );

export interface CalendarMessage {
  title: string;
  /** RFC 3339. */
  event_start: string;
  event_end: string;
  event_title: string;
  event_description?: string;
  fallback_url: string;
}

const textMessage = object<TextMessage>({ text: text() }, "text");

const mediaMessage = object<MediaMessage>({
  url: httpUrl,
  thumbnail_url: httpUrl,
  filename_override: text(),
}, "url");

const locationMessage = object<LocationMessage>(
  {
    title: text(),
    label: text(),
    coordinates: object(
      {
        latitude: number(-LIMITS.latitude, LIMITS.latitude),
        longitude: number(-LIMITS.longitude, LIMITS.longitude),
      },
      "latitude",
      "longitude",
    ),
  },
  "title",
  "coordinates",
);

export const checkTime: Check<string> = (value, at) => {
  if (
    typeof value !== "string" || !/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/
      .test(value) ||
    Number.isNaN(Date.parse(value))
  ) {
    throw refusal(at, "must be a time such as 2026-03-01T10:00:00Z", value);
  }
  return value;
};

/** The end of an event: a time, and none before its start. */
export function checkEventEnd(start: string): Check<string> {
  return (value, at) => {
    const end = checkTime(value, at);
    if (Date.parse(end) < Date.parse(start)) {
      throw refusal(at, `must not be before ${start}`, end);
    }
    return end;
  };
}

const calendarFields = object<CalendarMessage>(
  {
    title: text(),
    event_start: checkTime,
    event_end: checkTime,
    event_title: text(),
    event_description: text(),
    fallback_url: httpUrl,
  },
  "title",
  "event_start",
  "event_end",
  "event_title",
  "fallback_url",
);

const calendarMessage: Check<CalendarMessage> = (value, at) => {
  const event = calendarFields(value, at);
  checkEventEnd(event.event_start)(event.event_end, `${at}.event_end`);
  return event;
};

export const checkChoice = exactlyOne<Choice>({
  text_message: textMessage,
  url_message: object<{ title: string; url: string }>(
    { title: text(), url: httpUrl },
    "title",
    "url",
  ),
  call_message: object<{ title: string; phone_number: string }>(
    { title: text(), phone_number: text() },
    "title",
    "phone_number",
  ),
  location_message: locationMessage,
  calendar_message: calendarMessage,
  share_location_message: object<{ title: string; fallback_url: string }>(
    { title: text(), fallback_url: httpUrl },
    "title",
    "fallback_url",
  ),
}, {
  postback_data: text(),
  display_mode: word("DISPLAY_MODE_UNSPECIFIED", "PERSISTENT"),
});

const cardFields = object<CardMessage>({
  title: text(),
  description: text(),
  media_message: mediaMessage,
  height: word(...CARD_HEIGHTS),
  choices: list(checkChoice, { max: LIMITS.choices }),
  message_properties: object<{ whatsapp_header?: string }>({
    whatsapp_header: text(),
  }),
});

export const checkCard: Check<CardMessage> = (value, at) => {
  const card = cardFields(value, at);
  if (!card.title && !card.description) {
    throw usageError(`${at} must have a title or a description`);
  }
  return card;
};

const listItem = exactlyOne<ListItem>({
  choice: object<{
    title: string;
    description?: string;
    media?: MediaMessage;
    postback_data?: string;
  }>({
    title: text(),
    description: text(),
    media: mediaMessage,
    postback_data: text(),
  }, "title"),
  product: object<{ id: string; marketplace: string }>(
    { id: text(), marketplace: word("FACEBOOK") },
    "id",
    "marketplace",
  ),
});

export const checkSection = object<ListSection>(
  { title: text(), items: list(listItem, { min: 1 }) },
  "items",
);

/** By content field; the last two, that have no type of ours, are passed on. */
const CONTENT: Record<string, Check<unknown>> = {
  text_message: textMessage,
  media_message: mediaMessage,
  card_message: checkCard,
  carousel_message: object<CarouselMessage>({
    cards: list(checkCard, LIMITS.cards),
    choices: list(checkChoice, { max: LIMITS.outerChoices }),
  }, "cards"),
  choice_message: object<ChoiceMessage>(
    {
      text_message: textMessage,
      choices: list(checkChoice, { min: 1, max: LIMITS.choices }),
      message_properties: object<{ whatsapp_footer?: string }>({
        whatsapp_footer: text(),
      }),
    },
    "text_message",
    "choices",
  ),
  location_message: locationMessage,
  list_message: object<ListMessage>(
    {
      title: text(),
      description: text(),
      media: mediaMessage,
      sections: list(checkSection, { min: 1 }),
      message_properties: jsonObject,
    },
    "title",
    "sections",
  ),
  template_message: jsonObject,
  contact_info_message: jsonObject,
};

export const CONTENT_FIELDS = Object.keys(CONTENT);

export const checkMessage = exactlyOne<AppMessage>(CONTENT);
