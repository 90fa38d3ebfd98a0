/** What a send is about to do, and the command line that does it again. */
import type { AppMessage } from "../api/message_body.ts";
import { summaryOf } from "../api/message_summary.ts";
import {
  CONTENT,
  flagOf,
  isGiven,
  messageType,
  type SendOption,
  type SendOptions,
  TEXT_LIST_OPTIONS,
  TEXT_OPTIONS,
} from "../options/send_options.ts";
import { isSafe, safeJson } from "../output/safe_text.ts";
import { suggest } from "../runtime/suggest.ts";
import { summary } from "./summary.ts";

const CONTENT_OPTIONS = Object.keys(CONTENT) as SendOption[];

/** Lines for people, without the last line end. */
export function sendSummary(options: SendOptions, message: AppMessage): string {
  const { app, channel, recipient, contact } = options;
  const rows = summary([
    ["Type", messageType(options)],
    ["App", app],
    ["Channel", channel],
    ["To", recipient ?? `contact ${contact}`],
    ["Message", summaryOf({ app_message: { ...message } })],
  ]);
  return `${rows}\n  ${sendCommand(options, message)}\n`;
}

/** The texts of an option: none, one, or several. */
function textsOf(options: SendOptions, option: SendOption): string[] {
  const value = options[option];
  return value === undefined || typeof value === "boolean"
    ? []
    : [value].flat();
}

/**
 * The command line that sends the same without a question.
 */
export function sendCommand(
  options: SendOptions,
  message: AppMessage,
): string {
  const { recipient, message: text, ...flags } = inFlags(options, message);
  const words = [recipient, text === undefined ? text : literal(text)]
    .filter((word) => word !== undefined);
  for (const option of Object.keys(flags) as SendOption[]) {
    if (!isGiven(options, option) && option !== "jsonMessage") continue;
    const texts = textsOf(flags, option);
    if (texts.length === 0) words.push(flagOf(option));
    for (const text of texts) {
      words.push(flagOf(option), takesFiles(option) ? literal(text) : text);
    }
  }
  return suggest`conversation send ${words}`;
}

/** The types that another option tells by itself. */
const TOLD = ["text", "media", "template", "location"];

/** The options as a command line can give them. */
function inFlags(options: SendOptions, message: AppMessage): SendOptions {
  const { type, ...rest } = options;
  const others: SendOptions = rest;
  // A value like `-x` would be taken for a flag, and some characters cannot be
  // shown as they are.
  const sayable = CONTENT_OPTIONS.flatMap((option) => textsOf(options, option))
    .every((text) => !/^-(?![\d.]+$)/.test(text) && isSafe(text));
  if (sayable) return TOLD.includes(type ?? "text") ? others : options;
  for (const option of CONTENT_OPTIONS) delete others[option];
  return { ...others, jsonMessage: safeJson(message) };
}

function takesFiles(option: SendOption): boolean {
  return [...TEXT_OPTIONS, ...TEXT_LIST_OPTIONS].some((each) =>
    each === option
  );
}

/** A text that starts with `@` would be taken for a file's name. */
function literal(text: string): string {
  return text.startsWith("@") ? `@${text}` : text;
}
