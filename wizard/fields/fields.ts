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

/** Fills in what `given` lacks of one type. */
type AskFields = (
  context: WizardContext,
  given: SendOptions,
) => Promise<SendOptions>;

const TYPES: Record<MessageType, { label: string; ask: AskFields }> = {
  text: {
    label: "Text",
    ask: ({ prompter }, given) =>
      fill(prompter, given, { message: "required" }),
  },
  media: {
    label: "Media: image, video, audio or file",
    ask: ({ prompter }, given) =>
      fill(prompter, given, {
        media: "required",
        // A message with media is its caption.
        ...given.message === undefined && { caption: "optional" },
      }),
  },
  template: { label: "Template: a predefined message", ask: askTemplate },
  card: {
    label: "Card: title, image and buttons",
    ask: ({ prompter }, given) => askCard(prompter, given),
  },
  carousel: {
    label: "Carousel: several cards side by side",
    ask: ({ prompter }, given) => askCarousel(prompter, given),
  },
  choice: {
    label: "Choice: text with buttons",
    async ask({ prompter }, given) {
      const asked = await fill(prompter, given, { message: "required" });
      const limits = { min: 1, max: LIMITS.choices };
      return {
        ...asked,
        choice: asked.choice ?? await askChoices(prompter, limits),
      };
    },
  },
  location: {
    label: "Location: a place on the map",
    ask: ({ prompter }, given) =>
      fill(prompter, given, {
        lat: "required",
        lng: "required",
        name: "optional",
      }),
  },
  list: {
    label: "List: a menu of items",
    ask: ({ prompter }, given) => askList(prompter, given),
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

/** Asks for what `given` lacks of a message of this type. */
export function askFields(
  type: MessageType,
  context: WizardContext,
  given: SendOptions,
): Promise<SendOptions> {
  return TYPES[type].ask(context, given);
}
