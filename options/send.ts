/**
 * What the options of a send mean together: which message type they make, which
 * cannot be used together, which are missing. The command line and the wizard
 * fill the same `SendOptions`.
 */
import { maxOuterChoices } from "../channels/request.ts";
import type { Channel } from "../api/channel.ts";
import {
  type CardHeight,
  type CardMessage,
  type Choice,
  LIMITS,
  type ListItem,
  type ListSection,
  type MessageType,
  type RawMessage,
} from "../api/message_body.ts";
import type { SendMessageBody } from "../api/messages.ts";
import { type Failure, usageError } from "../errors.ts";
import { suggest } from "../runtime/suggest.ts";
import { parseChannel } from "./channel.ts";
import { anyOf, countBetween } from "./checks.ts";

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
  /** Degrees. */
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
  /** `300s` */
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
export function flagOf(option: string): string {
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
  const type = messageType(options);
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
  const choices = options.choice?.length ?? 0;
  if (type === "choice" || type === "card") {
    countBetween(choices, 0, LIMITS.choices, "--choice");
  }
  if (type === "carousel") {
    const { min, max } = LIMITS.cards;
    if (options.card) countBetween(options.card.length, min, max, "--card");
    const most = options.channel === "MESSENGER"
      ? maxOuterChoices(options.choice ?? [])
      : LIMITS.outerChoices;
    countBetween(choices, 0, most, "--choice");
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
  // A text is not what makes the message of another type wrong.
  if (!decider || decider === "message") {
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

/**
 * What is missing, all at once.
 *
 * @param hasDefaults Whether settings can fill it: those of the sandbox cannot.
 */
export function missingFailure(
  missing: Missing,
  options: SendOptions,
  hasDefaults: boolean,
): Failure {
  const names = missing.map(([option, ...others]) => {
    const alternatives = option === "type" ? TYPE_DECIDERS : others.map(flagOf);
    const name = option === "type" ? "message" : flagOf(option!);
    return alternatives.length > 0
      ? `${name} (or ${alternatives.join(", ")})`
      : name;
  });
  const hints = missing.flatMap(([option]) =>
    hasDefaults ? hintOf(option!, options) : []
  );
  if (
    options.type !== undefined &&
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
function hintOf(option: SendOption, { contact }: SendOptions): string[] {
  return option === "app"
    ? [
      `Set a default with SINCH_APP_ID or \`${suggest`config set conversation app=<app-id>`}\`. Run \`${suggest`conversation apps list`}\` for the IDs.`,
    ]
    : option === "channel" && contact === undefined
    ? [
      `Set a default with SINCH_CHANNEL or \`${suggest`config set conversation channel=<channel>`}\`.`,
    ]
    : [];
}
