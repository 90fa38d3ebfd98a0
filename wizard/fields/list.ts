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
  given: SendOptions,
): Promise<SendOptions> {
  const list = await fill(prompter, given, {
    title: "required",
    description: "optional",
    menu: "optional",
  });
  if (list.section || list.item) return list;
  return { ...list, section: await askSections(prompter) };
}

function askSections(prompter: Prompter): Promise<ListSection[]> {
  return several(
    prompter,
    { noun: "section", min: 1, max: MAX_SECTIONS },
    async (number) => {
      const title = await askOptional(prompter, {
        message: `Section ${number} title`,
      });
      const items = await several(
        prompter,
        { noun: "item", min: 1, max: MAX_ITEMS },
        (number) => askItem(prompter, number),
      );
      return { title, items };
    },
  );
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
