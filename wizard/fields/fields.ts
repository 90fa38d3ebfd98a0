/** What each message type is asked for. */
import { LIMITS, type MessageType } from "../../api/message_body.ts";
import type { SendOptions } from "../../options/send_options.ts";
import type { WizardContext } from "../pick.ts";
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

export const TYPES: Record<MessageType, { label: string; ask: AskFields }> = {
  text: {
    label: "Text",
    ask: ({ prompter }, given) =>
      fill(prompter, given, { message: "required" }),
  },
  media: {
    label: "Media: a picture, video, sound or file",
    ask: ({ prompter }, given) =>
      fill(prompter, given, {
        media: "required",
        // A message beside media is its caption.
        ...given.message === undefined && { caption: "optional" },
      }),
  },
  template: { label: "Template: a text prepared before", ask: askTemplate },
  card: {
    label: "Card: title, picture and buttons",
    ask: ({ prompter }, given) => askCard(prompter, given),
  },
  carousel: {
    label: "Carousel: several cards side by side",
    ask: ({ prompter }, given) => askCarousel(prompter, given),
  },
  choice: {
    label: "Choice: a text with buttons",
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
