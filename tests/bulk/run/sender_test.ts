/** No row twice and none forgotten, wherever a run is killed. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Outcome } from "../../../api/http/exchange.ts";
import type { ApiRequest } from "../../../api/http/request.ts";
import type { SendMessageBody } from "../../../api/messages.ts";
import { RunJournal } from "../../../bulk/run/journal.ts";
import { rowOf } from "../../../bulk/run/mark.ts";
import { Pace } from "../../../bulk/run/pace.ts";
import {
  type Ending,
  type Rows,
  type Sending,
  sendRows,
} from "../../../bulk/run/sender.ts";
import { Failure } from "../../../errors.ts";

const RUN = "20261126-k3v9xq2m";
const KINDS = [
  "accepted",
  "refused",
  "limited",
  "not_sent",
  "lost_before",
  "lost_after",
  "broken_before",
  "broken_after",
] as const;
type Kind = typeof KINDS[number];

/** What the process does no more after it was killed. */
class Killed extends Error {}

/** Time that passes only in sleeps. */
function fakeClock() {
  let now = 1_700_000_000_000;
  return {
    now: () => now,
    sleep(ms: number, signal?: AbortSignal) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      now += ms;
      return Promise.resolve();
    },
  };
}

function answer(status: number, body: unknown): Outcome {
  const text = JSON.stringify(body);
  return { kind: "answer", status, headers: new Headers(), text };
}

/** The API: counts what it accepted of each row. */
class Api {
  readonly accepted = new Map<number, number>();
  readonly bodies: SendMessageBody[] = [];

  constructor(private readonly next: () => Kind) {}

  readonly exchange = async (request: ApiRequest): Promise<Outcome> => {
    await Promise.resolve();
    const body = request.body as SendMessageBody;
    this.bodies.push(body);
    const row = rowOf(body.message_metadata!, RUN)!;
    const kind = this.next();
    if (["accepted", "lost_after", "broken_after"].includes(kind)) {
      this.accepted.set(row, (this.accepted.get(row) ?? 0) + 1);
    }
    switch (kind) {
      case "accepted":
        return answer(200, { message_id: `M${row}`, accepted_time: "" });
      case "refused":
        return answer(400, { error: { message: "no such number" } });
      case "limited":
        return answer(429, {});
      case "not_sent":
        return { kind, reason: "refused", hint: "" };
      case "broken_before":
      case "broken_after":
        return answer(503, {});
      default:
        return { kind: "lost", reason: "the connection was lost" };
    }
  };
}

function body(row: number): SendMessageBody {
  return {
    app_id: "A",
    recipient: {
      identified_by: {
        channel_identities: [{ channel: "SMS", identity: `+1555000${row}` }],
      },
    },
    message: { text_message: { text: `Hello ${row}` } },
  };
}

function newRun(path: string, rows: number): RunJournal {
  const journal = RunJournal.create(path, {
    id: RUN,
    source: "people.csv",
    columns: ["phone"],
    createdAt: 0,
    appId: "A",
    projectId: "P",
    api: "http://localhost",
  });
  journal.add(
    Array.from({ length: rows }, (_, at) => ({
      row: at + 2,
      recipient: `+1555000${at + 2}`,
      body: body(at + 2),
      input: [`+1555000${at + 2}`],
    })),
  );
  journal.freeze("f");
  return journal;
}

function sending(api: Api, changes: Partial<Sending> = {}): Sending {
  const clock = fakeClock();
  return {
    exchange: api.exchange,
    clock,
    pace: new Pace({ clock, random: () => 0.5 }),
    concurrency: 3,
    stop: new AbortController().signal,
    ...changes,
  };
}

async function withFile(use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(`${folder}/run.db`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The rows of a journal, killed at the wait with this number. */
function killedAt(journal: RunJournal, killAt: number) {
  let waits = 0;
  const step = () => {
    if (waits++ >= killAt) throw new Killed();
  };
  /** The process may be killed before the step, and after it. */
  const guarded = async <T>(run: () => Promise<T>): Promise<T> => {
    step();
    const value = await run();
    step();
    return value;
  };
  const rows: Rows = {
    facts: journal.facts,
    counts: journal.counts,
    claim: (now) => guarded(() => journal.claim(now)),
    settle: (row, from, settled) =>
      guarded(() => journal.settle(row, from, settled)),
    nextDue: () => journal.nextDue(),
  };
  return { rows, guarded };
}

Deno.test("property: killed at any wait, a run sends no row twice and forgets none", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.constantFrom(...KINDS), { maxLength: 30 }),
      fc.array(fc.nat(40), { maxLength: 6 }),
      fc.integer({ min: 1, max: 4 }),
      async (count, kinds, kills, concurrency) => {
        await withFile(async (path) => {
          newRun(path, count)[Symbol.dispose]();
          let at = 0;
          const api = new Api(() => kinds[at++] ?? "accepted");
          for (const killAt of [...kills, Infinity]) {
            using journal = RunJournal.open(path);
            journal.begin();
            const { rows, guarded } = killedAt(journal, killAt);
            const given = sending(api, { concurrency });
            const ending = await sendRows(rows, {
              ...given,
              exchange: (request) => guarded(() => given.exchange(request)),
            });
            if (ending.why === "failure") {
              assert(ending.failure instanceof Killed, `${ending.failure}`);
            } else assertEquals(ending.why, "done");
          }
          using journal = RunJournal.open(path);
          const { counts } = journal;
          assertEquals(counts.planned + counts.sending, 0);
          assertEquals(journal.rows, count);
          for (const { row, state, messageId } of journal.report()) {
            const times = api.accepted.get(row) ?? 0;
            assert(times <= 1, `row ${row} went ${times} times`);
            if (state === "accepted") assertEquals(times, 1);
            if (state === "refused") assertEquals(times, 0);
            assertEquals(
              messageId,
              state === "accepted" ? `M${row}` : undefined,
            );
          }
        });
      },
    ),
    { numRuns: 150 },
  );
});

