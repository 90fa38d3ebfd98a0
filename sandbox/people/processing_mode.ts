/**
 * How an app's messages are handled: with contacts and conversations, or
 * dispatched without them.
 *
 * @see https://developers.sinch.com/docs/conversation/processing-modes/
 */
import type { AppRow } from "./apps.ts";

export const CONVERSATION_SOURCE = "CONVERSATION_SOURCE";
export const DISPATCH_SOURCE = "DISPATCH_SOURCE";
/** Source of messages in no list: dispatched ones of an app that keeps none. */
export const NOT_KEPT = "";

/** Whether a send by this app is handled without contacts and conversations. */
export function isDispatched(
  app: AppRow,
  { processing_strategy }: { processing_strategy?: string | null },
): boolean {
  return processing_strategy === "DISPATCH_ONLY" ||
    app.processing_mode === "DISPATCH";
}

/** Whether the app is in DISPATCH mode and keeps messages. */
export function keepsDispatched(app: AppRow): boolean {
  return app.processing_mode === "DISPATCH" && app.dispatch_ttl_days > 0;
}

/** The source of an app's messages and events. */
export function sourceOf(app: AppRow, dispatched: boolean): string {
  if (!dispatched) return CONVERSATION_SOURCE;
  return app.dispatch_ttl_days > 0 ? DISPATCH_SOURCE : NOT_KEPT;
}

/** The mode that messages and events of a source are shown with. */
export function modeOf(source: string): AppRow["processing_mode"] {
  return source === CONVERSATION_SOURCE ? "CONVERSATION" : "DISPATCH";
}
