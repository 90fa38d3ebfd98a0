/** The fields of a card, alone or in a carousel. */
import { LIMITS } from "../../api/message_body.ts";
import type { SendOptions } from "../../options/send_options.ts";
import { messageBody } from "../../options/send_request.ts";
import type { Prompter } from "../prompter.ts";
import { askChoices } from "./choices.ts";
import { fill, several } from "./questions.ts";

export async function askCard(
  prompter: Prompter,
  given: SendOptions,
): Promise<SendOptions> {
  const titled = await fill(prompter, given, { title: "optional" });
  const card = await fill(prompter, titled, {
    // The API wants one of the two.
    description: titled.title === undefined ? "required" : "optional",
    media: "optional",
  });
  if (card.media !== undefined) {
    card.height ??= await prompter.select<string | undefined>({
      message: "Height of the media",
      choices: [
        { value: undefined, label: "as the channel likes" },
        ...["SHORT", "MEDIUM", "TALL"].map((value) => ({
          value,
          label: value,
        })),
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
        return cardJson(await askCard(prompter, { type: "card" }));
      }),
    choice: given.choice ?? await askChoices(prompter, {
      noun: "choice below all cards",
      min: 0,
      max: LIMITS.outerChoices,
    }),
  };
}

function cardJson(options: SendOptions): string {
  const message = messageBody(options) as { card_message: unknown };
  return JSON.stringify(message.card_message);
}
