/** Freezes the rows of a new run, and tells it from earlier ones by its content. */
import { createHash } from "node:crypto";
import type { FrozenRow, RunJournal } from "./journal.ts";
import type { Runs } from "./runs.ts";

const ROWS_AT_ONCE = 500;
const MASK = (1n << 128n) - 1n;

/**
 * Writes all rows into the journal. They may come from a file of any size: some
 * hundred are in memory at a time.
 */
export async function freeze(
  journal: RunJournal,
  rows: AsyncIterable<FrozenRow> | Iterable<FrozenRow>,
): Promise<void> {
  // A sum does not depend on the order of the rows.
  let sum = 0n;
  let batch: FrozenRow[] = [];
  for await (const row of rows) {
    sum = (sum + digest(row)) & MASK;
    batch.push(row);
    if (batch.length < ROWS_AT_ONCE) continue;
    journal.add(batch);
    batch = [];
  }
  journal.add(batch);
  journal.freeze(sum.toString(16));
}

/** The people and what they get: not when, nor by which settings. */
function digest({ body: { app_id, recipient, message } }: FrozenRow): bigint {
  const text = JSON.stringify([app_id, recipient, message]);
  const hex = createHash("sha256").update(text).digest("hex");
  return BigInt(`0x${hex.slice(0, 32)}`);
}

/** A run with the same people and messages. */
export interface Earlier {
  id: string;
  createdAt: number;
  accepted: number;
  /** Rows that resuming it would send or look up. */
  open: number;
}

/**
 * The newest run that was begun with the same content. One that ended before it
 * began is removed: resumed later, it would send everything a second time.
 */
export async function earlierRun(
  runs: Runs,
  { facts: { id: own, projectId, api }, fingerprint }: RunJournal,
): Promise<Earlier | undefined> {
  for (const id of await runs.ids()) {
    if (id === own) continue;
    using journal = runs.open(id);
    const { facts, counts } = journal;
    if (
      journal.fingerprint !== fingerprint || journal.isCancelled ||
      facts.projectId !== projectId || facts.api !== api
    ) continue;
    if (!journal.isBegun) {
      journal[Symbol.dispose]();
      if (!await runs.isLive(id)) await runs.remove(id);
      continue;
    }
    return {
      id,
      createdAt: facts.createdAt,
      accepted: counts.accepted,
      open: counts.planned + counts.sending + counts.unknown,
    };
  }
  return undefined;
}
