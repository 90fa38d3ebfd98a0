/**
 * The request that the options of a send make.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/messages
 */
import { type Channel, channelFacts } from "../api/channel.ts";
import type {
  AppMessage,
  CardMessage,
  ChannelTemplate,
  MediaMessage,
  MessageType,
  TypedMessage,
} from "../api/message_body.ts";
import type { SendMessageBody } from "../api/messages.ts";
import { bodyParameters } from "../channels/whatsapp_template.ts";
import { Failure, usageError } from "../errors.ts";
import { parseRecipient } from "./recipient.ts";
import type { SendOptions, SendType } from "./send.ts";

/** A send that lacks nothing. */
export interface Send {
  type: SendType;
  body: SendMessageBody;
}

/**
 * The request that these options make, but for the app. Nothing else is missing.
 *
 * @param sender The default one, for channels that take a sender.
 * @throws {Failure} "usage" for options that cannot be used together.
 */
export async function requestBody(
  type: SendType,
  options: SendOptions,
  sender: string | undefined,
): Promise<Omit<SendMessageBody, "app_id">> {
  const { contact } = options;
  const channels = channelsOf(options);
  return {
    recipient: contact === undefined
      ? await identified(options, channels)
      : { contact_id: contact },
    ...bodyForAnybody(type, options, sender),
  };
}

/**
 * The channels to try, in order; all know people by the same kind of identity.
 *
 * @throws {Failure} "usage"
 */
export function channelsOf(
  { channel, contact, fallback = [] }: SendOptions,
): Channel[] {
  const channels = [...channel ? [channel] : [], ...fallback];
  const again = channels.find((name, at) => channels.indexOf(name) !== at);
  if (again) throw usageError(`--fallback lists ${again} more than once`);
  const [first, ...others] = channels;
  if (contact !== undefined || first === undefined) return channels;
  const { identity: kind } = channelFacts(first);
  const stranger = others.find((other) =>
    channelFacts(other).identity !== kind
  );
  if (stranger) {
    throw usageError(
      `--fallback ${stranger} requires a ${
        channelFacts(stranger).identity
      }, ${first} a ${kind}: the recipient cannot be both`,
      "Use --contact with a contact that has both.",
    );
  }
  return channels;
}

/**
 * The request without its app and recipient.
 *
 * @param sender The default one, for channels that take a sender.
 * @throws {Failure} "usage" for options that cannot be used together.
 */
export function bodyForAnybody(
  type: SendType,
  options: SendOptions,
  sender: string | undefined,
): Omit<SendMessageBody, "app_id" | "recipient"> {
  const { channel, contact } = options;
  const channels = channelsOf(options);
  return {
    message: messageOf(type, options),
    channel_priority_order: contact !== undefined && channel || options.fallback
      ? channels
      : undefined,
    channel_properties: channelProperties(options, channels, sender),
    message_metadata: options.metadata,
    conversation_metadata: options.conversationMetadata,
    callback_url: options.callbackUrl,
    ttl: options.ttl,
    queue: options.queue,
    processing_strategy: options.processingStrategy,
    correlation_id: options.correlationId,
  };
}

const LIKE_A_NUMBER = /^\+?\d[\d\s().-]{5,}$/;

async function identified(
  { recipient = "", message = "" }: SendOptions,
  channels: Channel[],
): Promise<SendMessageBody["recipient"]> {
  const identity = await parseRecipient(recipient, channels[0]!, "recipient")
    .catch((error) => {
      const isSwapped = error instanceof Failure && LIKE_A_NUMBER.test(message);
      throw isSwapped
        ? error.withHint("The recipient comes before the text.")
        : error;
    });
  return {
    identified_by: {
      channel_identities: channels.map((channel) => ({ channel, identity })),
    },
  };
}

