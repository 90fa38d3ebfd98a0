/**
 * Turns the options of a send into the one request that is sent. All checks are
 * made here and in what it calls; what comes out is a whole request.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/messages
 */
import { type Failure, usageError } from "../errors.ts";
import { type Channel, channelFacts, parseChannel } from "../api/channel.ts";
import { allOf, countBetween } from "../api/checks.ts";
import {
  type AppMessage,
  type ChannelTemplate,
  LIMITS,
  type MediaMessage,
  type MessageType,
  type TypedMessage,
} from "../api/message_body.ts";
import type { SendMessageRequest } from "../api/messages.ts";
import { parsePhoneNumber } from "../api/phone_number.ts";
import {
  flagOf,
  isGiven,
  messageType,
  missingOptions,
  type SendDefaults,
  type SendOption,
  type SendOptions,
} from "./send_options.ts";
import { type SendValues, valuesOf } from "./send_values.ts";
import { suggest } from "../runtime/suggest.ts";

/**
 * The request these options stand for, with `defaults` for app, channel and
 * sender where they are not given.
 *
 * @throws {Failure} "usage" naming the flag: for a value that will not do, for
 * options that contradict each other, for what is missing.
 */
export async function sendRequest(
  options: SendOptions,
  defaults: SendDefaults = {},
): Promise<SendMessageRequest> {
  const values = checkOptions(options);
  const missing = missingOptions(options, defaults);
  if (missing.length > 0) throw missingFailure(missing, options);
  const channel = channelOf(values, defaults);
  const channels = [...channel ? [channel] : [], ...values.fallback ?? []];
  const again = channels.find((name, at) => channels.indexOf(name) !== at);
  if (again) throw usageError(`--fallback tries ${again} a second time`);
  return {
    app_id: values.app ?? defaults.app!,
    recipient: values.contact === undefined
      ? await identified(options.recipient!, channels)
      : { contact_id: values.contact },
    message: messageOf(options, values, channel),
    channel_priority_order: values.contact !== undefined && channel ||
        values.fallback
      ? channels
      : undefined,
    channel_properties: channelProperties(values, channels, defaults.sender),
    message_metadata: values.metadata,
    conversation_metadata: values.conversationMetadata,
    callback_url: values.callbackUrl,
    ttl: values.ttl,
    queue: values.queue,
    processing_strategy: values.processingStrategy,
    correlation_id: values.correlationId,
  };
}

/**
 * The value of every option that is given. What is missing is nobody's fault
 * yet: a question or the API may still fill it.
 *
 * @throws {Failure} "usage" for values that will not do or contradict each other.
 */
export function checkOptions(options: SendOptions): SendValues {
  const type = messageType(options);
  for (const [one, other, why] of EXCLUSIVE) {
    if (isGiven(options, one) && isGiven(options, other)) {
      throw usageError(
        `${flagOf(one)} and ${flagOf(other)} cannot be used together: ${why}`,
      );
    }
  }
  const values = valuesOf(options);
  if (values.processingStrategy === "DISPATCH_ONLY") {
    const stranger = NOT_DISPATCHED.find((option) => isGiven(options, option));
    if (stranger) {
      throw usageError(
        `${
          flagOf(stranger)
        } does not go with --processing-strategy DISPATCH_ONLY: dispatched messages have no contact and no conversation`,
      );
    }
  }
  if (type === "choice" || type === "card") {
    countBetween(values.choice?.length ?? 0, 0, LIMITS.choices, "--choice");
  }
  if (type === "carousel") {
    const { min, max } = LIMITS.cards;
    if (values.card) countBetween(values.card.length, min, max, "--card");
    countBetween(
      values.choice?.length ?? 0,
      0,
      LIMITS.outerChoices,
      "--choice",
    );
  }
  return values;
}

const EXCLUSIVE: readonly [SendOption, SendOption, string][] = [
  ["recipient", "contact", "each says who gets the message"],
  ["message", "caption", "each is the text beside the media"],
  ["section", "item", "items make up a section of their own"],
];

const NOT_DISPATCHED: readonly SendOption[] = [
  "contact",
  "conversationMetadata",
  "correlationId",
];

/**
 * What identifies the recipient on a channel: a phone number in E.164, or the
 * channel's own identity as it stands.
 * @throws {Failure} "usage"
 */
export async function parseRecipient(
  text: string,
  channel: Channel,
  at: string = flagOf("recipient"),
): Promise<string> {
  const { phone, identity } = channelFacts(channel);
  if (phone) return await parsePhoneNumber(text, at);
  if (text.trim() !== "") return text.trim();
  throw usageError(
    `${at} must be the ${identity} of the recipient on ${channel}`,
  );
}

async function identified(
  recipient: string,
  channels: Channel[],
): Promise<SendMessageRequest["recipient"]> {
  const [first, ...others] = channels;
  const stranger = others.find((other) =>
    channelFacts(other).identity !== channelFacts(first!).identity
  );
  if (stranger) {
    throw usageError(
      `--fallback ${stranger} knows people by ${
        channelFacts(stranger).identity
      }, ${first} by ${
        channelFacts(first!).identity
      }: [recipient] cannot be both`,
      "Send to a contact that has both: --contact <contact-id>.",
    );
  }
  const identity = await parseRecipient(recipient, first!);
  return {
    identified_by: {
      channel_identities: channels.map((channel) => ({ channel, identity })),
    },
  };
}

