/**
 * Settles rows of which it is not known whether they were accepted: the messages
 * that Sinch keeps of a person carry the run and the row in their metadata.
 */
import { type App, getApp } from "../../api/apps.ts";
import {
  listMessages,
  type Message,
  MESSAGE_PAGE_SIZE,
  type MessagePage,
  type MessagesSource,
} from "../../api/messages.ts";
import { pages } from "../../api/pages.ts";
import type { ApiRequest } from "../../api/http/request.ts";
import type { Clock } from "../../runtime/runtime.ts";
import type { RunJournal, UnknownRow } from "./journal.ts";
import { rowOf } from "./mark.ts";

export interface Settling {
  read<T>(request: ApiRequest<T>): Promise<T>;
  clock: Clock;
  signal?: AbortSignal;
}

/** What was learned of the unknown rows. */
export interface Found {
  /** Rows that Sinch has: they are accepted now. */
  accepted: number;
  /** Rows that Sinch does not list. */
  absent: number;
  /** Why nothing can be learned, where that is so; no row was looked up. */
  blind?: string;
}

/** Clocks differ: this much before and after the time of a send. */
const MARGIN_MS = 15 * 60_000;
/** A message may be listed this long after it was accepted. */
const LISTED_AFTER_MS = 3000;
const AT_ONCE = 10;

/** Looks up every unknown row, and keeps what was found. */
export async function settleUnknown(
  journal: RunJournal,
  settling: Settling,
): Promise<Found> {
  const found: Found = { accepted: 0, absent: 0 };
  if (journal.counts.unknown === 0) return found;
  const app = await settling.read(getApp(journal.facts.appId));
  const source = sourceOf(app);
  if (!source) {
    return {
      ...found,
      absent: journal.counts.unknown,
      blind:
        "The app is in DISPATCH mode and keeps no messages (retention 0 days)",
    };
  }
  let after = 0;
  for (;;) {
    const rows = journal.unknown(after, AT_ONCE);
    if (rows.length === 0) return found;
    await waitUntilListed(rows, settling);
    const ids = await Promise.all(
      rows.map((row) => look(row, journal.facts, source, settling)),
    );
    for (const [at, { row }] of rows.entries()) {
      const message = ids[at];
      if (!message) found.absent++;
      else {
        found.accepted++;
        await journal.settle(row, "unknown", {
          state: "accepted",
          messageId: message.id,
          at: Date.parse(message.accept_time ?? "") || rows[at]!.at,
        });
      }
    }
    after = rows.at(-1)!.row;
  }
}

/** Where the messages of an app are kept; `undefined` where none are. */
export function sourceOf(
  { processing_mode, dispatch_retention_policy }: App,
): MessagesSource | undefined {
  if (processing_mode !== "DISPATCH") return "CONVERSATION_SOURCE";
  return Number(dispatch_retention_policy?.ttl_days ?? 0) > 0
    ? "DISPATCH_SOURCE"
    : undefined;
}

async function waitUntilListed(
  rows: readonly UnknownRow[],
  { clock, signal }: Settling,
): Promise<void> {
  const last = Math.max(...rows.map(({ at }) => at));
  const wait = last + LISTED_AFTER_MS - clock.now();
  if (wait > 0) await clock.sleep(Math.min(wait, LISTED_AFTER_MS), signal);
}

async function look(
  { row, body: { recipient }, at }: UnknownRow,
  { id, appId }: RunJournal["facts"],
  messages_source: MessagesSource,
  { read }: Settling,
): Promise<Message | undefined> {
  const person = "contact_id" in recipient
    ? { contact_id: recipient.contact_id }
    // Numbers come back without their plus.
    : {
      channel_identity: recipient.identified_by.channel_identities[0]!.identity
        .replace(/^\+/, ""),
    };
  const filter = {
    app_id: appId,
    ...person,
    direction: "TO_CONTACT",
    start_time: new Date(at - MARGIN_MS).toISOString(),
    end_time: new Date(at + MARGIN_MS).toISOString(),
    messages_source,
  };
  const all = pages<MessagePage, Message>({
    read,
    request: (page) => listMessages(filter, page),
    rows: (answer) => answer.messages,
    pageSize: MESSAGE_PAGE_SIZE,
    limit: Infinity,
  });
  for await (const { rows } of all) {
    const found = rows.find(({ metadata = "" }) => rowOf(metadata, id) === row);
    if (found) return found;
  }
  return undefined;
}
