/** What a contact does, as the sandbox receives it. */
import { done } from "../../output/details.ts";
import type { View } from "../../output/view.ts";
import type { Context } from "../context.ts";
import { askSandbox } from "./control.ts";

export type ContactContent =
  | { text_message: { text: string } }
  | { media_message: { url: string } }
  | { media_card_message: { url: string; caption: string } }
  | {
    location_message: {
      title: string;
      coordinates: { latitude: number; longitude: number };
    };
  };

/** @see https://developers.sinch.com/docs/conversation/callbacks/ (inbound) */
export type ContactAction =
  | {
    contact_message: ContactContent & { reply_to?: { message_id: string } };
  }
  | {
    contact_event:
      | { composing_event: Record<never, never> }
      | { composing_end_event: Record<never, never> };
  }
  | {
    contact_message_event: {
      reaction_event: {
        /** `""` for a reaction that is removed. */
        emoji: string;
        action: "REACTION_ACTION_REACT" | "REACTION_ACTION_UNREACT";
        message_id: string;
      };
    };
  }
  /** Taps it: a title, postback data, or a number from 1. */
  | { choice: string };

/** What `POST /_sandbox/inbound` takes. */
type Inbound = ContactAction & {
  app_id?: string;
  from:
    | { message_id: string }
    | { contact_id: string }
    | { channel_identity: { channel: string; identity: string } };
};

/** @throws {Failure} `not_found`, `api` */
export async function receive(
  context: Context,
  inbound: Inbound,
): Promise<View> {
  const answer = await askSandbox<{ message_id?: string; event_id?: string }>(
    context,
    { method: "POST", path: "inbound", body: inbound },
  );
  const { message_id, event_id } = answer;
  const what = event_id ? `Event ${event_id}` : `Message ${message_id}`;
  return {
    json: answer,
    text: (style) => done(`${what} received`, style),
  };
}