/** Sends five rows with these answers, and tells how it ended. */
async function sent(
  kinds: Kind[],
  changes: Partial<Sending> = {},
  check: (journal: RunJournal, api: Api, ending: Ending) => void = () => {},
  rows = 5,
): Promise<void> {
  await withFile(async (path) => {
    using journal = newRun(path, rows);
    let at = 0;
    const api = new Api(() => kinds[at++] ?? "accepted");
    const ending = await sendRows(journal, sending(api, changes));
    check(journal, api, ending);
  });
}

Deno.test("429 and no connection put a row off; refusals end it, the rest is unknown", () =>
  sent(
    ["limited", "not_sent", "refused", "lost_after", "broken_before"],
    { concurrency: 1 },
    ({ counts }, api, ending) => {
      assertEquals(ending, { why: "done" });
      assertEquals(counts, {
        planned: 0,
        sending: 0,
        accepted: 2,
        refused: 1,
        unknown: 2,
        skipped: 0,
      });
      assertEquals(api.bodies.length, 7);
    },
  ));

Deno.test("every message has normal priority, and its run and row", () =>
  sent([], {}, (_, { bodies }) => {
    for (const { queue, message_metadata } of bodies) {
      assertEquals(queue, "NORMAL_PRIORITY");
      assertEquals(JSON.parse(message_metadata!).sinch_run, RUN);
    }
    assertEquals(
      bodies.map((body) => rowOf(body.message_metadata!, RUN)).sort(),
      [2, 3, 4, 5, 6],
    );
  }));

Deno.test("a refused key ends the run, and its row stays planned", () =>
  sent(
    [],
    {
      concurrency: 1,
      exchange: () => Promise.resolve(answer(403, {})),
    },
    ({ counts }, _api, ending) => {
      assertEquals(ending.why, "failure");
      assert(
        ending.why === "failure" && ending.failure instanceof Failure &&
          ending.failure.kind === "auth",
      );
      assertEquals(counts.planned, 5);
    },
  ));

Deno.test("too many refusals end the run", () =>
  sent(
    Array(5).fill("refused"),
    { concurrency: 1, stopAfter: { rows: 2 } },
    ({ counts }, _api, ending) => {
      assertEquals(ending, { why: "refusals", refused: 2, of: 2 });
      assertEquals(counts.planned, 3);
    },
  ));

Deno.test("without a connection, the run gives up and every row stays planned", () =>
  sent(
    Array(1000).fill("not_sent"),
    {},
    ({ counts }, _api, ending) => {
      assertEquals(ending, { why: "unreachable", reason: "refused" });
      assertEquals(counts.planned, 5);
    },
  ));

Deno.test("a server that answers only 503 does not make a whole run unknown", () =>
  sent(
    Array(1000).fill("broken_before"),
    { concurrency: 1 },
    ({ counts }, _api, ending) => {
      assertEquals(ending.why, "unreachable");
      assertEquals(counts.unknown, 50);
      assertEquals(counts.planned, 150);
    },
    200,
  ));

Deno.test("a stop lets what is under way end, and starts nothing more", async () => {
  const stop = new AbortController();
  const api = new Api(() => "accepted");
  await sent(
    [],
    {
      stop: stop.signal,
      exchange: async (request) => {
        stop.abort(new Error("Ctrl-C"));
        return await api.exchange(request);
      },
    },
    ({ counts }, _api, ending) => {
      assertEquals(ending, { why: "stopped" });
      assertEquals(counts.sending, 0);
      assert(counts.accepted >= 1 && counts.accepted <= 3);
      assertEquals(counts.accepted + counts.planned, 5);
    },
  );
});

Deno.test("a row waits for its time, and is not sent after it", async () => {
  await withFile(async (path) => {
    using journal = newRun(path, 1);
    const clock = fakeClock();
    const start = clock.now();
    journal.add([
      {
        row: 10,
        recipient: "x",
        body: body(10),
        input: [],
        notBefore: start + 60_000,
        notAfter: start + 3_600_000,
      },
      {
        row: 11,
        recipient: "y",
        body: body(11),
        input: [],
        notAfter: start + 1000,
      },
    ]);
    const api = new Api(() => "accepted");
    await sendRows(journal, {
      ...sending(api),
      clock,
      pace: new Pace({ clock, random: () => 0 }),
    });
    assertEquals(journal.counts.accepted, 2);
    assertEquals(journal.counts.skipped, 1);
    assert(clock.now() >= start + 60_000);
    const late = api.bodies.find(({ ttl }) => ttl !== undefined)!;
    assert(parseInt(late.ttl!) <= 3540, late.ttl);
  });
});
