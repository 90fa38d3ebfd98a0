/**
 * When a person last wrote: some channels let an app write only for a day or so
 * after that. A message that was not stored or was deleted counts.
 *
 * @see https://developers.sinch.com/docs/conversation/channel-support/whatsapp/
 */
import type { ChannelIdentity } from "../contract/channels.ts";
import type { Store } from "../store/store.ts";

/** Reason code of a message outside the window. */
export const OUTSIDE_WINDOW = "OUTSIDE_ALLOWED_SENDING_WINDOW";

const HOUR_MS = 60 * 60 * 1000;

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

/** From when the person last wrote until `at`; `Infinity` for never. */
export function hoursSinceInbound(
  store: Store,
  appId: string,
  { channel, identity }: ChannelIdentity,
  at: number,
): number {
  const last = store.get<{ at: number }>(
    `SELECT at FROM last_inbound
     WHERE app_id = ? AND channel = ? AND identity = ?`,
    appId,
    channel,
    identity,
  );
  return last === undefined ? Infinity : Math.max(0, at - last.at) / HOUR_MS;
}
