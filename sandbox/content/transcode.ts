/**
 * How a message looks on a channel: unchanged if the channel supports its content,
 * otherwise as the closest supported content, or as text.
 *
 * @see https://developers.sinch.com/docs/conversation/message-transcoding/
 * @see https://developers.sinch.com/docs/conversation/channel-support/
 */
import { isObject, type JsonObject } from "../contract/checks.ts";
import type { Store } from "../store/store.ts";
import {
  type ChannelTemplate,
  type Choice,
  type Content,
  type ContentName,
  contentOf,
  type Contents,
  type OmniTemplate,
} from "./contents.ts";
import type { AppMessage } from "./message_content.ts";
import { plainText } from "./plain_text.ts";
import { type SmsParts, smsParts } from "./sms_parts.ts";
import { filledTemplate, type TemplateFailure } from "./template_lookup.ts";

/** What a contact receives on a channel. */
export interface Shown {
  /** "transcoded": as a different content than was sent. */
  kind: "native" | "transcoded";
  /**
   * An AppMessage with only this: one content, a channel's template, or what the
   * message has only for this channel.
   */
  content: AppMessage;
  /** The same in plain text. */
  text: string;
  /** Of a card on MMS. */
  subject?: string;
  /** On SMS, which supports only text. */
  sms?: SmsParts;
}

/** BAD_REQUEST: the message has nothing for this channel. */
export type ShowFailure = TemplateFailure | "BAD_REQUEST";

/** Contents that channels support, besides text. */
const NATIVE: Record<string, readonly string[]> = {
  WHATSAPP: ["media", "choice", "card", "location", "list"],
  RCS: ["media", "choice", "card", "carousel"],
  // Media and locations become links in a text.
  SMS: [],
  MMS: ["media", "card"],
  MESSENGER: ["media", "choice", "card", "carousel", "location"],
  INSTAGRAM: ["media", "choice", "card", "carousel"],
  VIBERBM: ["media", "choice", "card"],
  TELEGRAM: ["media", "choice", "card", "location"],
  KAKAOTALK: ["media", "choice", "card"],
  LINE: ["media", "choice", "card", "carousel", "location"],
  WECHAT: ["media"],
};

const MAX_CHOICES = 10;
const MAX_MMS_SUBJECT = 80;

/** An app's message as `channel` shows it, or why it cannot show it. */
export function shownOn(
  store: Store,
  message: AppMessage,
  channel: string,
): Shown | { failure: ShowFailure } {
  const meant = contentFor(store, message, channel);
  if ("failure" in meant) return meant;
  const content = inShapeOf(channel, meant.content);
  const title = content.card_message?.title;
  const text = meant.text ?? plainText(content);
  return {
    kind: content === meant.content ? "native" : "transcoded",
    content,
    text,
    ...channel === "MMS" && title ? { subject: mmsSubject(title) } : {},
    ...channel === "SMS" ? { sms: smsParts(text) } : {},
  };
}

/** What a message has for one channel; with a text if the content has none. */
interface Meant {
  content: AppMessage;
  text?: string;
}

/** What is only for this channel takes precedence. */
function contentFor(
  store: Store,
  message: AppMessage,
  channel: string,
): Meant | { failure: ShowFailure } {
  const own = message.explicit_channel_message?.[channel];
  if (own) {
    return {
      content: { explicit_channel_message: { [channel]: own } },
      text: own,
    };
  }
  const omni = message.explicit_channel_omni_message?.[channel];
  if (omni) {
    return omni.template_reference
      ? fromTemplate(store, omni.template_reference, channel)
      : { content: omni };
  }
  const specific = message.channel_specific_message?.[channel];
  if (specific) {
    return {
      content: { channel_specific_message: { [channel]: specific } },
      text: textOfSpecific(specific.message),
    };
  }
  return fromContent(store, message, channel);
}

function fromContent(
  store: Store,
  message: AppMessage,
  channel: string,
): Meant | { failure: ShowFailure } {
  const content = contentOf(message);
  if (!content) return { failure: "BAD_REQUEST" };
  if (content.name !== "template_message") return { content: alone(content) };
  const { channel_template, omni_template } = content.body;
  const template = channel_template?.[channel];
  if (template) return { content: channelTemplate(channel, template) };
  return omni_template
    ? fromTemplate(store, omni_template, channel)
    : { failure: "BAD_REQUEST" };
}

