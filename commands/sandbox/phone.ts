/** Acting for the person whose phone the sandbox stands for. */
import { done } from "../../output/details.ts";
import type { View } from "../../output/view.ts";
import type { Context } from "../context.ts";
import { askSandbox } from "./control.ts";

/** What a person does: one of these. */
export interface Deed {
  contact_message?: Record<string, unknown>;
  contact_event?: Record<string, unknown>;
  contact_message_event?: Record<string, unknown>;
  /** Taps it. */
  choice?: string;
}

/** What `POST /_sandbox/inbound` takes. */
export interface Inbound extends Deed {
  app_id?: string;
  from: {
    message_id?: string;
    contact_id?: string;
    channel_identity?: { channel: string; identity: string };
  };
}

/**
 * Has the sandbox receive a message or an event.
 *
 * @throws {Failure} `not_found`, `api`
 */
export async function receive(
  context: Context,
  inbound: Inbound,
): Promise<View> {
  const answer = await askSandbox(context, "POST", "inbound", inbound);
  const what = answer.event_id
    ? `Event ${answer.event_id}`
    : `Message ${answer.message_id}`;
  return {
    json: answer,
    text: (style) => done(`${what} received`, style),
  };
}
