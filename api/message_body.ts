/**
 * What a message to a contact can be: the eight message types as the API spells
 * them, and its limits.
 *
 * @see https://developers.sinch.com/docs/conversation/message-types/
 */

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

/** The fields of a message, one of which has its content. */
export const CONTENT_FIELDS = [...MESSAGE_TYPES, "contact_info"]
  .map((type) => `${type}_message`);

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
