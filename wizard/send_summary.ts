/** What a send is about to do, and the command line that does it again. */
import type { AppMessage, Choice, ListItem } from "../api/message_body.ts";
import { summaryOf } from "../api/message_summary.ts";
import {
  CONTENT_OPTIONS,
  flagOf,
  isGiven,
  needsType,
  type SendOption,
  type SendOptions,
  type SendType,
} from "../options/send.ts";
import { CHOICE } from "../options/send_kinds.ts";
import { isSafe, safeJson } from "../output/safe_text.ts";
import { quoteForShell } from "../runtime/shell.ts";
import { suggest } from "../runtime/suggest.ts";
import { summary } from "./summary.ts";

/** Lines for people, without the last line end. */
export function sendSummary(
  type: SendType,
  options: SendOptions,
  message: AppMessage,
): string {
  const { app, channel, recipient, contact } = options;
  const rows = summary([
    ["Type", type],
    ["App", app],
    ["Channel", channel],
    ["To", recipient ?? `contact ${contact}`],
    ["Message", summaryOf({ app_message: { ...message } })],
  ]);
  return `${rows}\n  ${sendCommand(type, options, message)}\n`;
}

/**
 * The command line that sends the same without a question.
 *
 * @param message The whole message, once it is known.
 */
export function sendCommand(
  type: SendType | undefined,
  given: SendOptions,
  message?: AppMessage,
): string {
  const options = sayable(given, message);
  const { recipient, message: text, ...flags } = options;
  // Of an unfinished message not even the type can be told from the other options.
  const isNamed = type !== undefined && type !== "raw" &&
    (needsType(type) || !message) && !options.jsonMessage;
  const words = toFlags({ ...flags, type: isNamed ? type : undefined });
  const args = [recipient, ...textsOf({ message: text }, "message")]
    .filter((arg) => arg !== undefined);
  // After the options that `suggest` adds, an argument may be anything.
  return args.some((arg) => arg.startsWith("-"))
    ? [suggest`conversation send ${words}`, "--", ...args.map(quoteForShell)]
      .join(" ")
    : suggest`conversation send ${[...args, ...words]}`;
}

/**
 * The options with the whole message as JSON, where a text of it cannot be shown
 * as it is, or would be read as standard input.
 */
function sayable(options: SendOptions, message?: AppMessage): SendOptions {
  const others: SendOptions = { ...options };
  const texts = CONTENT_OPTIONS.flatMap((option) => textsOf(options, option));
  const isPlain = (text: string) =>
    text !== "-" && isSafe(text) && !(message && /[\n\t]/.test(text));
  if (texts.every(isPlain)) return others;
  for (const option of CONTENT_OPTIONS) delete others[option];
  return message ? { ...others, jsonMessage: { ...message } } : others;
}

/** The words that the command line reads as these options. */
function toFlags(options: SendOptions): string[] {
  return (Object.keys(options) as SendOption[])
    .filter((option) => isGiven(options, option))
    .flatMap((option) => {
      const flag = flagOf(option);
      if (options[option] === true) return [flag];
      return textsOf(options, option).flatMap((text) =>
        text.startsWith("-") ? [`${flag}=${text}`] : [flag, text]
      );
    });
}

/** Each text that gives an option its value, or one of its values. */
function textsOf(options: SendOptions, option: SendOption): string[] {
  switch (option) {
    case "location":
      return [];
    case "fallback":
      return options.fallback ? [options.fallback.join(",")] : [];
    case "choice":
      return options.choice?.map(choiceText) ?? [];
    case "item":
      return options.item?.map(itemText) ?? [];
    case "property":
      return options.property?.map((pair) => pair.join("=")) ?? [];
    default: {
      const value = options[option];
      return value === undefined
        ? []
        : Array.isArray(value)
        ? value.map((each) => safeJson(each))
        : [plainText(option, value)];
    }
  }
}

function plainText(option: SendOption, value: unknown): string {
  if (typeof value === "object") return safeJson(value);
  const text = String(value);
  // It would be read as the name of a file.
  return text.startsWith("@") && FROM_FILES.includes(option)
    ? `@${text}`
    : text;
}

/** Texts that may be in a file; JSON never starts with `@`. */
const FROM_FILES: readonly SendOption[] = [
  "message",
  "caption",
  "title",
  "description",
  "metadata",
];

/** The short notation where it says everything, else JSON. */
function choiceText(choice: Choice): string {
  const whole = safeJson(choice);
  const short = shortened(choice);
  return short !== undefined && safeJson(CHOICE.check(short, "")) === whole
    ? short
    : whole;
}

function shortened(choice: Choice): string | undefined {
  const [label, target] = "text_message" in choice
    ? [choice.text_message.text]
    : "url_message" in choice
    ? [choice.url_message.title, choice.url_message.url]
    : "call_message" in choice &&
        /^\+?\d{3,15}$/.test(choice.call_message.phone_number)
    ? [choice.call_message.title, `tel:${choice.call_message.phone_number}`]
    : [""];
  // No character that means something in the short notation.
  return /^[^{\\|]+$/.test(label) && /^[^\\|]*$/.test(target ?? "")
    ? [label, target].filter(Boolean).join("|")
    : undefined;
}

function itemText(item: ListItem): string {
  if (!("choice" in item)) return safeJson(item);
  const { title, description = "", postback_data } = item.choice;
  const parts = postback_data
    ? [title, description, postback_data]
    : description
    ? [title, description]
    : [title];
  return parts.map((part) => part.replaceAll("|", "\\|")).join("|");
}
