/**
 * The 24-hour window: WhatsApp lets an app write freely for a day after a person
 * last wrote to it, even if that message was not stored or was deleted.
 *
 * @see https://developers.sinch.com/docs/conversation/channel-support/whatsapp/
 */
import type { ChannelIdentity } from "../contract/channels.ts";
import type { Store } from "../store/store.ts";

/** Reason code of a message outside the window. */
export const OUTSIDE_WINDOW = "OUTSIDE_ALLOWED_SENDING_WINDOW";

const WINDOW_MS = 24 * 60 * 60 * 1000;

/** Records that the person writes now. */
export function noteInbound(
  store: Store,
  appId: string,
  { channel, identity }: ChannelIdentity,
): void {
  store.run(
    "INSERT OR REPLACE INTO last_inbound VALUES (?, ?, ?, ?)",
    appId,
    channel,
    identity,
    store.now(),
  );
}

/** Whether the person wrote within the last 24 hours. */
export function isWindowOpen(
  store: Store,
  appId: string,
  { channel, identity }: ChannelIdentity,
): boolean {
  const last = store.get<{ at: number }>(
    `SELECT at FROM last_inbound
     WHERE app_id = ? AND channel = ? AND identity = ?`,
    appId,
    channel,
    identity,
  );
  return last !== undefined && store.now() - last.at < WINDOW_MS;
}
