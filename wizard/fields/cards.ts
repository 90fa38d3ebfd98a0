/** The fields of a card, alone or in a carousel. */
import { LIMITS } from "../../api/message_body.ts";
import type { SendOptions } from "../../options/send.ts";
import { cardOf } from "../../options/send_request.ts";
import { HEIGHT } from "../../options/send_kinds.ts";
import type { Prompter } from "../prompter.ts";
import { askChoices } from "./choices.ts";
import { fill, several } from "./questions.ts";

export async function askCard(
  prompter: Prompter,
  draft: SendOptions,
): Promise<void> {
  await fill(prompter, draft, { title: "optional" });
  await fill(prompter, draft, {
    // The API requires one of the two.
    description: draft.title === undefined ? "required" : "optional",
    media: "optional",
  });
  if (draft.media !== undefined) {
    draft.height ??= await prompter.select<SendOptions["height"]>({
      message: "Media height",
      choices: [
        { value: undefined, label: "Default of the channel" },
        ...HEIGHT.words.map((value) => ({ value, label: value })),
      ],
    });
  }
  await askChoices(prompter, draft, { min: 0, max: LIMITS.choices });
}

export async function askCarousel(
  prompter: Prompter,
  draft: SendOptions,
): Promise<void> {
  if (!draft.card) {
    draft.card = [];
    await several(prompter, { noun: "card", ...LIMITS.cards }, async (n) => {
      prompter.say(`Card ${n}`);
      const card: SendOptions = {};
      await askCard(prompter, card);
      return cardOf(card);
    }, draft.card);
  }
  await askChoices(prompter, draft, {
    noun: "choice below the cards",
    min: 0,
    max: LIMITS.outerChoices,
  });
}