/** A contact is reached where the API sees fit, unless `--channel` says where. */
function channelOf(
  values: SendValues,
  defaults: SendDefaults,
): Channel | undefined {
  if (values.channel || values.contact !== undefined) return values.channel;
  return defaults.channel === undefined
    ? undefined
    : parseChannel(defaults.channel, "the default channel");
}

function channelProperties(
  { from, property = [] }: SendValues,
  channels: Channel[],
  defaultSender: string | undefined,
): Record<string, string> | undefined {
  const properties = new Map<string, string>();
  for (const [key, value] of property) {
    if (properties.has(key)) {
      throw usageError(`--property ${key} is given twice`);
    }
    properties.set(key, value);
  }
  // A contact may turn out to be reached by SMS.
  const senders = (channels.length > 0 ? channels : ["SMS" as const])
    .flatMap((channel) => channelFacts(channel).senderProperty ?? []);
  if (from !== undefined && senders.length === 0) {
    throw usageError(
      `--from is for SMS and MMS: ${channels.join(", ")} takes no sender`,
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

/**
 * The value of `message` that these options stand for.
 *
 * @throws {Failure} "usage" for values that will not do.
 */
export function messageBody(options: SendOptions): AppMessage {
  return messageOf(options, checkOptions(options), undefined);
}

function messageOf(
  options: SendOptions,
  values: SendValues,
  channel: Channel | undefined,
): AppMessage {
  const type = messageType(options)!;
  return type === "raw" ? values.jsonMessage! : BODIES[type](values, channel);
}

/** The message of each type; what it cannot do without is there. */
const BODIES: Record<
  MessageType,
  (values: SendValues, channel: Channel | undefined) => TypedMessage
> = {
  text: ({ message }) => ({ text_message: { text: message! } }),
  media(values) {
    const title = values.caption ?? values.message;
    // The API has no caption: picture and text together are a card.
    return title === undefined
      ? { media_message: mediaOf(values)! }
      : { card_message: { title, media_message: mediaOf(values) } };
  },
  template: (values, channel) => ({
    template_message: isChannelTemplate(values, channel)
      ? { channel_template: { [channel!]: channelTemplate(values, channel!) } }
      : {
        omni_template: {
          template_id: values.template!,
          version: values.templateVersion ?? "latest",
          language_code: values.language,
          parameters: values.params,
        },
      },
  }),
  card: (values) => ({
    card_message: {
      title: values.title,
      description: values.description,
      height: values.height,
      media_message: mediaOf(values),
      choices: values.choice,
    },
  }),
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

function mediaOf(values: SendValues): MediaMessage | undefined {
  if (values.media === undefined) return undefined;
  return {
    url: values.media,
    thumbnail_url: values.thumbnail,
    filename_override: values.filename,
  };
}

/**
 * WhatsApp knows templates by name, the project's own have IDs of 26 capitals
 * and digits: a name of a WhatsApp template never looks like one.
 */
function isChannelTemplate(
  { template, templateKind }: SendValues,
  channel: Channel | undefined,
): boolean {
  if (templateKind === "CHANNEL" && channel === undefined) {
    throw usageError("--template-kind channel needs --channel");
  }
  return templateKind === "CHANNEL" ||
    templateKind === undefined && channel === "WHATSAPP" &&
      !/^[\dA-Z]{26}$/.test(template!);
}

function channelTemplate(
  { template, templateVersion, language, params }: SendValues,
  channel: Channel,
): ChannelTemplate {
  return {
    template_id: template!,
    version: templateVersion,
    // WhatsApp requires a language, and writes it with an underscore.
    language_code: channel === "WHATSAPP"
      ? (language ?? "en_US").replaceAll("-", "_")
      : language,
    parameters: params,
  };
}

/** What is missing, all at once. */
function missingFailure(
  missing: SendOption[][],
  options: SendOptions,
): Failure {
  const names = missing.map(([option, ...others]) =>
    others.length > 0
      ? `${flagOf(option!)} (or ${others.map(flagOf).join(", ")})`
      : option === "type"
      ? "what to send ([message], --media, --template, --location, --type or --json-message)"
      : flagOf(option!)
  );
  const hints = missing.flatMap(([option]) => HINTS[option!] ?? []);
  if (options.type !== undefined && missing.some(isContent)) {
    hints.push(
      "Instead of the flags, --json-message takes the whole message as JSON.",
    );
  }
  return usageError(`Missing: ${allOf(names)}`, hints.join(" ") || undefined);
}

function isContent([option]: SendOption[]): boolean {
  return option !== "recipient" && option !== "channel" && option !== "app";
}

/** Where a value comes from, other than its flag. */
const HINTS: { [Option in SendOption]?: string } = {
  app:
    `Name the app with --app, SINCH_APP_ID or \`${suggest`config set conversation app=<app-id>`}\`; \`${suggest`conversation apps list`}\` lists them.`,
  channel:
    `Name the channel with --channel, SINCH_CHANNEL or \`${suggest`config set conversation channel=<channel>`}\`.`,
};
