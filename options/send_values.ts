/**
 * What each option of a send may hold, and the value its text stands for. One
 * table for flags and wizard: a text that a flag refuses, a question refuses
 * with the same words.
 */
import { usageError } from "../errors.ts";
import { isNumber } from "../json.ts";
import { type Channel, parseChannel } from "../api/channel.ts";
import {
  allOf,
  type Check,
  httpUrl,
  json,
  jsonObject,
  languageCode,
  number,
  refusal,
  text,
  wordFromText,
} from "../api/checks.ts";
import {
  CARD_HEIGHTS,
  checkCard,
  checkChoice,
  checkSection,
  type Choice,
  LIMITS,
  type ListItem,
  type ListSection,
  MESSAGE_TYPES,
  type RawMessage,
} from "../api/message_body.ts";
import { flagOf, type SendOption, type SendOptions } from "./send_options.ts";

/** From 3 seconds to about 10,000 years. */
const TTL_SECONDS = { min: 3, max: 315_576_000_000 };
const MESSAGE_METADATA_LENGTH = 1024;
const CONVERSATION_METADATA_LENGTH = 2048;
const CORRELATION_ID_LENGTH = 128;
const PROPERTY_LENGTH = 1024;
/** What a text message's sender field can hold (GSM 03.40, TP-OA). */
const ALPHANUMERIC_SENDER_LENGTH = 11;

const id: Check<string, string> = (value, at) => {
  if (!/^\S+$/.test(value)) throw refusal(at, "must be an ID", value);
  return value;
};

function numberFromText(min: number, max: number): Check<number, string> {
  const inRange = number(min, max);
  return (value, at) => {
    // Number("") is 0 and Number("0x10") is 16: neither is a coordinate.
    const isDecimal = /^[+-]?\d+(\.\d+)?$/.test(value.trim());
    if (!isDecimal) {
      throw refusal(at, `must be a number from ${min} to ${max}`, value);
    }
    return inRange(Number(value), at);
  };
}

const templateParameters: Check<Record<string, string>> = (value, at) => {
  const parameters = Object.entries(jsonObject(value, at));
  for (const [name, content] of parameters) {
    const isText = typeof content === "string" ||
      typeof content === "boolean" || isNumber(content);
    if (!isText) {
      throw refusal(`${at}: ${name}`, "must be a text", content);
    }
  }
  return Object.fromEntries(
    parameters.map(([name, content]) => [name, String(content)]),
  );
};

/** The label, and what follows the first `|`; `\|` is a `|` of the text. */
function splitLabel(value: string): [string, string?] {
  const [label, ...rest] = value.split(/(?<!\\)\|/);
  const unescape = (part: string) => part.replaceAll("\\|", "|").trim();
  return rest.length > 0
    ? [unescape(label!), unescape(rest.join("|"))]
    : [unescape(label!)];
}

/** `Label`, `Label|https://…`, `Label|tel:+1555…`, or the choice as JSON. */
const choiceFromText: Check<Choice, string> = (value, at) => {
  if (value.trimStart().startsWith("{")) return json(checkChoice)(value, at);
  const [title, target] = splitLabel(value);
  if (target === undefined) {
    return checkChoice({ text_message: { text: title } }, at);
  }
  if (/^https?:/i.test(target)) {
    return checkChoice({ url_message: { title, url: target } }, at);
  }
  const phone_number = /^tel:(.*)/i.exec(target)?.[1]
    ?.replace(/[\s().-]/g, "");
  // Service numbers have no country code, so this is no check of E.164.
  if (!phone_number || !/^\+?\d{3,15}$/.test(phone_number)) {
    throw refusal(
      at,
      "must be Label, Label|https://… or Label|tel:+15551234567",
      value,
    );
  }
  return checkChoice({ call_message: { title, phone_number } }, at);
};

const itemFromText: Check<ListItem, string> = (value, at) => {
  const [title, description, postback_data, ...rest] = value
    .split(/(?<!\\)\|/)
    .map((part) => part.replaceAll("\\|", "|").trim());
  if (!title || rest.length > 0) {
    throw refusal(at, "must be Title|Description|postback", value);
  }
  return {
    choice: {
      title,
      ...description && { description },
      ...postback_data && { postback_data },
    },
  };
};

const sectionOfChoices: Check<ListSection> = (value, at) => {
  const section = checkSection(value, at);
  if (section.items.some((item) => "product" in item)) {
    throw usageError(
      `${at} has products, which need a catalog_id beside the sections`,
      "Give the whole message with --json-message.",
    );
  }
  return section;
};

const rawMessage: Check<RawMessage> = (value, at) => {
  const given = jsonObject(value, at);
  const fields = Object.keys(given);
  for (const outer of ["app_id", "recipient"]) {
    if (fields.includes(outer)) {
      throw usageError(
        `${at} has ${outer}: it is the value of "message", not the whole request`,
        'Give only the message, as {"text_message":{"text":"hi"}}; app and recipient have their own flags.',
      );
    }
  }
  if (fields.length === 0) throw usageError(`${at} is an empty message`);
  const contents = fields.filter((field) => CONTENT_FIELDS.includes(field));
  if (contents.length > 1) {
    throw usageError(`${at} has ${allOf(contents)}: a message has one of them`);
  }
  return fields.length === 1 && fields[0] === "message"
    ? rawMessage(given.message, at)
    : given;
};

