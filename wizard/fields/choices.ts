/** The buttons of a card, carousel or choice message. */
import { httpUrl } from "../../api/checks.ts";
import { checkTime, type Choice } from "../../api/message_body.ts";
import { parsePhoneNumber } from "../../api/phone_number.ts";
import { valueOf } from "../../options/send_values.ts";
import type { Prompter } from "../prompter.ts";
import { askOptional, askText, several } from "./questions.ts";

/** Asks for choices, and returns them as `--choice` takes them, if there are any. */
export async function askChoices(
  prompter: Prompter,
  limits: { min: number; max: number; noun?: string },
): Promise<string[] | undefined> {
  const choices = await several(
    prompter,
    { noun: "choice", ...limits },
    async (number) => choiceText(await askChoice(prompter, number)),
  );
  return choices.length > 0 ? choices : undefined;
}

async function askChoice(prompter: Prompter, number: number): Promise<Choice> {
  const ask = await prompter.select({
    message: `Choice ${number}`,
    choices: KINDS.map(([label, value]) => ({ value, label })),
  });
  return await ask(prompter);
}

const KINDS: [string, (prompter: Prompter) => Promise<Choice>][] = [
  ["Reply", async (prompter) => ({
    text_message: { text: await label(prompter) },
    postback_data: await askOptional(prompter, {
      message: "Postback data",
      hint: "comes back to your webhook with the tap",
    }),
  })],
  ["Link", async (prompter) => ({
    url_message: {
      title: await label(prompter),
      url: await url(prompter, "Link"),
    },
  })],
  ["Call", async (prompter) => ({
    call_message: {
      title: await label(prompter),
      phone_number: await phoneNumber(prompter),
    },
  })],
  ["Location", async (prompter) => ({
    location_message: {
      title: await label(prompter),
      coordinates: {
        latitude: await coordinate(prompter, "lat", "Latitude"),
        longitude: await coordinate(prompter, "lng", "Longitude"),
      },
    },
  })],
  ["Ask for the location", async (prompter) => ({
    share_location_message: {
      title: await label(prompter),
      fallback_url: await url(prompter, "Link where that is not possible"),
    },
  })],
  ["Calendar entry", async (prompter) => ({
    calendar_message: {
      title: await label(prompter),
      event_title: await askText(prompter, { message: "Event" }),
      event_start: await time(prompter, "Start"),
      event_end: await time(prompter, "End"),
      fallback_url: await url(prompter, "Link where that is not possible"),
    },
  })],
];

function label(prompter: Prompter): Promise<string> {
  return askText(prompter, { message: "Label" });
}

function url(prompter: Prompter, message: string): Promise<string> {
  return askText(prompter, { message, check: httpUrl });
}

async function phoneNumber(prompter: Prompter): Promise<string> {
  const message = "Phone number";
  const typed = await askText(prompter, { message, check: parsePhoneNumber });
  return await parsePhoneNumber(typed, message);
}

function time(prompter: Prompter, message: string): Promise<string> {
  return askText(prompter, {
    message,
    hint: "such as 2026-03-01T10:00:00Z",
    check: checkTime,
  });
}

async function coordinate(
  prompter: Prompter,
  option: "lat" | "lng",
  message: string,
): Promise<number> {
  const check = (text: string) => valueOf(option, text, message);
  return check(await askText(prompter, { message, check }));
}

/** The short notation where it says everything, else JSON. */
function choiceText(choice: Choice): string {
  const [label, target] = shortened(choice);
  const short = choice.postback_data === undefined && PLAIN.test(label);
  if (!short) return JSON.stringify(choice);
  return target === undefined ? label : `${label}|${target}`;
}

/** No character that means something in the short notation. */
const PLAIN = /^[^{\\|]+$/;

function shortened(choice: Choice): [label: string, target?: string] {
  if ("text_message" in choice) return [choice.text_message.text];
  if ("url_message" in choice) {
    return [choice.url_message.title, choice.url_message.url];
  }
  if ("call_message" in choice) {
    const { title, phone_number } = choice.call_message;
    return [title, `tel:${phone_number}`];
  }
  return [""];
}
