/**
 * The questions that fill one option each. What a flag refuses is refused here,
 * by the same check.
 */
import { text } from "../../api/checks.ts";
import type { SendOptions } from "../../options/send_options.ts";
import { valueOf, type ValueOption } from "../../options/send_values.ts";
import { Failure } from "../../errors.ts";
import type { Prompter } from "../prompter.ts";

interface Question {
  label: string;
  hint?: string;
}

const QUESTIONS = {
  message: { label: "Text" },
  media: { label: "Media URL", hint: "a public http(s) address" },
  caption: { label: "Caption", hint: "sent as a card with the media" },
  template: {
    label: "Template",
    hint: "its ID; on WhatsApp the template's name",
  },
  language: { label: "Language", hint: "such as en-US" },
  params: { label: "Parameters", hint: 'as JSON: {"name":"Alice"}' },
  lat: { label: "Latitude", hint: "-90 to 90" },
  lng: { label: "Longitude", hint: "-180 to 180" },
  name: { label: "Name of the place", hint: "shown as the title" },
  title: { label: "Title" },
  description: { label: "Description" },
  menu: { label: "Label of the button that opens the list" },
} satisfies { [Option in ValueOption]?: Question };

export type TextOption = keyof typeof QUESTIONS;

export interface TextToAsk {
  message: string;
  hint?: string;
  default?: string;
  /** @throws {Failure} `usage` for a text that will not do; blank ones never do. */
  check?(text: string, at: string): unknown;
}

/** Asks for a text. */
export function askText(
  prompter: Prompter,
  { message, hint, default: preset, check = anyText }: TextToAsk,
): Promise<string> {
  return prompter.input({
    message,
    hint,
    default: preset,
    check: (text) => refusalOf(() => check(text, message)),
  });
}

/** Asks for a text that may be left out. */
export async function askOptional(
  prompter: Prompter,
  { message, hint, default: preset, check = anyText }: TextToAsk,
): Promise<string | undefined> {
  const answer = await prompter.input({
    message,
    hint: hint ? `optional: ${hint}` : "optional",
    default: preset,
    check: (text) =>
      text === "" ? undefined : refusalOf(() => check(text, message)),
  });
  return answer || undefined;
}

const anyText = text();

/** Asks for those of these options that are not given. */
export async function fill(
  prompter: Prompter,
  given: SendOptions,
  options: { [Option in TextOption]?: "required" | "optional" },
): Promise<SendOptions> {
  const filled = { ...given };
  for (const [name, need] of Object.entries(options)) {
    const option = name as TextOption;
    const { label, hint }: Question = QUESTIONS[option];
    const ask = need === "required" ? askText : askOptional;
    filled[option] ??= await ask(prompter, {
      message: label,
      hint,
      check: (text) => valueOf(option, text, label),
    });
  }
  return filled;
}

/** Why a check refuses, in words; `undefined` when it does not. */
export async function refusalOf(
  check: () => unknown,
): Promise<string | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [error.message, error.hint].filter(Boolean).join(". ");
  }
}

/**
 * Asks for one after the other, at least `min`, until a person has no more or
 * `max` is reached.
 */
export async function several<T>(
  prompter: Prompter,
  { noun, min, max }: { noun: string; min: number; max: number },
  ask: (number: number) => Promise<T>,
): Promise<T[]> {
  const all: T[] = [];
  while (all.length < max) {
    const message = `Add ${all.length > 0 ? "another" : "a"} ${noun}?`;
    const more = all.length < min ||
      await prompter.confirm({ message, default: false });
    if (!more) break;
    all.push(await ask(all.length + 1));
  }
  return all;
}
