/**
 * What the options of a send mean together: which message type they make, which
 * cannot be used together, which are missing, and the request they make. The
 * command line and the wizard fill the same `SendOptions`.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/messages
 */
import { type Channel, channelFacts } from "../api/channel.ts";
import { parseChannel } from "./channel.ts";
import { anyOf, countBetween } from "./checks.ts";
import {
  type AppMessage,
  type CardHeight,
  type CardMessage,
  type ChannelTemplate,
  type Choice,
  LIMITS,
  type ListItem,
  type ListSection,
  type MediaMessage,
  type MessageType,
  type RawMessage,
  type TypedMessage,
} from "../api/message_body.ts";
import type { SendMessageBody } from "../api/messages.ts";
import { type Failure, usageError } from "../errors.ts";
import { suggest } from "../runtime/suggest.ts";
import { parseRecipient } from "./recipient.ts";

/** The options that `send` declares, by the names that Cliffy gives them. */
export interface SendFlags {
  channel?: Channel;
  app?: string;
  type?: MessageType;
  media?: string;
  caption?: string;
  template?: string;
  params?: Record<string, string>;
  location?: boolean;
  lat?: number;
  lng?: number;
  name?: string;
  jsonMessage?: RawMessage;

  title?: string;
  description?: string;
  height?: CardHeight;
  choice?: Choice[];
  card?: CardMessage[];
  section?: ListSection[];
  item?: ListItem[];
  menu?: string;
  thumbnail?: string;
  filename?: string;
  label?: string;
  templateKind?: "omni" | "channel";
  templateVersion?: string;
  language?: string;

  contact?: string;
  from?: string;
  fallback?: Channel[];
  property?: [key: string, value: string][];
  ttl?: string;
  queue?: SendMessageBody["queue"];
  processingStrategy?: SendMessageBody["processing_strategy"];
  callbackUrl?: string;
  correlationId?: string;
  metadata?: string;
  conversationMetadata?: Record<string, unknown>;
}

export interface SendOptions extends SendFlags {
  /** A phone number, or the channel's own identity. */
  recipient?: string;
  message?: string;
}

/** What replaces an option that is not given, from settings. */
export interface SendDefaults {
  app?: string;
  channel?: string;
  sender?: string;
}

export type SendOption = keyof SendOptions;

/** The type of the eight, or a message that is given as JSON. */
export type SendType = MessageType | "raw";

/** The options that make up the message, and the types they belong to. */
export const TYPES_OF = {
  message: ["text", "media", "choice"],
  media: ["media", "card"],
  caption: ["media"],
  thumbnail: ["media", "card"],
  filename: ["media", "card"],
  template: ["template"],
  params: ["template"],
  templateKind: ["template"],
  templateVersion: ["template"],
  language: ["template"],
  location: ["location"],
  lat: ["location"],
  lng: ["location"],
  name: ["location"],
  label: ["location"],
  title: ["card", "list"],
  description: ["card", "list"],
  height: ["card"],
  choice: ["card", "carousel", "choice"],
  card: ["carousel"],
  section: ["list"],
  item: ["list"],
  menu: ["list"],
} as const satisfies { [Option in SendOption]?: readonly MessageType[] };

export type ContentOption = keyof typeof TYPES_OF;
export const CONTENT_OPTIONS = Object.keys(TYPES_OF) as ContentOption[];

/** Without `--type`, the first of these that is given decides. */
const DECIDING: readonly [ContentOption, MessageType][] = [
  ["media", "media"],
  ["template", "template"],
  ["location", "location"],
  ["lat", "location"],
  ["lng", "location"],
  ["message", "text"],
];

/** The type does not follow from the other options. */
export function needsType(type: MessageType): boolean {
  return DECIDING.every(([, decided]) => decided !== type);
}

/** What each type requires; one of each group is enough. */
const REQUIRED: Record<MessageType, readonly (readonly ContentOption[])[]> = {
  text: [["message"]],
  media: [["media"]],
  template: [["template"]],
  location: [["lat"], ["lng"]],
  card: [["title", "description"]],
  carousel: [["card"]],
  choice: [["message"], ["choice"]],
  list: [["title"], ["section", "item"]],
};

