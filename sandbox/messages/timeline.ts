/** When the next step of a sent message or event is due (see delivery/). */
import { listeners } from "../callbacks/outbox.ts";
import type { Trigger } from "../callbacks/triggers.ts";
import type { ChannelIdentity } from "../contract/channels.ts";
import type { AppRow } from "../people/apps.ts";
import { mayFail } from "../rules/matching.ts";
import type { Store } from "../store/store.ts";

export type Step =
  | "SUBMIT"
  | "DELIVER"
  | "REFUSE"
  | "READ"
  | "TIME_OUT"
  | "GIVE_UP";

export interface Entry {
  /** Epoch milliseconds. */
  due: number;
  /** Of the message or event. */
  id: string;
  step: Step;
  /** Index of the current candidate of the delivery. */
  candidate: number;
  /** Reason code of a step that fails, otherwise `""`. */
  reason: string;
}

export function schedule(store: Store, entry: Entry): void {
  store.run(
    "INSERT INTO timeline VALUES (?, ?, ?, ?, ?)",
    entry.due,
    entry.id,
    entry.step,
    entry.candidate,
    entry.reason,
  );
}

export function unschedule(store: Store, { due, id }: Entry): void {
  store.run("DELETE FROM timeline WHERE due = ? AND id = ?", due, id);
}

export function dueEntries(store: Store, limit: number): Entry[] {
  return store.all(
    "SELECT * FROM timeline WHERE due <= ? ORDER BY due, id LIMIT ?",
    store.now(),
    limit,
  );
}

/** The next step of a message or event, if there is one. */
export function entryOf(store: Store, id: string): Entry | undefined {
  // Not indexed: only `sinch sandbox show` needs it.
  return store.get("SELECT * FROM timeline WHERE id = ?", id);
}

/**
 * When the next step or callback is due.
 *
 * @param after ignores what is due until then (epoch milliseconds)
 */
export function nextDue(store: Store, after = -1): number | undefined {
  const { due } = store.get<{ due: number | null }>(
    `SELECT min(due) AS due FROM (
       SELECT min(due) AS due FROM timeline WHERE due > ?1 UNION ALL
       SELECT min(due) FROM callbacks WHERE due > ?1 AND id IN
         (SELECT min(id) FROM callbacks WHERE status = 'WAITING' GROUP BY lane))`,
    after,
  )!;
  return due ?? undefined;
}

/**
 * Starts the delivery of a stored message or event, if a webhook or its
 * `callback_url` receives reports, or if it may end on another channel.
 */
export function startDelivery(
  store: Store,
  app: AppRow,
  id: string,
  { callback_url, candidates }: {
    callback_url?: string | null;
    candidates?: ChannelIdentity[];
  },
  ...triggers: Trigger[]
): void {
  const isHeard = callback_url ||
    listeners(store, app.id, ...triggers).length > 0;
  const mayMove = candidates && candidates.length > 1 || mayFail(store);
  if (!isHeard && !mayMove) return;
  schedule(store, {
    due: store.now(),
    id,
    step: "SUBMIT",
    candidate: 0,
    reason: "",
  });
}
