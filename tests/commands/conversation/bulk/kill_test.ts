/** A run in real processes that are killed: no person twice, none forgotten. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { RunJournal } from "../../../../bulk/run/journal.ts";
import { BulkWorld, freeze, journalOf, RUN } from "./frozen_run.ts";

const RESUME = ["conversation", "bulk", "resume", RUN];

/**
 * `SINCH_BULK_ROWS=20000 SINCH_BULK_KILLS=10 deno task test <this file>` is the
 * full size; fewer rows show the same in seconds.
 */
const ROWS = Number(Deno.env.get("SINCH_BULK_ROWS") ?? 600);
const KILLS = Number(Deno.env.get("SINCH_BULK_KILLS") ?? 4);
const SEED = Number(Deno.env.get("SINCH_BULK_SEED") ?? 42);

/** Mulberry32: the same numbers for the same seed. */
function random(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Waits until there is a message of the run. */
async function untilSent(world: BulkWorld): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if ((await world.messages()).size > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("nothing was sent");
}

Deno.test(`${ROWS} rows, 429, dropped connections, lost answers, ${KILLS} kills: every row once (seed ${SEED})`, async () => {
  await using world = await BulkWorld.open();
  await freeze(world, { rows: ROWS });
  await world.faults(
    { http: 429, rate: "5%" },
    { drop: "before", rate: "1%" },
    { lose_answer: true, rate: "1%" },
  );
  const next = random(SEED);
  const rate = ["--rate", String(Math.ceil(ROWS / (KILLS + 2)))];
  let killed = 0;
  while (killed < KILLS) {
    const process = world.start(...RESUME, ...rate);
    const output = process.output();
    const timer = setTimeout(() => process.kill("SIGKILL"), 400 + next() * 900);
    const { code } = await output;
    clearTimeout(timer);
    if (code !== 137) break;
    killed++;
  }
  assertEquals(
    killed,
    KILLS,
    "the run ended before it was killed often enough",
  );
  const last = await world.run(...RESUME, "--unknown", "skip", "--json");
  assert([0, 5].includes(last.code), last.stderr);
  {
    using journal = RunJournal.open(journalOf(world.home));
    assertEquals(journal.counts.planned + journal.counts.sending, 0);
    assertEquals(journal.rows, ROWS);
    const messages = await world.messages();
    for (const { row, state } of journal.report()) {
      const times = messages.get(row) ?? 0;
      assert(times <= 1, `row ${row} went ${times} times`);
      if (state === "accepted") assertEquals(times, 1, `row ${row}`);
      else assertEquals(state, "unknown", `row ${row}`);
    }
  }
  // What the sandbox does not have is sent again, because the user says so.
  for (let tries = 0; tries < 9; tries++) {
    const { code, stderr } = await world.run(...RESUME, "--unknown", "resend");
    assert([0, 5].includes(code), stderr);
    if (code === 0) break;
  }
  const messages = await world.messages();
  assertEquals(messages.size, ROWS);
  assertEquals([...messages.values()].filter((times) => times !== 1), []);
  const proof = await world.run(
    ...["conversation", "bulk", "report", RUN, "--prove", "--json"],
  );
  assertEquals(proof.code, 0, proof.stderr);
  assertEquals(JSON.parse(proof.stdout), {
    run: RUN,
    proved: true,
    listed: ROWS,
    twice: [],
    missing: 0,
    surprising: 0,
  });
});

Deno.test("a second process does not send the same run, and a kill lets go of it", async () => {
  await using world = await BulkWorld.open();
  await freeze(world, { rows: 200 });
  const first = world.start(...RESUME, "--rate", "20");
  const output = first.output();
  await untilSent(world);
  const second = await world.run(...RESUME);
  assertEquals(second.code, 2);
  assertStringIncludes(second.stderr, "is being sent by another process");
  const shown = await world.run("conversation", "bulk", "show", RUN);
  assertStringIncludes(shown.stdout, "sending");
  first.kill("SIGKILL");
  await output;
  const third = await world.run(...RESUME);
  assertEquals(third.code, 0, third.stderr);
  assertEquals((await world.messages()).size, 200);
});

Deno.test("Ctrl-C lets the requests under way end, and says how to go on", async () => {
  await using world = await BulkWorld.open();
  await freeze(world, { rows: 300 });
  await world.faults({ latency: "400ms" });
  const process = world.start(...RESUME, "--progress", "none");
  const output = process.output();
  await untilSent(world);
  process.kill("SIGINT");
  const { code, stderr } = await output;
  const text = new TextDecoder().decode(stderr);
  assertEquals(code, 130, text);
  assertStringIncludes(text, `conversation bulk resume ${RUN}`);
  using journal = RunJournal.open(journalOf(world.home));
  const { accepted, sending, unknown, planned } = journal.counts;
  assertEquals([sending, unknown], [0, 0]);
  assert(accepted > 0 && planned > 0, text);
  assertEquals((await world.messages()).size, accepted);
});
