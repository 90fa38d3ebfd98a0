/**
 * The nine contents that messages and templates share, from text to contact info.
 *
 * @see https://developers.sinch.com/docs/conversation/message-types/
 */
import { maxOuterChoices, REQUEST_LIMITS } from "../../channels/request.ts";
import { channel } from "../contract/channels.ts";
import {
  anyObject,
  atLeastOne,
  type Check,
  exactlyOne,
  integer,
  isObject,
  list,
  mapOf,
  number,
  object,
  oneOf,
  required,
  type RequiredCheck,
  text,
  textLike,
  textMap,
  timestamp,
} from "../contract/checks.ts";

const { choices: MAX_CHOICES, cards: MAX_CARDS, rows: MAX_ROWS } =
  REQUEST_LIMITS;

export const textMessage = object({ text: required(text()) });

export const mediaMessage = object({
  url: required(text()),
  thumbnail_url: text(),
  filename_override: text(),
});

const coordinates = object({
  latitude: required(number),
  longitude: required(number),
});

/** Sinch's own examples have locations without a title; it becomes `""`. */
const titled: Check = (value, field, found) => {
  const location = value as { title?: string | null };
  if (location.title) return;
  location.title = "";
  (found.notes ??= []).push(`${field}.title is missing`);
};

export const locationMessage = object({
  title: text() as RequiredCheck<string>,
  label: text(),
  coordinates: required(coordinates),
}, titled);

const CHOICES = {
  text_message: textMessage,
  url_message: object({ title: required(text()), url: required(text()) }),
  call_message: object({
    title: required(text()),
    phone_number: required(text()),
  }),
  location_message: locationMessage,
  calendar_message: object({
    title: required(text()),
    event_start: required(timestamp),
    event_end: required(timestamp),
    event_title: required(text()),
    event_description: text(),
    fallback_url: required(text()),
  }),
  share_location_message: object({
    title: required(text()),
    fallback_url: required(text()),
  }),
};

const UNSPECIFIED_MODE = "DISPLAY_MODE_UNSPECIFIED";

function choiceShownAs(displayModes: string[]) {
  return object({
    ...CHOICES,
    postback_data: text(),
    display_mode: oneOf(displayModes),
  }, exactlyOne(Object.keys(CHOICES)));
}

const choice = choiceShownAs([UNSPECIFIED_MODE, "PERSISTENT"]);
/** The choices below a carousel cannot be persistent. */
const outerChoice = choiceShownAs([UNSPECIFIED_MODE]);

const CARD_FIELDS = {
  title: text(),
  description: text(),
  media_message: mediaMessage,
  height: oneOf(["UNSPECIFIED_HEIGHT", "SHORT", "MEDIUM", "TALL"]),
  choices: list(choice, 0, MAX_CHOICES),
  message_properties: object({ whatsapp_header: text() }),
};
const cardMessage = object(CARD_FIELDS, atLeastOne(["title", "description"]));

/** Text choices may be more: Messenger shows them. */
const outerChoices: Check = (value, field, found) => {
  const { choices } = value as { choices?: unknown };
  if (!Array.isArray(choices) || choices.length <= maxOuterChoices(choices)) {
    return;
  }
  const { outerChoices, outerTextChoices } = REQUEST_LIMITS;
  found.push({
    field: `${field}.choices`,
    description:
      `must have at most ${outerChoices} items, or ${outerTextChoices} text choices`,
  });
};

const carouselMessage = object({
  cards: required(list(cardMessage, 1, MAX_CARDS)),
  choices: list(outerChoice),
}, outerChoices);

const choiceMessage = object({
  text_message: textMessage,
  choices: required(list(choice, 1, MAX_CHOICES)),
  message_properties: object({ whatsapp_footer: text() }),
});

const listItem = object({
  choice: object({
    title: required(text()),
    description: text(),
    media: mediaMessage,
    postback_data: text(),
  }),
  product: object({
    id: required(text()),
    marketplace: required(oneOf(["FACEBOOK"])),
    quantity: integer(0, 2 ** 31 - 1),
    item_price: number,
    currency: text(),
  }),
}, exactlyOne(["choice", "product"]));

/** The items of a message are all choices, or all products of one catalog. */
const itemsOfOneKind: Check = (value, field, found) => {
  const { sections, message_properties: properties } = value as {
    sections?: unknown;
    message_properties?: unknown;
  };
  if (!Array.isArray(sections)) return;
  const items = sections.flatMap((section) => section?.items ?? []);
  const products = items.filter((item) => item?.product).length;
  if (products === 0) return;
  if (products < items.length) {
    found.push({
      field: `${field}.sections`,
      description: "must have only choices or only products",
    });
  }
  if (!isObject(properties) || !properties.catalog_id) {
    found.push({
      field: `${field}.message_properties.catalog_id`,
      description: "must be set for products",
    });
  }
};

/** Of all sections together. */
const rows: Check = (value, field, found) => {
  const { sections } = value as { sections?: unknown };
  if (!Array.isArray(sections)) return;
  const items = sections.flatMap((section) => section?.items ?? []);
  if (items.length > MAX_ROWS) {
    found.push({
      field: `${field}.sections`,
      description: `must have at most ${MAX_ROWS} items in all`,
    });
  }
};

const listMessage = object(
  {
    title: required(text()),
    description: text(),
    media: mediaMessage,
    sections: required(list(
      object({ title: text(), items: required(list(listItem, 1)) }),
      1,
    )),
    message_properties: object({
      catalog_id: text(),
      menu: text(),
      whatsapp_header: text(),
    }),
  },
  itemsOfOneKind,
  rows,
);

export const omniTemplate = object({
  template_id: required(text()),
  version: required(text()),
  language_code: text(),
  parameters: textMap(),
});

export const channelTemplate = object({
  template_id: required(text()),
  version: text(),
  language_code: text(),
  parameters: textMap(),
});

const languageOnWhatsApp: Check = (value, field, found) => {
  const { channel_template: templates } = value as {
    channel_template?: unknown;
  };
  if (!isObject(templates) || !isObject(templates.WHATSAPP)) return;
  required(text())(
    templates.WHATSAPP.language_code,
    `${field}.channel_template.WHATSAPP.language_code`,
    found,
  );
};

const templateMessage = object(
  {
    omni_template: omniTemplate,
    channel_template: mapOf(channelTemplate, channel),
  },
  atLeastOne(["omni_template", "channel_template"]),
  languageOnWhatsApp,
);

const contactInfoMessage = object({
  name: required(object({ full_name: required(text()) })),
  phone_numbers: required(list(
    object({ phone_number: required(text()), type: text() }),
    1,
  )),
  addresses: list(anyObject()),
  email_addresses: list(anyObject()),
  organization: anyObject(),
  urls: list(anyObject()),
  birthday: textLike(/^\d{4}-\d\d-\d\d$/, "a date such as 1985-12-10"),
});

/** The nine contents; an outgoing message has one of them. */
export const CONTENTS = {
  text_message: textMessage,
  media_message: mediaMessage,
  card_message: cardMessage,
  carousel_message: carouselMessage,
  choice_message: choiceMessage,
  location_message: locationMessage,
  list_message: listMessage,
  template_message: templateMessage,
  contact_info_message: contactInfoMessage,
};
