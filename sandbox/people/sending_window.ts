/**
 * When a person last wrote to an app. WhatsApp lets an app write freely for a
 * day from then on, whether or not the message is kept.
 *
 * @see https://developers.sinch.com/docs/conversation/channel-support/whatsapp/
 */
import type { ChannelIdentity } from "../contract/channels.ts";
import type { Store } from "../store/store.ts";

const WINDOW_MS = 24 * 60 * 60 * 1000;

/** The person writes, now. */
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
