/** A callback that the sandbox has stored, and how it is shown. */
import { details } from "../../../output/details.ts";
import type { Style } from "../../../output/style.ts";
import { dueText, timeText } from "../../../output/time.ts";

export const CALLBACK_STATES = ["WAITING", "DELIVERED", "FAILED"] as const;

export interface Callback {
  id: string;
  create_time: string;
  app_id: string;
  /** `""` where a message named its `callback_url`. */
  webhook_id: string;
  target: string;
  trigger: string;
  status: typeof CALLBACK_STATES[number];
  tries: number;
  /** HTTP status of the last try; 0 and an error where there was none. */
  last_status: number;
  last_error: string;
  next_try: string | null;
  body: unknown;
}

/** What `GET /_sandbox/callbacks` answers. */
export interface CallbackPage {
  callbacks: Callback[];
  next_page_token: string;
}

/** Of the last try: `200`, or why there was no response. */
export function lastResponse(callback: Callback): string | undefined {
  if (callback.tries === 0) return undefined;
  return callback.last_error || String(callback.last_status);
}

export function callbackText(callback: Callback, style: Style): string {
  return details([
    ["ID", callback.id],
    ["Trigger", callback.trigger],
    ["Created", timeText(callback.create_time, style)],
    ["App", callback.app_id],
    ["Webhook", callback.webhook_id],
    ["Target", callback.target],
    ["Status", callback.status],
    ["Tries", String(callback.tries)],
    ["Last response", lastResponse(callback)],
    [
      "Next try",
      callback.next_try ? dueText(callback.next_try, style) : undefined,
    ],
    ["Body", JSON.stringify(callback.body, null, 2)],
  ], style);
}
