/** Acting for the person whose phone the sandbox stands for. */
import { done } from "../../output/details.ts";
import type { View } from "../../output/view.ts";
import type { Context } from "../context.ts";
import { askSandbox } from "./control.ts";

/** What `POST /_sandbox/inbound` takes. */
export interface Inbound {
  app_id?: string;
  from: {
    message_id?: string;
    contact_id?: string;
    channel_identity?: { channel: string; identity: string };
  };
  contact_message?: Record<string, unknown>;
  choice?: string;
}

/**
 * Has the sandbox receive a message.
 *
 * @throws {Failure} `not_found`, `api`
 */
export async function receive(
  context: Context,
  inbound: Inbound,
): Promise<View> {
  const answer = await askSandbox(context, "POST", "inbound", inbound);
  return {
    json: answer,
    text: (style) => done(`Message ${answer.message_id} received`, style),
  };
}
