/** What each message type is asked for. */
import {
  LIMITS,
  MESSAGE_TYPES,
  type MessageType,
} from "../../api/message_body.ts";
import type { SendOptions } from "../../options/send.ts";
import type { WizardContext } from "../pick.ts";
import type { Prompter } from "../prompter.ts";
import { askCard, askCarousel } from "./cards.ts";
import { askChoices } from "./choices.ts";
import { askList } from "./list.ts";
import { fill } from "./questions.ts";
import { askTemplate } from "./template.ts";

/** Fills in what `draft` lacks of one type. */
type AskFields = (context: WizardContext, draft: SendOptions) => Promise<void>;

const TYPES: Record<MessageType, { label: string; ask: AskFields }> = {
  text: {
    label: "Text",
    ask: ({ prompter }, draft) =>
      fill(prompter, draft, { message: "required" }),
  },
  media: {
    label: "Media: image, video, audio or file",
    ask: ({ prompter }, draft) =>
      fill(prompter, draft, {
        media: "required",
        // A message with media is its caption.
        ...draft.message === undefined && { caption: "optional" },
      }),
  },
  template: { label: "Template: a predefined message", ask: askTemplate },
  card: {
    label: "Card: title, image and buttons",
    ask: ({ prompter }, draft) => askCard(prompter, draft),
  },
  carousel: {
    label: "Carousel: several cards side by side",
    ask: ({ prompter }, draft) => askCarousel(prompter, draft),
  },
  choice: {
    label: "Choice: text with buttons",
    async ask({ prompter }, draft) {
      await fill(prompter, draft, { message: "required" });
      await askChoices(prompter, draft, { min: 1, max: LIMITS.choices });
    },
  },
  location: {
    label: "Location: a place on the map",
    ask: ({ prompter }, draft) =>
      fill(prompter, draft, {
        lat: "required",
        lng: "required",
        name: "optional",
      }),
  },
  list: {
    label: "List: a menu of items",
    ask: ({ prompter }, draft) => askList(prompter, draft),
  },
};

export function askType(
  prompter: Prompter,
  types: readonly MessageType[] = MESSAGE_TYPES,
): Promise<MessageType> {
  return prompter.select({
    message: "Message type",
    choices: types.map((value) => ({ value, label: TYPES[value].label })),
  });
}

/** Asks for what `draft` lacks of a message of this type, and puts it in. */
export function askFields(
  type: MessageType,
  context: WizardContext,
  draft: SendOptions,
): Promise<void> {
  return TYPES[type].ask(context, draft);
}
