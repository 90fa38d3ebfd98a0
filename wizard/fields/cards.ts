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
  given: SendOptions,
): Promise<SendOptions> {
  const titled = await fill(prompter, given, { title: "optional" });
  const card = await fill(prompter, titled, {
    // The API requires one of the two.
    description: titled.title === undefined ? "required" : "optional",
    media: "optional",
  });
  if (card.media !== undefined) {
    card.height ??= await prompter.select<SendOptions["height"]>({
      message: "Media height",
      choices: [
        { value: undefined, label: "Default of the channel" },
        ...HEIGHT.words.map((value) => ({ value, label: value })),
      ],
    });
  }
  card.choice ??= await askChoices(prompter, { min: 0, max: LIMITS.choices });
  return card;
}

export async function askCarousel(
  prompter: Prompter,
  given: SendOptions,
): Promise<SendOptions> {
  return {
    ...given,
    card: given.card ??
      await several(prompter, { noun: "card", ...LIMITS.cards }, async (n) => {
        prompter.say(`Card ${n}`);
        return cardOf(await askCard(prompter, {}));
      }),
    choice: given.choice ?? await askChoices(prompter, {
      noun: "choice below the cards",
      min: 0,
      max: LIMITS.outerChoices,
    }),
  };
}
