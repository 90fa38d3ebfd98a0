/**
 * Questions with typed answers. What an option refuses is refused here, by the
 * same check.
 */
import { type Check, text } from "../../options/checks.ts";
import { Failure } from "../../errors.ts";
import { LANGUAGE, TEXT, URL_TYPE } from "../../options/kinds.ts";
import type { SendOptions } from "../../options/send.ts";
import { LATITUDE, LONGITUDE } from "../../options/coordinates.ts";
import { PARAMETERS } from "../../options/send_kinds.ts";
import type { Prompter } from "../prompter.ts";

interface Field<T> {
  label: string;
  hint?: string;
  kind: { check: Check<T, string> };
}

/** The options that are asked for with one question each. */
const FIELDS = {
  message: { label: "Text", kind: TEXT },
  media: { label: "Media URL", hint: "public http(s) URL", kind: URL_TYPE },
  caption: {
    label: "Caption",
    hint: "sent as a card with the media",
    kind: TEXT,
  },
  template: {
    label: "Template",
    hint: "template ID; on WhatsApp the template's name",
    kind: TEXT,
  },
  language: { label: "Language", hint: "such as en-US", kind: LANGUAGE },
  params: {
    label: "Parameters",
    hint: 'JSON, such as {"name":"Alice"}',
    kind: PARAMETERS,
  },
  lat: { label: "Latitude", hint: "-90 to 90", kind: LATITUDE },
  lng: { label: "Longitude", hint: "-180 to 180", kind: LONGITUDE },
  name: { label: "Place name", hint: "shown as the title", kind: TEXT },
  title: { label: "Title", kind: TEXT },
  description: { label: "Description", kind: TEXT },
  menu: { label: "Menu button label", hint: "opens the list", kind: TEXT },
} satisfies {
  [Option in keyof SendOptions]?: Field<NonNullable<SendOptions[Option]>>;
};

type FieldOption = keyof typeof FIELDS;

/** Asks for those of these options that `draft` lacks, and puts them in. */
export async function fill(
  prompter: Prompter,
  draft: SendOptions,
  options: { [Option in FieldOption]?: "required" | "optional" },
): Promise<void> {
  for (const [name, need] of Object.entries(options)) {
    const option = name as FieldOption;
    if (draft[option] !== undefined) continue;
    const { label, hint, kind }: Field<unknown> = FIELDS[option];
    const ask = need === "required" ? askText<unknown> : askOptional<unknown>;
    const answer = await ask(prompter, {
      message: label,
      hint,
      check: kind.check,
    });
    Object.assign(draft, { [option]: answer });
  }
}

export interface Question<T> {
  message: string;
  hint?: string;
  default?: string;
  /**
   * The value of an answer; any text but a blank one without this.
   *
   * @throws {Failure} `usage` for an answer that is refused.
   */
  check?(answer: string, at: string): T | Promise<T>;
}

/** Asks for a value. */
export async function askText<T = string>(
  prompter: Prompter,
  question: Question<T>,
): Promise<T> {
  return (await askChecked(prompter, question, () => false))!;
}

/** Asks for a value; an empty answer is none. */
export function askOrEmpty<T = string>(
  prompter: Prompter,
  question: Question<T>,
): Promise<T | undefined> {
  return askChecked(prompter, question, (answer) => answer === "");
}

/** Asks for a value that is optional, and says so. */
export function askOptional<T = string>(
  prompter: Prompter,
  { hint, ...question }: Question<T>,
): Promise<T | undefined> {
  return askOrEmpty(prompter, {
    ...question,
    hint: hint ? `optional: ${hint}` : "optional",
  });
}

async function askChecked<T>(
  prompter: Prompter,
  { message, check = text() as Check<T, string>, ...rest }: Question<T>,
  isNone: (answer: string) => boolean,
): Promise<T | undefined> {
  const answer = await prompter.input({
    message,
    ...rest,
    check: (answer) =>
      isNone(answer) ? undefined : refusalOf(() => check(answer, message)),
  });
  // Checked again: an answer that is repeated after going back was not asked for.
  return isNone(answer) ? undefined : await check(answer, message);
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
 *
 * @param all Where each is put as soon as it is known.
 */
export async function several<T>(
  prompter: Prompter,
  { noun, min, max }: { noun: string; min: number; max: number },
  ask: (number: number) => Promise<T>,
  all: T[] = [],
): Promise<T[]> {
  while (all.length < max) {
    const message = `Add ${all.length > 0 ? "another" : "a"} ${noun}?`;
    const more = all.length < min ||
      await prompter.confirm({ message, default: false });
    if (!more) break;
    all.push(await ask(all.length + 1));
  }
  return all;
}
