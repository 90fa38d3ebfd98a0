/**
 * Whose messages they are. Sends do not keep this index: it is brought up to
 * date in one go, before somebody reads it and every few seconds, which costs a
 * message a quarter of what keeping it would (`deno task bench load`).
 */
import type { Store } from "../store/store.ts";

/** The person that an identity stands for; a contact stands under its id. */
export function personOf(identity: string): string {
  // No contact's id begins so.
  return `@${identity}`;
}

/** The condition on messages to be the contact's; its value is the contact's id. */
export const OF_CONTACT =
  "id IN (SELECT id FROM message_people WHERE person = ?)";

/** Whether messages have arrived that the index lacks. */
export function isBehind(store: Store): boolean {
  return store.get(
    `SELECT 1 FROM messages
     WHERE seq > (SELECT seq FROM message_people_until) LIMIT 1`,
  ) !== undefined;
}

/** Takes in what the index lacks, if anything; part of a change. */
export function catchUp(store: Store): void {
  if (!isBehind(store)) return;
  // In the order of the index: each of its pages is touched once.
  store.run(
    `INSERT OR IGNORE INTO message_people
     SELECT contact_id AS person, id FROM messages
       WHERE seq > (SELECT seq FROM message_people_until) AND contact_id <> ''
     UNION ALL
     SELECT '@' || identity, id FROM messages
       WHERE seq > (SELECT seq FROM message_people_until)
     ORDER BY person, id`,
  );
  store.run(
    `UPDATE message_people_until
     SET seq = coalesce((SELECT max(seq) FROM messages), 0)`,
  );
}
