/**
 * The shapes of messages: AppMessage (to a contact) and ContactMessage (from a
 * contact).
 *
 * @see https://developers.sinch.com/docs/conversation/message-types/
 */
import { isNumber } from "../../json.ts";
import { CONTENT_NAMES, float32 } from "../../channels/message.ts";
import { channel } from "../contract/channels.ts";
import {
  anyObject,
  type Check,
  type Checked,
  exactlyOne,
  isObject,
  list,
  mapOf,
  object,
  oneOf,
  present,
  required,
  text,
} from "../contract/checks.ts";
import type { FieldViolation } from "../contract/errors.ts";
import {
  CONTENTS,
  locationMessage,
  mediaMessage,
  omniTemplate,
  textMessage,
} from "./contents.ts";

const { template_message: _, ...OMNI_CONTENTS } = CONTENTS;
const omniMessage = object(
  { ...OMNI_CONTENTS, template_reference: omniTemplate },
  exactlyOne([...Object.keys(OMNI_CONTENTS), "template_reference"]),
);

const channelSpecificMessage = object({
  message_type: required(oneOf([
    "FLOWS",
    "ORDER_DETAILS",
    "ORDER_STATUS",
    "COMMERCE",
    "CAROUSEL_COMMERCE",
    "NOTIFICATION_MESSAGE_TEMPLATE",
  ])),
  message: required(anyObject()),
});

export const agent = object({
  display_name: text(),
  type: oneOf(["UNKNOWN_AGENT_TYPE", "HUMAN", "BOT"]),
  picture_url: text(),
});

const replyTo = object({ message_id: required(text()) });

export type AppMessage = Checked<typeof appMessage>;
export type ContactMessage = Checked<typeof contactMessage>;

/** One content; it may be absent if a channel has a content of its own. */
const oneContent: Check = (value, field, found) => {
  const { explicit_channel_omni_message: omni } = value as {
    explicit_channel_omni_message?: unknown;
  };
  const hasOther = isObject(omni) && Object.keys(omni).length > 0;
  if (hasOther && present(value, CONTENT_NAMES).length === 0) return;
  exactlyOne(CONTENT_NAMES)(value, field, found);
};

export const appMessage = object({
  ...CONTENTS,
  explicit_channel_message: mapOf(text(), channel),
  explicit_channel_omni_message: mapOf(omniMessage, channel),
  channel_specific_message: mapOf(channelSpecificMessage, channel),
  agent,
  reply_to: replyTo,
}, oneContent);

/** What the API refuses of the form of a message. */
export function violationsOf(message: unknown): FieldViolation[] {
  const found: FieldViolation[] = [];
  appMessage(message, "message", found);
  return found;
}

const CONTACT_CONTENTS = {
  text_message: textMessage,
  media_message: mediaMessage,
  media_card_message: object({ url: required(text()), caption: text() }),
  location_message: locationMessage,
  choice_response_message: object({
    message_id: required(text()),
    postback_data: required(text()),
  }),
  fallback_message: object({ raw_message: text(), reason: anyObject() }),
  product_response_message: object({
    products: required(list(anyObject())),
    title: text(),
    catalog_id: text(),
  }),
  channel_specific_message: object({
    message_type: required(oneOf(["nfm_reply"])),
    message: required(anyObject()),
  }),
};

export const contactMessage = object(
  { ...CONTACT_CONTENTS, reply_to: replyTo },
  exactlyOne(Object.keys(CONTACT_CONTENTS)),
);

/** An AppMessage as the API shows it, with defaults for missing fields. */
export function shownAppMessage(message: AppMessage): AppMessage {
  return {
    explicit_channel_message: {},
    explicit_channel_omni_message: {},
    channel_specific_message: {},
    agent: null,
    ...message,
  };
}

/** A ContactMessage as the API shows it. */
export function shownContactMessage(message: ContactMessage): ContactMessage {
  return { reply_to: null, ...message };
}

/**
 * A content as it is stored. The API keeps coordinates as 32-bit floats:
 * 55.610479 is returned as 55.610477.
 */
export function storedContent(content: AppMessage | ContactMessage): string {
  return JSON.stringify(
    content,
    function (this: Record<string, unknown>, name, value) {
      const isCoordinate = name === "latitude" || name === "longitude";
      return isCoordinate && isNumber(this[name])
        ? float32(Number(this[name]))
        : value;
    },
  );
}
