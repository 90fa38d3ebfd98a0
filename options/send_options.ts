/**
 * The options of a send as they are typed, and what can be told from them
 * before anything is asked or sent: which message type they make, which of them
 * contradict each other, which are still missing.
 *
 * Flags and wizard fill the same `SendOptions`; `sendRequest` turns them into
 * the request.
 */
import { usageError } from "../errors.ts";
import { nearest } from "../api/nearest.ts";
import { MESSAGE_TYPES, type MessageType } from "../api/message_body.ts";

/** Texts as typed, `@file` and `-` already replaced by what they stand for. */
export interface SendOptions {
  /** A phone number, or the channel's own identity. */
  recipient?: string;
  /** A contact of the project, instead of `recipient`. */
  contact?: string;
  channel?: string;
  app?: string;
  type?: string;

  message?: string;
  media?: string;
  caption?: string;
  thumbnail?: string;
  filename?: string;
  template?: string;
  params?: string;
  templateKind?: string;
  templateVersion?: string;
  language?: string;
  location?: boolean;
  lat?: string;
  lng?: string;
  name?: string;
  label?: string;
  title?: string;
  description?: string;
  height?: string;
  /** `Label`, `Label|https://…` or `Label|tel:+1555…`; or a choice as JSON. */
  choice?: string[];
  /** Cards as JSON. */
  card?: string[];
  /** Sections as JSON. */
  section?: string[];
  /** `Title|Description|postback`. */
  item?: string[];
  menu?: string;
  jsonMessage?: string;

  from?: string;
  /** `KEY=VALUE`. */
  property?: string[];
  /** Channels, separated by commas. */
  fallback?: string;
  metadata?: string;
  conversationMetadata?: string;
  ttl?: string;
  callbackUrl?: string;
  correlationId?: string;
  queue?: string;
  processingStrategy?: string;
}

/** What stands in for an option that is not given, from settings. */
export interface SendDefaults {
  app?: string;
  channel?: string;
  sender?: string;
}

export type SendOption = keyof SendOptions;

/** The options whose text may be written as `@file`, `-` or `@@text`. */
export const TEXT_OPTIONS = [
  "message",
  "caption",
  "params",
  "title",
  "description",
  "jsonMessage",
  "metadata",
  "conversationMetadata",
] as const satisfies SendOption[];
/** The same, where the option is repeated. */
export const TEXT_LIST_OPTIONS = [
  "card",
  "section",
] as const satisfies SendOption[];

/** The options that make up the message itself, and the types they belong to. */
export const CONTENT: Partial<Record<SendOption, readonly MessageType[]>> = {
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
};

/** Without `--type`, the first of these that is given decides. */
const DECIDING: readonly [SendOption, MessageType][] = [
  ["media", "media"],
  ["template", "template"],
  ["location", "location"],
  ["lat", "location"],
  ["lng", "location"],
  ["message", "text"],
];

/** What each type cannot do without; one of each group is enough. */
const NEEDED: Record<MessageType, readonly (readonly SendOption[])[]> = {
  text: [["message"]],
  media: [["media"]],
  template: [["template"]],
  location: [["lat"], ["lng"]],
  card: [["title", "description"]],
  carousel: [["card"]],
  choice: [["message"], ["choice"]],
  list: [["title"], ["section", "item"]],
};

/** How an option is written on the command line: `--json-message`, `[message]`. */
export function flagOf(option: SendOption): string {
  if (option === "recipient" || option === "message") return `[${option}]`;
  return `--${option.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
}

export function isGiven(options: SendOptions, option: SendOption): boolean {
  const value = options[option];
  return Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== false;
}

/**
 * The type these options make, `"raw"` for `--json-message`, or `undefined`
 * when nothing says what to send.
 * @throws {Failure} "usage" when two of them contradict each other.
 */
export function messageType(
  options: SendOptions,
): MessageType | "raw" | undefined {
  const content = (Object.keys(CONTENT) as SendOption[])
    .filter((option) => isGiven(options, option));
  if (options.jsonMessage !== undefined) {
    const other = options.type === undefined ? content[0] : "type";
    if (other) {
      throw usageError(
        `--json-message is the whole message: ${
          flagOf(other)
        } would be ignored`,
        `Leave out --json-message or ${flagOf(other)}.`,
      );
    }
    return "raw";
  }
  const [decider, type] = deciding(options);
  const stranger = content.find((option) =>
    !CONTENT[option]!.some((owner) => owner === type)
  );
  if (!stranger) return type;
  const owners = CONTENT[stranger]!;
  if (!type) {
    throw usageError(
      `${flagOf(stranger)} alone does not say what to send`,
      `Add ${owners.map((owner) => `--type ${owner}`).join(" or ")}.`,
    );
  }
  throw usageError(
    `${
      flagOf(stranger)
    } does not go with ${decider}: it belongs to a message of type ${
      owners.join(", ")
    }, not ${type}`,
  );
}

/** What decides the type, as it was written, and the type. */
function deciding(options: SendOptions): [string, MessageType] | [] {
  if (options.type !== undefined) {
    const type = parseMessageType(options.type);
    return [`--type ${type}`, type];
  }
  const found = DECIDING.find(([option]) => isGiven(options, option));
  return found ? [flagOf(found[0]), found[1]] : [];
}

function parseMessageType(text: string): MessageType {
  const type = text.trim().toLowerCase();
  const found = MESSAGE_TYPES.find((known) => known === type);
  if (found) return found;
  const similar = nearest(type, MESSAGE_TYPES);
  throw usageError(
    `--type must be one of ${MESSAGE_TYPES.join(", ")}, got "${text}"`,
    similar && `Did you mean ${similar}?`,
  );
}

/**
 * What is still missing for a request, as groups of options of which one is
 * enough: `[["recipient", "contact"], ["media"]]`. The type itself is missing
 * as `["type"]`.
 */
export function missingOptions(
  options: SendOptions,
  defaults: SendDefaults,
): SendOption[][] {
  const type = messageType(options);
  const content = type === undefined
    ? [["type"] as const]
    : type === "raw"
    ? []
    : NEEDED[type];
  const address: SendOption[][] = [["recipient", "contact"]];
  // The API knows on which channel a contact can be reached.
  if (options.contact === undefined ? !defaults.channel : options.fallback) {
    address.push(["channel"]);
  }
  if (!defaults.app) address.push(["app"]);
  return [...address, ...content]
    .filter((group) => !group.some((option) => isGiven(options, option)))
    .map((group) => [...group]);
}
