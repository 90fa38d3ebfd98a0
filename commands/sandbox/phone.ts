/** Acting for the person whose phone the running sandbox stands for. */
import { Failure } from "../../errors.ts";
import { done } from "../../output/details.ts";
import type { View } from "../../output/view.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { requireRunning } from "./running.ts";

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
 * Has the running sandbox receive a message.
 *
 * @throws {Failure} `network` when none is running, `not_found`, `api`
 */
export async function receive(
  runtime: Runtime,
  inbound: Inbound,
): Promise<View> {
  const running = await requireRunning(runtime);
  const key = btoa(`${running.key_id}:${running.key_secret}`);
  const response = await runtime.fetch(`${running.url}/_sandbox/inbound`, {
    method: "POST",
    headers: {
      authorization: `Basic ${key}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(inbound),
    signal: AbortSignal.timeout(10_000),
  });
  const answer = await response.json();
  if (!response.ok) throw refusal(response.status, answer.error);
  return {
    json: answer,
    text: (style) => done(`Message ${answer.message_id} received`, style),
  };
}

function refusal(
  status: number,
  error: {
    message: string;
    status: string;
    details: { field_violations?: { field: string; description: string }[] }[];
  },
): Failure {
  const fields = error.details.flatMap((one) => one.field_violations ?? []);
  return new Failure(status === 404 ? "not_found" : "api", error.message, {
    code: error.status,
    status,
    fields,
  });
}
