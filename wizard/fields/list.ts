/** The fields of a list message: a menu of items, in sections. */
import type { ListItem, ListSection } from "../../api/message_body.ts";
import type { SendOptions } from "../../options/send.ts";
import type { Prompter } from "../prompter.ts";
import { askPostback } from "./choices.ts";
import { askOptional, askText, fill, several } from "./questions.ts";

/** WhatsApp's limits; the API leaves them to the channels. */
const MAX_SECTIONS = 10;
const MAX_ITEMS = 10;

export async function askList(
  prompter: Prompter,
  draft: SendOptions,
): Promise<void> {
  await fill(prompter, draft, {
    title: "required",
    description: "optional",
    menu: "optional",
  });
  if (draft.section || draft.item) return;
  draft.section = [];
  await several(
    prompter,
    { noun: "section", min: 1, max: MAX_SECTIONS },
    (number) => askSection(prompter, number),
    draft.section,
  );
}

async function askSection(
  prompter: Prompter,
  number: number,
): Promise<ListSection> {
  const title = await askOptional(prompter, {
    message: `Section ${number} title`,
  });
  const items = await several(
    prompter,
    { noun: "item", min: 1, max: MAX_ITEMS },
    (number) => askItem(prompter, number),
  );
  return { title, items };
}

async function askItem(prompter: Prompter, number: number): Promise<ListItem> {
  return {
    choice: {
      title: await askText(prompter, { message: `Item ${number}` }),
      description: await askOptional(prompter, { message: "Description" }),
      postback_data: await askPostback(prompter),
    },
  };
}
