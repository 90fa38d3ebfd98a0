/**
 * Kinds of values that only `send` takes. The wizard checks its answers with
 * the same ones.
 */
import {
  allOf,
  type Check,
  httpUrl,
  json,
  jsonObject,
  refusal,
  text,
} from "./checks.ts";
import {
  CARD_HEIGHTS,
  type Choice,
  CONTENT_FIELDS,
  type ListItem,
  type ListSection,
  MESSAGE_TYPES,
  type RawMessage,
} from "../api/message_body.ts";
import { checkCard, checkChoice, checkSection } from "./message.ts";
import { PROCESSING_STRATEGIES, QUEUES } from "../api/messages.ts";
import { usageError } from "../errors.ts";
import { isNumber } from "../json.ts";
import { quoteForShell } from "../runtime/shell.ts";
import { SourceType, ValueType, Word } from "./value_type.ts";

export const MESSAGE_METADATA_LENGTH = 1024;
export const CONVERSATION_METADATA_LENGTH = 2048;
export const CORRELATION_ID_LENGTH = 128;
const PROPERTY_LENGTH = 1024;
/** What a text message's sender field can hold (GSM 03.40, TP-OA). */
const ALPHANUMERIC_SENDER_LENGTH = 11;
/** From 3 seconds to about 10,000 years. */
const TTL_SECONDS = { min: 3, max: 315_576_000_000 };

export const MESSAGE_TYPE = new Word(MESSAGE_TYPES, {
  hint: (text) => `For a template, use --template ${quoteForShell(text)}.`,
});

export const HEIGHT = new Word(CARD_HEIGHTS, {
  shown: CARD_HEIGHTS.filter((height) => height !== "UNSPECIFIED_HEIGHT"),
});

export const CHECK_MODE = new Word(["online"]);

export const QUEUE = new Word(QUEUES, {
  short: (queue) => queue.replace("_PRIORITY", ""),
});

export const PROCESSING_STRATEGY = new Word(PROCESSING_STRATEGIES);

/** `channel`: a template of the channel's own, such as WhatsApp's. */
export const TEMPLATE_KIND = new Word(["omni", "channel"]);

