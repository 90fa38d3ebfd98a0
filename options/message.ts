/**
 * Checks of messages that are given as JSON, and of their parts. The wizard's
 * answers end in the same checks.
 */
import {
  type AppMessage,
  type CalendarMessage,
  CARD_HEIGHTS,
  type CardMessage,
  type CarouselMessage,
  type Choice,
  type ChoiceMessage,
  LIMITS,
  type ListItem,
  type ListMessage,
  type ListSection,
  type LocationMessage,
  type MediaMessage,
  type TextMessage,
} from "../api/message_body.ts";
import { maxOuterChoices } from "../channels/request.ts";
import { usageError } from "../errors.ts";
import {
  type Check,
  countBetween,
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

const outerChoices: Check<Choice[]> = (value, at) => {
  const choices = list(checkChoice)(value, at);
  countBetween(choices.length, 0, maxOuterChoices(choices), at);
  return choices;
};

/** By content field; the last two are passed on as they are. */
const CONTENT_CHECKS: Record<string, Check<unknown>> = {
  text_message: textMessage,
  media_message: mediaMessage,
  card_message: checkCard,
  carousel_message: object<CarouselMessage>({
    cards: list(checkCard, LIMITS.cards),
    choices: outerChoices,
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

export const checkMessage = exactlyOne<AppMessage>(CONTENT_CHECKS);
