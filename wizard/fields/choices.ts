/** The buttons of a card, carousel or choice message. */
import { httpUrl } from "../../options/checks.ts";
import type { Choice } from "../../api/message_body.ts";
import { checkEventEnd, checkTime } from "../../options/message.ts";
import { parsePhoneNumber } from "../../options/phone_number.ts";
import { LATITUDE, LONGITUDE } from "../../options/coordinates.ts";
import type { Prompter } from "../prompter.ts";
import { askOptional, askText, several } from "./questions.ts";

/** Asks for choices, and puts them into `draft` one by one. */
export async function askChoices(
  prompter: Prompter,
  draft: { choice?: Choice[] },
  limits: { min: number; max: number; noun?: string },
): Promise<void> {
  if (draft.choice) return;
  draft.choice = [];
  await several(
    prompter,
    { noun: "choice", ...limits },
    (number) => askChoice(prompter, number),
    draft.choice,
  );
  if (draft.choice.length === 0) delete draft.choice;
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
    postback_data: await askPostback(prompter),
  })],
  ["Link", async (prompter) => ({
    url_message: {
      title: await label(prompter),
      url: await url(prompter, "URL"),
    },
  })],
  ["Call", async (prompter) => ({
    call_message: {
      title: await label(prompter),
      phone_number: await askText(prompter, {
        message: "Phone number",
        check: parsePhoneNumber,
      }),
    },
  })],
  ["Location", async (prompter) => ({
    location_message: {
      title: await label(prompter),
      coordinates: {
        latitude: await askText(prompter, {
          message: "Latitude",
          check: LATITUDE.check,
        }),
        longitude: await askText(prompter, {
          message: "Longitude",
          check: LONGITUDE.check,
        }),
      },
    },
  })],
  ["Share location: ask where the recipient is", async (prompter) => ({
    share_location_message: {
      title: await label(prompter),
      fallback_url: await url(prompter, FALLBACK_URL),
    },
  })],
  ["Calendar event", async (prompter) => {
    const title = await label(prompter);
    const event_title = await askText(prompter, { message: "Event title" });
    const event_start = await time(prompter, "Start", checkTime);
    return {
      calendar_message: {
        title,
        event_title,
        event_start,
        event_end: await time(prompter, "End", checkEventEnd(event_start)),
        fallback_url: await url(prompter, FALLBACK_URL),
      },
    };
  }],
];

const FALLBACK_URL = "Fallback URL";

/** Asks what the webhook gets when the button or item is tapped. */
export function askPostback(prompter: Prompter): Promise<string | undefined> {
  return askOptional(prompter, {
    message: "Postback data",
    hint: "returned to your webhook when tapped",
  });
}

function label(prompter: Prompter): Promise<string> {
  return askText(prompter, { message: "Label" });
}

function url(prompter: Prompter, message: string): Promise<string> {
  return askText(prompter, { message, check: httpUrl });
}

function time(
  prompter: Prompter,
  message: string,
  check: typeof checkTime,
): Promise<string> {
  return askText(prompter, {
    message,
    hint: "such as 2026-03-01T10:00:00Z",
    check,
  });
}
