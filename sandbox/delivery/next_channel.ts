/** Which identity is tried after one that failed. */
import { type ChannelIdentity, hasPhoneNumbers } from "../contract/channels.ts";
import { findContact } from "../people/contacts.ts";
import type { Store } from "../store/store.ts";
import type { Sent } from "./sent.ts";

/** Moves what was sent to the next candidate; false if there is none. */
export function moveToNext(store: Store, sent: Sent): boolean {
  const { row, kind, candidate, candidates } = sent;
  const next = candidates[candidate + 1];
  if (!next) return false;
  store.run(
    `UPDATE ${kind}s SET channel = ?, identity = ?, identity_app_id = ?
     WHERE id = ?`,
    next.channel,
    next.identity,
    next.app_id,
    row.id,
  );
  return true;
}

/** Makes this channel the next candidate, if the recipient has it. */
export function planChannel(store: Store, sent: Sent, channel: string): void {
  const { kind, row, candidates, candidate } = sent;
  const tried = candidates.slice(0, candidate + 1);
  const left = candidates.slice(candidate + 1);
  const next = left.find((one) => one.channel === channel) ??
    identityOn(store, sent, channel);
  // A channel that failed is not tried again, or it would never end.
  if (!next || tried.some((one) => one.channel === channel)) return;
  const planned = [...tried, next, ...left.filter((one) => one !== next)];
  store.run(
    `UPDATE ${kind}s SET delivery = ? WHERE id = ?`,
    JSON.stringify({ ...sent.delivery, candidates: planned }),
    row.id,
  );
}

/** The contact's identity on a channel; a phone number is valid on all phone channels. */
function identityOn(
  store: Store,
  { row, identity }: Sent,
  channel: string,
): ChannelIdentity | undefined {
  const known = findContact(store, row.contact_id)?.channel_identities
    .find((one) =>
      one.channel === channel && ["", row.app_id].includes(one.app_id)
    );
  const isSamePhone = [channel, identity.channel].every(hasPhoneNumbers);
  return known ??
    (isSamePhone ? { ...identity, channel, app_id: "" } : undefined);
}
