/** What of a message is meant for one channel. */
import {
  type ChannelTemplate,
  contentOf,
  holderOf,
  type Message,
  type OmniTemplate,
} from "./message.ts";
import type { FilledTemplate, UnfilledTemplate } from "./omni_template.ts";
import { plainText } from "./plain_text.ts";

export interface Meant {
  /** One content, or what is only for this channel. */
  content: Message;
  /** The text, where the content has none of its own. */
  text?: string;
  /** Parameters of a template that are given, but not used. */
  unused?: string[];
}

/** `BAD_REQUEST`: the message has nothing for this channel. */
export type NothingMeant = UnfilledTemplate | {
  failure: "BAD_REQUEST";
  missing?: undefined;
};

/** Finds a template of the project; undefined if that is not possible here. */
export type LookUp = (
  reference: OmniTemplate,
) => FilledTemplate | UnfilledTemplate | undefined;

/** What is only for this channel takes precedence. */
export function meantFor(
  message: Message,
  channel: string,
  lookUp: LookUp,
): Meant | NothingMeant {
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
      ? fromTemplate(omni.template_reference, channel, lookUp)
      : { content: omni };
  }
  const specific = message.channel_specific_message?.[channel];
  if (specific) {
    return {
      content: { channel_specific_message: { [channel]: specific } },
      text: textOfSpecific(specific.message),
    };
  }
  const content = contentOf(message);
  if (!content) return { failure: "BAD_REQUEST" };
  if (content.name !== "template_message") {
    return { content: holderOf(content) };
  }
  const { channel_template, omni_template } = content.body;
  const template = channel_template?.[channel];
  if (template) return { content: channelTemplate(channel, template) };
  return omni_template
    ? fromTemplate(omni_template, channel, lookUp)
    : { failure: "BAD_REQUEST" };
}

function fromTemplate(
  reference: OmniTemplate,
  channel: string,
  lookUp: LookUp,
): Meant | NothingMeant {
  const filled = lookUp(reference);
  if (!filled) {
    return { content: { template_message: { omni_template: reference } } };
  }
  if ("failure" in filled) return filled;
  const { content, overrides, unused } = filled;
  const override = overrides[channel];
  if (override) {
    return {
      content: channelTemplate(channel, override),
      text: plainText(content),
      unused,
    };
  }
  const inner = content.template_message;
  if (!inner) return { content, unused };
  // Only a channel's template: an omni template could contain itself.
  const own = inner.channel_template?.[channel];
  return own
    ? { content: channelTemplate(channel, own), unused }
    : { failure: "BAD_REQUEST" };
}

function channelTemplate(channel: string, template: ChannelTemplate): Message {
  return { template_message: { channel_template: { [channel]: template } } };
}

function textOfSpecific(message: Record<string, unknown>): string {
  const { body } = message;
  return typeof body === "object" && body !== null && "text" in body &&
      typeof body.text === "string"
    ? body.text
    : JSON.stringify(message);
}
