/**
 * DISPATCH mode has no conversations: the metadata of a send is stored for the
 * identity, and returned with its later messages.
 *
 * @see https://developers.sinch.com/docs/conversation/processing-modes/
 */
import type { ChannelIdentity } from "../contract/channels.ts";
import type { JsonObject } from "../contract/checks.ts";
import type { Store } from "../store/store.ts";

export interface DispatchMetadata {
  /** JSON text; `null` if there was none. */
  metadata_json: string;
  correlation_id: string;
}

/** Stores the metadata of a send; fields that it lacks stay as they are. */
export function keepDispatchMetadata(
  store: Store,
  appId: string,
  { channel, identity }: Pick<ChannelIdentity, "channel" | "identity">,
  metadata: JsonObject | null | undefined,
  correlationId: string | null | undefined,
): void {
  const kept = findDispatchMetadata(store, appId, { channel, identity });
  store.run(
    "INSERT OR REPLACE INTO dispatch_metadata VALUES (?, ?, ?, ?, ?)",
    appId,
    channel,
    identity,
    metadata ? JSON.stringify(metadata) : kept?.metadata_json ?? "null",
    correlationId ?? kept?.correlation_id ?? "",
  );
}

export function findDispatchMetadata(
  store: Store,
  appId: string,
  { channel, identity }: Pick<ChannelIdentity, "channel" | "identity">,
): DispatchMetadata | undefined {
  return store.get(
    `SELECT metadata_json, correlation_id FROM dispatch_metadata
     WHERE app_id = ? AND channel = ? AND identity = ?`,
    appId,
    channel,
    identity,
  );
}