function channelProperties(
  { from, property = [] }: SendOptions,
  channels: Channel[],
  defaultSender: string | undefined,
): Record<string, string> | undefined {
  const properties = new Map<string, string>();
  for (const [key, value] of property) {
    if (properties.has(key)) {
      throw usageError(`--property ${key} can be given only once`);
    }
    properties.set(key, value);
  }
  // A contact may turn out to be reached by SMS.
  const senders = (channels.length > 0 ? channels : ["SMS" as const])
    .flatMap((channel) => channelFacts(channel).senderProperty ?? []);
  if (from !== undefined && senders.length === 0) {
    throw usageError(
      `--from requires SMS or MMS: ${channels.join(", ")} has no sender`,
    );
  }
  for (const key of senders) {
    if (from !== undefined && properties.has(key)) {
      throw usageError(`--from and --property ${key} cannot be used together`);
    }
    const sender = from ?? defaultSender;
    if (sender !== undefined && !properties.has(key)) {
      properties.set(key, sender);
    }
  }
  return properties.size > 0 ? Object.fromEntries(properties) : undefined;
}

/** The value of `message`; nothing that the type requires is missing. */
export function messageOf(type: SendType, options: SendOptions): AppMessage {
  return type === "raw" ? options.jsonMessage! : MESSAGES[type](options);
}

const MESSAGES: Record<MessageType, (options: SendOptions) => TypedMessage> = {
  text: ({ message }) => ({ text_message: { text: message! } }),
  media(options) {
    const title = options.caption ?? options.message;
    // The API has no caption: media with a text are a card.
    return title === undefined
      ? { media_message: mediaOf(options)! }
      : { card_message: { title, media_message: mediaOf(options) } };
  },
  template: (options) => ({
    template_message: isChannelTemplate(options)
      ? { channel_template: { [options.channel!]: channelTemplate(options) } }
      : {
        omni_template: {
          template_id: options.template!,
          version: options.templateVersion ?? "latest",
          language_code: options.language,
          parameters: options.params,
        },
      },
  }),
  card: (options) => ({ card_message: cardOf(options) }),
  carousel: ({ card, choice }) => ({
    carousel_message: { cards: card!, choices: choice },
  }),
  choice: ({ message, choice }) => ({
    choice_message: { text_message: { text: message! }, choices: choice! },
  }),
  location: ({ lat, lng, name, label }) => ({
    location_message: {
      title: name ?? `${lat}, ${lng}`,
      label,
      coordinates: { latitude: lat!, longitude: lng! },
    },
  }),
  list: ({ title, description, section, item, menu }) => ({
    list_message: {
      title: title!,
      description,
      sections: section ?? [{ items: item! }],
      message_properties: menu === undefined ? undefined : { menu },
    },
  }),
};

export function cardOf(options: SendOptions): CardMessage {
  const { title, description, height, choice } = options;
  const media_message = mediaOf(options);
  return { title, description, height, media_message, choices: choice };
}

function mediaOf(
  { media, thumbnail, filename }: SendOptions,
): MediaMessage | undefined {
  return media === undefined
    ? undefined
    : { url: media, thumbnail_url: thumbnail, filename_override: filename };
}

/**
 * WhatsApp knows templates by name, the project's own have IDs of 26 capitals
 * and digits: a name of a WhatsApp template never looks like one.
 */
function isChannelTemplate(
  { template, templateKind, channel }: SendOptions,
): boolean {
  if (templateKind === "channel" && channel === undefined) {
    throw usageError("--template-kind channel requires --channel");
  }
  return templateKind === "channel" ||
    templateKind === undefined && channel === "WHATSAPP" &&
      !/^[\dA-Z]{26}$/.test(template!);
}

function channelTemplate(
  { template, templateVersion, language, params, channel }: SendOptions,
): ChannelTemplate {
  return {
    template_id: template!,
    version: templateVersion,
    // WhatsApp requires a language, and writes it with an underscore.
    language_code: channel === "WHATSAPP"
      ? (language ?? "en_US").replaceAll("-", "_")
      : language,
    parameters: channel === "WHATSAPP" && params
      ? bodyParameters(params)
      : params,
  };
}