/** Of the eight types, and the one that has no type of its own here. */
const CONTENT_FIELDS = [...MESSAGE_TYPES, "contact_info"]
  .map((type) => `${type}_message`);

const property: Check<[string, string], string> = (value, at) => {
  const [, key, content] = /^([^=\s]+)=(.*)$/s.exec(value) ?? [];
  if (!key || !content) throw refusal(at, "must be KEY=VALUE", value);
  return [key, text(PROPERTY_LENGTH)(content, `${at}: ${key}`)];
};

/** A number, a short code, or a name. */
const sender: Check<string, string> = (value, at) => {
  const number = value.replace(/[\s().-]/g, "");
  if (/^\+?\d{3,15}$/.test(number)) return number;
  const isName = /[a-z]/i.test(value) && /^[ -~]+$/.test(value) &&
    value.length <= ALPHANUMERIC_SENDER_LENGTH;
  if (!isName) {
    throw refusal(
      at,
      `must be a phone number, a short code, or a name of at most ${ALPHANUMERIC_SENDER_LENGTH} letters and digits`,
      value,
    );
  }
  return value;
};

const channels: Check<Channel[], string> = (value, at) =>
  value.split(",").map((word) => parseChannel(word, at));

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `90`, `90s`, `5m`, `1h` or `2d` as the API's `"300s"`. */
const ttl: Check<string, string> = (value, at) => {
  const [, count, unit] = /^(\d+)([smhd]?)$/.exec(value.trim()) ?? [];
  if (!count) {
    throw refusal(
      at,
      "must be seconds, or a time such as 10s, 5m or 1h",
      value,
    );
  }
  const seconds = Number(count) * SECONDS[unit || "s"]!;
  if (seconds < TTL_SECONDS.min || seconds > TTL_SECONDS.max) {
    throw refusal(
      at,
      `must be from ${TTL_SECONDS.min} to ${TTL_SECONDS.max} seconds`,
      value,
    );
  }
  return `${seconds}s`;
};

/** Any text; JSON loses its line breaks, which count as characters. */
const messageMetadata: Check<string, string> = (value, at) => {
  const metadata = looksLikeJson(value)
    ? json((parsed) => JSON.stringify(parsed))(value, at)
    : value;
  return text(MESSAGE_METADATA_LENGTH)(metadata, at);
};

/** A text may start with a bracket and not be JSON. */
function looksLikeJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const conversationMetadata: Check<Record<string, unknown>> = (value, at) => {
  const metadata = jsonObject(value, at);
  text(CONVERSATION_METADATA_LENGTH)(JSON.stringify(metadata), at);
  return metadata;
};

const VALUES = {
  contact: id,
  channel: parseChannel,
  app: id,
  message: text(),
  media: httpUrl,
  caption: text(),
  thumbnail: httpUrl,
  filename: text(),
  template: text(),
  params: json(templateParameters),
  templateKind: wordFromText(["OMNI", "CHANNEL"]),
  templateVersion: text(),
  language: languageCode,
  lat: numberFromText(-LIMITS.latitude, LIMITS.latitude),
  lng: numberFromText(-LIMITS.longitude, LIMITS.longitude),
  name: text(),
  label: text(),
  title: text(),
  description: text(),
  height: wordFromText(CARD_HEIGHTS),
  choice: choiceFromText,
  card: json(checkCard),
  section: json(sectionOfChoices),
  item: itemFromText,
  menu: text(),
  jsonMessage: json(rawMessage),
  from: sender,
  property,
  fallback: channels,
  metadata: messageMetadata,
  conversationMetadata: json(conversationMetadata),
  ttl,
  callbackUrl: httpUrl,
  correlationId: text(CORRELATION_ID_LENGTH),
  queue: wordFromText(
    ["NORMAL_PRIORITY", "HIGH_PRIORITY"],
    (word) => word.replace("_PRIORITY", ""),
  ),
  processingStrategy: wordFromText(["DEFAULT", "DISPATCH_ONLY"]),
} satisfies { [Option in SendOption]?: Check<unknown, string> };

type Values = typeof VALUES;

/** The options that have a value of their own; others depend on these. */
export type ValueOption = keyof Values;

/** The values of the options that are given. */
export type SendValues = {
  [Option in ValueOption]?: SendOptions[Option] extends string[] | undefined
    ? ReturnType<Values[Option]>[]
    : ReturnType<Values[Option]>;
};

/**
 * The value of one option's text; of one text, where the option is repeated.
 * @throws {Failure} "usage" naming the flag and quoting the text.
 */
export function valueOf<Option extends ValueOption>(
  option: Option,
  text: string,
  at: string = flagOf(option),
): ReturnType<Values[Option]> {
  const read = VALUES[option] as Check<ReturnType<Values[Option]>, string>;
  return read(text, at);
}

/** @throws {Failure} "usage" for the first text that will not do. */
export function valuesOf(options: SendOptions): SendValues {
  const values: { [option: string]: unknown } = {};
  for (const option of Object.keys(VALUES) as ValueOption[]) {
    const given = options[option];
    if (Array.isArray(given)) {
      values[option] = given.map((text, index) =>
        valueOf(option, text, placeOf(option, index, given.length))
      );
    } else if (given !== undefined) {
      values[option] = valueOf(option, given);
    }
  }
  return values;
}

/** `--card`, or `--card #2` where it is given several times. */
function placeOf(option: SendOption, index: number, count: number): string {
  return count > 1 ? `${flagOf(option)} #${index + 1}` : flagOf(option);
}
