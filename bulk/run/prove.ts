/** Proves with the messages that Sinch lists that no row of a run went twice. */
import { getApp } from "../../api/apps.ts";
import {
  listMessages,
  type Message,
  MESSAGE_PAGE_SIZE,
  type MessagePage,
} from "../../api/messages.ts";
import { pages } from "../../api/pages.ts";
import { Failure } from "../../errors.ts";
import type { RunJournal } from "./journal.ts";
import { rowOf } from "./mark.ts";
import { type Settling, sourceOf } from "./settle.ts";

export interface Proof {
  /** Messages of the run that Sinch lists. */
  listed: number;
  /** Rows with more than one message, and how many they have. */
  twice: { row: number; messages: number }[];
  /** Accepted rows without a listed message: deleted since, or no longer kept. */
  missing: number;
  /** Listed messages of rows that are not accepted in the journal. */
  surprising: number;
}

/** Clocks differ, and a row that was lost may be listed late. */
const MARGIN_MS = 15 * 60_000;

/** @throws {Failure} api: the app keeps no messages. */
export async function prove(
  journal: RunJournal,
  { read }: Pick<Settling, "read">,
): Promise<Proof> {
  const { id, appId } = journal.facts;
  const source = sourceOf(await read(getApp(appId)));
  if (!source) {
    throw new Failure(
      "api",
      "Nothing can be proved: the app is in DISPATCH mode and keeps no messages (retention 0 days)",
      { hint: "The journal alone says what was accepted: omit --prove." },
    );
  }
  const messages = new Map<number, number>();
  const between = journal.sentBetween();
  if (between) {
    const filter = {
      app_id: appId,
      direction: "TO_CONTACT",
      start_time: new Date(between.first - MARGIN_MS).toISOString(),
      end_time: new Date(between.last + MARGIN_MS).toISOString(),
      messages_source: source,
    };
    const all = pages<MessagePage, Message>({
      read,
      request: (page) => listMessages(filter, page),
      rows: (answer) => answer.messages,
      pageSize: MESSAGE_PAGE_SIZE,
      limit: Infinity,
    });
    for await (const { rows } of all) {
      for (const { metadata = "" } of rows) {
        const row = rowOf(metadata, id);
        if (row !== undefined) messages.set(row, (messages.get(row) ?? 0) + 1);
      }
    }
  }
  const proof: Proof = { listed: 0, twice: [], missing: 0, surprising: 0 };
  for (const count of messages.values()) proof.listed += count;
  for (const { row, state } of journal.report()) {
    const count = messages.get(row) ?? 0;
    if (count > 1) proof.twice.push({ row, messages: count });
    if (state === "accepted" && count === 0) proof.missing++;
    if (state !== "accepted" && count > 0) proof.surprising++;
  }
  return proof;
}