/** How an option is written: `--json-message`; `message` is an argument. */
export function flagOf(option: SendOption): string {
  if (option === "recipient" || option === "message") return option;
  return `--${option.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
}

export function isGiven(options: SendOptions, option: SendOption): boolean {
  return options[option] !== undefined && options[option] !== false;
}

/**
 * The options with the defaults of the settings. A contact is reached where the
 * API sees fit, unless `--channel` is given.
 *
 * @throws {Failure} "usage" for an unknown default channel.
 */
export function withDefaults(
  options: SendOptions,
  { app, channel }: SendDefaults,
): SendOptions {
  const isDefault = channel !== undefined && options.channel === undefined &&
    options.contact === undefined;
  return {
    ...options,
    app: options.app ?? app,
    channel: isDefault
      ? parseChannel(channel, "The default channel")
      : options.channel,
  };
}

/**
 * The type that these options make; `undefined` where nothing decides it.
 *
 * @throws {Failure} "usage" for options that cannot be used together.
 */
export function checkedType(options: SendOptions): SendType | undefined {
  for (const [one, other] of EXCLUSIVE) {
    if (isGiven(options, one) && isGiven(options, other)) {
      throw conflict(one, other);
    }
  }
  if (options.processingStrategy === "DISPATCH_ONLY") {
    const stranger = NOT_DISPATCHED.find((option) => isGiven(options, option));
    if (stranger) {
      throw usageError(
        `${
          flagOf(stranger)
        } and --processing-strategy DISPATCH_ONLY cannot be used together`,
        "A dispatched message has no contact and no conversation.",
      );
    }
  }
  const type = messageType(options);
  const choices = options.choice?.length ?? 0;
  if (type === "choice" || type === "card") {
    countBetween(choices, 0, LIMITS.choices, "--choice");
  }
  if (type === "carousel") {
    const { min, max } = LIMITS.cards;
    if (options.card) countBetween(options.card.length, min, max, "--card");
    countBetween(choices, 0, LIMITS.outerChoices, "--choice");
  }
  return type;
}

const EXCLUSIVE: readonly [SendOption, SendOption][] = [
  ["recipient", "contact"],
  ["message", "caption"],
  ["section", "item"],
];

const NOT_DISPATCHED: readonly SendOption[] = [
  "contact",
  "conversationMetadata",
  "correlationId",
];

function conflict(one: SendOption, other: SendOption, hint?: string): Failure {
  return usageError(
    `${flagOf(one)} and ${flagOf(other)} cannot be used together`,
    hint,
  );
}

function messageType(options: SendOptions): SendType | undefined {
  const content = CONTENT_OPTIONS.filter((option) => isGiven(options, option));
  if (options.jsonMessage !== undefined) {
    const other = options.type === undefined ? content[0] : "type";
    if (!other) return "raw";
    throw conflict(
      "jsonMessage",
      other,
      "--json-message is the whole message.",
    );
  }
  const [decider, type] = options.type === undefined
    ? DECIDING.find(([option]) => isGiven(options, option)) ?? []
    : ["type" as const, options.type];
  const stranger = content.find((option) =>
    !TYPES_OF[option].some((owner) => owner === type)
  );
  if (!stranger) return type;
  const owners = TYPES_OF[stranger];
  if (!decider) {
    throw usageError(
      `${flagOf(stranger)} requires ${anyOf(owners.map(decidingFlag))}`,
    );
  }
  throw usageError(
    `${flagOf(stranger)} and ${
      decider === "type" ? `--type ${type}` : flagOf(decider)
    } cannot be used together`,
    `${flagOf(stranger)} is for messages of type ${anyOf(owners)}.`,
  );
}

/** The flag that makes a message one of this type. */
function decidingFlag(type: MessageType): string {
  const [decider] = DECIDING.find(([, decided]) => decided === type) ?? [];
  return decider && decider !== "message" ? flagOf(decider) : `--type ${type}`;
}

/** The API knows on which channel a contact can be reached. */
export function needsChannel({ contact, fallback }: SendOptions): boolean {
  return contact === undefined || fallback !== undefined;
}

/** Groups of options, of which one is enough. */
export type Missing = (readonly SendOption[])[];

/**
 * What is missing for a request: `[["recipient", "contact"], ["media"]]`. The
 * type itself is missing as `["type"]`.
 */
export function missingOptions(
  type: SendType | undefined,
  options: SendOptions,
): Missing {
  const groups: Missing = [
    ["recipient", "contact"],
    ...needsChannel(options) ? [["channel"] as const] : [],
    ["app"],
    ...type === undefined
      ? [["type"] as const]
      : type === "raw"
      ? []
      : REQUIRED[type],
  ];
  return groups.filter((group) =>
    !group.some((option) => isGiven(options, option))
  );
}

/** What is missing, all at once. */
export function missingFailure(
  missing: Missing,
  { type }: SendOptions,
): Failure {
  const names = missing.map(([option, ...others]) => {
    const alternatives = option === "type" ? TYPE_DECIDERS : others.map(flagOf);
    const name = option === "type" ? "message" : flagOf(option!);
    return alternatives.length > 0
      ? `${name} (or ${alternatives.join(", ")})`
      : name;
  });
  const hints = missing.flatMap(([option]) => HINTS[option!] ?? []);
  if (
    type !== undefined &&
    missing.some(([option]) => option! in TYPES_OF)
  ) {
    hints.push("--json-message takes the whole message instead.");
  }
  return usageError(
    names.length === 1 ? `Missing ${names[0]}` : `Missing: ${names.join(", ")}`,
    hints.join("\n") || undefined,
  );
}

const TYPE_DECIDERS = [
  "--media",
  "--template",
  "--location",
  "--type",
  "--json-message",
];

/** Where a value comes from, other than its flag. */
const HINTS: { [Option in SendOption]?: string } = {
  app:
    `Set a default with SINCH_APP_ID or \`${suggest`config set conversation app=<app-id>`}\`. Run \`${suggest`conversation apps list`}\` for the IDs.`,
  channel:
    `Set a default with SINCH_CHANNEL or \`${suggest`config set conversation channel=<channel>`}\`.`,
};

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
  const { channel, contact, fallback = [] } = options;
  const channels = [...channel ? [channel] : [], ...fallback];
  const again = channels.find((name, at) => channels.indexOf(name) !== at);
  if (again) throw usageError(`--fallback lists ${again} more than once`);
  return {
    recipient: contact === undefined
      ? await identified(options.recipient!, channels)
      : { contact_id: contact },
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

async function identified(
  recipient: string,
  channels: Channel[],
): Promise<SendMessageBody["recipient"]> {
  const [first, ...others] = channels;
  const { identity: kind } = channelFacts(first!);
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
  const identity = await parseRecipient(recipient, first!, "recipient");
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
    parameters: params,
  };
}
