/** The choices of a message in order. */
import {
  type Choice,
  type ContentHolder,
  labelOf,
} from "../../channels/message.ts";
import type { AppMessage } from "./message_content.ts";

/** A choice that a contact can tap. */
export interface Tap {
  title: string;
  /** The postback data, or its documented default. */
  data: string;
}

/** What can be tapped in a message, in its order. */
export function choicesOf(message: AppMessage, messageId: string): Tap[] {
  const holders = [
    message,
    ...Object.values(message.explicit_channel_omni_message ?? {}),
  ];
  return holders.flatMap(tappable).map(({ title, data }) => ({
    title,
    data: data || `${messageId}_${title}`,
  }));
}

type Given = { title: string; data?: string | null };

function tappable(holder: ContentHolder): Given[] {
  const { card_message, carousel_message, choice_message, list_message } =
    holder;
  return [
    ...card_message?.choices ?? [],
    ...carousel_message?.cards.flatMap(({ choices }) => choices ?? []) ?? [],
    ...carousel_message?.choices ?? [],
    ...choice_message?.choices ?? [],
  ].map(given).concat(
    (list_message?.sections ?? []).flatMap(({ items }) => items)
      .flatMap(({ choice }) =>
        choice ? [{ title: choice.title, data: choice.postback_data }] : []
      ),
  );
}

function given(choice: Choice): Given {
  return { title: labelOf(choice), data: choice.postback_data };
}
