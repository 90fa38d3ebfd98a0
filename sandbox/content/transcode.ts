/**
 * What a message looks like on a channel: as it is where the channel has such a
 * content, else as the nearest that it has, down to text.
 *
 * @see https://developers.sinch.com/docs/conversation/message-transcoding/
 * @see https://developers.sinch.com/docs/conversation/channel-support/
 */
import type { JsonObject } from "../contract/checks.ts";
import type { Store } from "../store/store.ts";
import { contentName } from "./message_content.ts";
import { plainText } from "./plain_text.ts";
import { type SmsParts, smsParts } from "./sms_parts.ts";
import {
  filledTemplate,
  type OmniTemplate,
  type TemplateFailure,
} from "./template_lookup.ts";

/** What a person gets on a channel. */
export interface Shown {
  /** "transcoded": as another content than the one that was sent. */
  kind: "native" | "transcoded";
  /**
   * The part of an AppMessage that says it: one content, a channel's template,
   * or what the message has for this channel alone.
   */
  content: JsonObject;
  /** The same in plain text. */
  text: string;
  /** Of a card on MMS. */
  subject?: string;
  /** On SMS, which has text alone. */
  sms?: SmsParts;
}

/** BAD_REQUEST: the message has nothing for this channel. */
export type ShowFailure = TemplateFailure | "BAD_REQUEST";

/** Contents that channels have, beside text. */
const NATIVE: Record<string, readonly string[]> = {
  WHATSAPP: ["media", "choice", "card", "location", "list"],
  RCS: ["media", "choice", "card", "carousel"],
  // Media and locations go as links, which is to say as text.
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

/** An app's message as `channel` shows it, or why it cannot. */
export function shownOn(
  store: Store,
  message: JsonObject,
  channel: string,
): Shown | { failure: ShowFailure } {
  const meant = contentFor(store, message, channel);
  if ("failure" in meant) return meant;
  const content = inShapeOf(channel, meant.content);
  const { title } = (content.card_message ?? {}) as { title?: string };
  const text = meant.text ?? plainText(content);
  return {
    kind: content === meant.content ? "native" : "transcoded",
    content,
    text,
    ...channel === "MMS" && title ? { subject: mmsSubject(title) } : {},
    ...channel === "SMS" ? { sms: smsParts(text) } : {},
  };
}

/** What a message says to one channel; its text where no content tells it. */
interface Meant {
  content: JsonObject;
  text?: string;
}

/** What is for this channel alone comes before what is for all. */
function contentFor(
  store: Store,
  message: JsonObject,
  channel: string,
): Meant | { failure: ShowFailure } {
  const own = forChannel<string>(message.explicit_channel_message, channel);
  if (own) {
    return {
      content: { explicit_channel_message: { [channel]: own } },
      text: own,
    };
  }
  const omni = forChannel<JsonObject>(
    message.explicit_channel_omni_message,
    channel,
  );
  if (omni) {
    const { template_reference: template } = omni;
    return template
      ? fromTemplate(store, template as OmniTemplate, channel)
      : { content: omni };
  }
  const specific = forChannel<{ message: JsonObject }>(
    message.channel_specific_message,
    channel,
  );
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
  message: JsonObject,
  channel: string,
): Meant | { failure: ShowFailure } {
  const name = contentName(message);
  if (!name) return { failure: "BAD_REQUEST" };
  const content = { [name]: message[name] };
  if (name !== "template_message") return { content };
  const { channel_template, omni_template } = message[name] as {
    channel_template?: JsonObject;
    omni_template?: OmniTemplate;
  };
  const template = forChannel(channel_template, channel);
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
  const { template_message: inner } = filled.content as {
    template_message?: { channel_template?: JsonObject };
  };
  if (!inner) return { content: filled.content };
  // A template in a template: of another one of ours it could be a circle.
  const own = forChannel(inner.channel_template, channel);
  return own
    ? { content: channelTemplate(channel, own) }
    : { failure: "BAD_REQUEST" };
}

function channelTemplate(channel: string, template: unknown): JsonObject {
  return { template_message: { channel_template: { [channel]: template } } };
}

function forChannel<T>(map: unknown, channel: string): T | undefined {
  return (map as Record<string, T> | undefined)?.[channel];
}

function textOfSpecific(message: JsonObject): string {
  const { body } = message as { body?: { text?: unknown } };
  return typeof body?.text === "string" ? body.text : JSON.stringify(message);
}

/** Whether this is what WhatsApp takes from an app at any time. */
export function isTemplate({ content }: Shown): boolean {
  if (content.template_message) return true;
  const own = forChannel<string>(content.explicit_channel_message, "WHATSAPP");
  if (!own) return false;
  try {
    return JSON.parse(own)?.type === "template";
  } catch {
    return false;
  }
}

// The shapes below were checked when the message was taken.
// deno-lint-ignore no-explicit-any
type Content = any;

/** The contents that come nearest, nearest first. */
const NEARER: Record<string, (content: Content) => JsonObject[]> = {
  carousel_message: ({ cards: [card, ...others], choices }) =>
    others.length > 0 ? [] : [{
      card_message: {
        ...card,
        choices: [...card.choices ?? [], ...choices ?? []].slice(
          0,
          MAX_CHOICES,
        ),
      },
    }],
  list_message: listAsChoices,
  location_message: ({ title, label, coordinates }) => [{
    choice_message: {
      text_message: { text: label ? `${title}\n${label}` : title },
      choices: [{ location_message: { title, label, coordinates } }],
    },
  }],
};

/** The content itself, if the channel has it; else another one. */
function inShapeOf(channel: string, content: JsonObject): JsonObject {
  const name = contentName(content);
  // Of the channel's own, nothing is turned into anything.
  if (!name || name === "template_message") return content;
  if (has(channel, name) && !isLoneCard(content)) return content;
  const nearest = NEARER[name]?.(content[name])
    .find((one) => has(channel, contentName(one)!));
  return nearest ?? { text_message: { text: plainText(content) } };
}

function has(channel: string, name: string): boolean {
  return name === "text_message" ||
    (NATIVE[channel] ?? []).includes(name.replace("_message", ""));
}

/** A carousel of one card, which is shown as a card. */
function isLoneCard({ carousel_message: carousel }: Content): boolean {
  return carousel?.cards.length === 1;
}

/** Items that can be tapped, if there are not too many for choices. */
function listAsChoices(
  { title, description, media, sections }: Content,
): JsonObject[] {
  const items: Content[] = sections.flatMap(({ items }: Content) => items);
  if (items.length > MAX_CHOICES || items.some(({ choice }) => !choice)) {
    return [];
  }
  const choices = items.map(({ choice: { title, postback_data } }) => ({
    text_message: { text: title },
    ...postback_data ? { postback_data } : {},
  }));
  return media
    ? [{ card_message: { title, description, media_message: media, choices } }]
    : [{
      choice_message: {
        text_message: {
          text: description ? `${title}\n${description}` : title,
        },
        choices,
      },
    }];
}

function mmsSubject(title: string): string {
  return [...title].slice(0, MAX_MMS_SUBJECT).join("");
}