function fromTemplate(
  store: Store,
  template: OmniTemplate,
  channel: string,
): Meant | { failure: ShowFailure } {
  const filled = filledTemplate(store, template);
  if ("failure" in filled) return filled;
  const override = filled.overrides[channel];
  if (override) {
    return {
      content: channelTemplate(channel, override),
      text: plainText(filled.content),
    };
  }
  const inner = filled.content.template_message;
  if (!inner) return { content: filled.content };
  // Only a channel's template: an omni template could contain itself.
  const own = inner.channel_template?.[channel];
  return own
    ? { content: channelTemplate(channel, own) }
    : { failure: "BAD_REQUEST" };
}

function channelTemplate(
  channel: string,
  template: ChannelTemplate,
): AppMessage {
  return { template_message: { channel_template: { [channel]: template } } };
}

function alone({ name, body }: Content): AppMessage {
  return { [name]: body };
}

function textOfSpecific(message: JsonObject): string {
  const { body } = message;
  return isObject(body) && typeof body.text === "string"
    ? body.text
    : JSON.stringify(message);
}

/** Whether WhatsApp accepts it outside the 24-hour window. */
export function isTemplate({ content }: Shown): boolean {
  if (content.template_message) return true;
  const own = content.explicit_channel_message?.WHATSAPP;
  if (!own) return false;
  try {
    return JSON.parse(own)?.type === "template";
  } catch {
    return false;
  }
}

/** The content itself if the channel supports it, otherwise the closest one. */
function inShapeOf(channel: string, message: AppMessage): AppMessage {
  const content = contentOf(message);
  // A channel's own content is never changed.
  if (!content || content.name === "template_message") return message;
  if (has(channel, content.name) && !isLoneCard(message)) return message;
  const nearest = nearestTo(content);
  return nearest && has(channel, nearest.name)
    ? alone(nearest)
    : { text_message: { text: plainText(message) } };
}

function has(channel: string, name: ContentName): boolean {
  return name === "text_message" ||
    (NATIVE[channel] ?? []).includes(name.replace("_message", ""));
}

/** A carousel of one card is shown as a card. */
function isLoneCard({ carousel_message: carousel }: AppMessage): boolean {
  return carousel?.cards.length === 1;
}

/** The content that is closest, if it is not text. */
function nearestTo({ name, body }: Content): Content | undefined {
  switch (name) {
    case "carousel_message":
      return carouselAsCard(body);
    case "list_message":
      return listAsChoices(body);
    case "location_message":
      return locationAsChoice(body);
    default:
      return undefined;
  }
}

function carouselAsCard(
  { cards: [card, ...others], choices }: Contents["carousel_message"],
): Content | undefined {
  if (!card || others.length > 0) return undefined;
  const all = [...card.choices ?? [], ...choices ?? []];
  return {
    name: "card_message",
    body: { ...card, choices: all.slice(0, MAX_CHOICES) },
  };
}

function locationAsChoice(
  { title, label, coordinates }: Contents["location_message"],
): Content {
  return {
    name: "choice_message",
    body: {
      text_message: { text: label ? `${title}\n${label}` : title },
      choices: [{ location_message: { title, label, coordinates } }],
    },
  };
}

/** The items as choices, if they are not too many. */
function listAsChoices(
  { title, description, media, sections }: Contents["list_message"],
): Content | undefined {
  const choices: Choice[] = [];
  for (const { choice } of sections.flatMap(({ items }) => items)) {
    if (!choice) return undefined;
    const { title, postback_data } = choice;
    choices.push({
      text_message: { text: title },
      ...postback_data ? { postback_data } : {},
    });
  }
  if (choices.length > MAX_CHOICES) return undefined;
  if (media) {
    return {
      name: "card_message",
      body: { title, description, media_message: media, choices },
    };
  }
  const text = description ? `${title}\n${description}` : title;
  return {
    name: "choice_message",
    body: { text_message: { text }, choices },
  };
}

function mmsSubject(title: string): string {
  return [...title].slice(0, MAX_MMS_SUBJECT).join("");
}