/** A JSON object, or `name=value`. */
export const PARAMETERS = new SourceType((value, at) => {
  if (/^\s*[{[]/.test(value)) return parameters(value, at);
  const [, name, content] = /^([^=\s]+)=(.*)$/s.exec(value) ?? [];
  if (name !== undefined) return { [name]: content! };
  throw refusal(
    at,
    "must be a JSON object or name=value",
    value,
    "The name of the template belongs to --template.",
  );
});

/** Numbers and booleans become texts: the API takes nothing else. */
const parameters = json((value, at): Record<string, string> => {
  const parameters = Object.entries(jsonObject(value, at));
  for (const [name, content] of parameters) {
    const isText = typeof content === "string" ||
      typeof content === "boolean" || isNumber(content);
    if (!isText) throw refusal(`${at}: ${name}`, "must be a text", content);
  }
  return Object.fromEntries(
    parameters.map(([name, content]) => [name, String(content)]),
  );
});

/** The parts between `|`; `\|` is a `|` of the text. */
function splitParts(value: string): string[] {
  return value.split(/(?<!\\)\|/)
    .map((part) => part.replaceAll("\\|", "|").trim());
}

/** `Label`, `Label|https://…`, `Label|tel:+1555…`, or the choice as JSON. */
export const CHOICE = new ValueType((value, at): Choice => {
  if (value.trimStart().startsWith("{")) return json(checkChoice)(value, at);
  const [title = "", ...rest] = splitParts(value);
  const target = rest.join("|");
  if (title && rest.length === 0) return { text_message: { text: title } };
  if (title && /^https?:/i.test(target)) {
    return { url_message: { title, url: httpUrl(target, at) } };
  }
  const phone_number = /^tel:(.*)/i.exec(target)?.[1]
    ?.replace(/[\s().-]/g, "");
  // Service numbers have no country code, so this is no check of E.164.
  if (!title || !phone_number || !/^\+?\d{3,15}$/.test(phone_number)) {
    throw refusal(
      at,
      "must be Label, Label|https://… or Label|tel:+15551234567",
      value,
    );
  }
  return { call_message: { title, phone_number } };
});

export const CARD = new SourceType(json(checkCard));

export const SECTION = new SourceType(
  json((value, at): ListSection => {
    const section = checkSection(value, at);
    if (section.items.some((item) => "product" in item)) {
      throw usageError(
        `${at} has products, which require a catalog_id`,
        "Use --json-message for the whole message.",
      );
    }
    return section;
  }),
);

export const ITEM = new ValueType((value, at): ListItem => {
  const [title, description, postback_data, ...rest] = splitParts(value);
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
});

const rawMessage: Check<RawMessage> = (value, at) => {
  const given = jsonObject(value, at);
  const fields = Object.keys(given);
  for (const outer of ["app_id", "recipient"]) {
    if (fields.includes(outer)) {
      throw usageError(
        `${at} must be the message, not the whole request: it has "${outer}"`,
        'Give only the message, such as {"text_message":{"text":"hi"}}.',
      );
    }
  }
  if (fields.length === 0) throw usageError(`${at} must not be empty`);
  const contents = fields.filter((field) => CONTENT_FIELDS.includes(field));
  if (contents.length > 1) {
    throw usageError(`${at} must have only one of ${allOf(contents)}`);
  }
  return fields.length === 1 && fields[0] === "message"
    ? rawMessage(given.message, at)
    : given;
};

/** The value of `message`, passed on as it is. */
export const RAW_MESSAGE = new SourceType(json(rawMessage));

/** `KEY=VALUE` */
export const PROPERTY = new ValueType((value, at): [string, string] => {
  const [, key, content] = /^([^=\s]+)=(.*)$/s.exec(value) ?? [];
  if (!key || !content) throw refusal(at, "must be KEY=VALUE", value);
  return [key, text(PROPERTY_LENGTH)(content, `${at}: ${key}`)];
});

/** A number, a short code, or a name. */
export const SENDER = new ValueType((value, at) => {
  const number = value.replace(/[\s().-]/g, "");
  if (/^\+?\d{3,15}$/.test(number)) return number;
  const isName = /[a-z]/i.test(value) && /^[ -~]+$/.test(value) &&
    value.length <= ALPHANUMERIC_SENDER_LENGTH;
  if (isName) return value;
  throw refusal(
    at,
    `must be a phone number, a short code, or a name of at most ${ALPHANUMERIC_SENDER_LENGTH} letters and digits`,
    value,
  );
});

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `90`, `90s`, `5m`, `1h` or `2d` as the API's `"300s"`. */
export const TTL = new ValueType((value, at) => {
  const [, count, unit] = /^(\d+)([smhd]?)$/.exec(value.trim()) ?? [];
  if (!count) {
    throw refusal(
      at,
      "must be seconds, or a time such as 10s, 5m or 1h",
      value,
    );
  }
  const seconds = Number(count) * SECONDS[unit || "s"]!;
  const { min, max } = TTL_SECONDS;
  if (seconds < min || seconds > max) {
    throw refusal(at, `must be from ${min} to ${max} seconds`, value);
  }
  return `${seconds}s`;
});

/** Any text; JSON loses its line breaks, which count as characters. */
export const MESSAGE_METADATA = new SourceType((value, at) => {
  const metadata = looksLikeJson(value)
    ? json((parsed) => JSON.stringify(parsed))(value, at)
    : value;
  return text(MESSAGE_METADATA_LENGTH)(metadata, at);
});

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

export const CONVERSATION_METADATA = new SourceType(
  json((value, at) => {
    const metadata = jsonObject(value, at);
    text(CONVERSATION_METADATA_LENGTH)(JSON.stringify(metadata), at);
    return metadata;
  }),
);

export const CORRELATION_ID = new ValueType(text(CORRELATION_ID_LENGTH));
