/** How a run finds the rate that the API takes. */
import { assert, assertEquals } from "@std/assert";
import { Pace } from "../../../bulk/run/pace.ts";

const NEVER = new AbortController().signal;

/** Time that passes only in sleeps. */
function fakeClock() {
  let now = 1_700_000_000_000;
  return {
    now: () => now,
    sleep(ms: number) {
      now += ms;
      return Promise.resolve();
    },
  };
}

/** A limiter that takes `perSecond`, and refuses what comes beyond that. */
function limiter(clock: { now(): number }, perSecond: number) {
  let tokens = perSecond;
  let at = clock.now();
  return () => {
    tokens = Math.min(
      perSecond,
      tokens + (clock.now() - at) * perSecond / 1000,
    );
    at = clock.now();
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
}

/** Sends for some seconds, at most `fastest` a second; what came of it. */
async function sendFor(
  seconds: number,
  fastest: number,
  pace: Pace,
  clock: ReturnType<typeof fakeClock>,
  take: () => boolean,
) {
  const result = { accepted: 0, limited: 0 };
  const end = clock.now() + seconds * 1000;
  while (clock.now() < end) {
    await clock.sleep(1000 / fastest);
    await pace.turn(NEVER);
    if (take()) {
      pace.accepted();
      result.accepted++;
    } else {
      pace.limited();
      result.limited++;
    }
  }
  return result;
}

Deno.test("a limit of the API is found, and mostly kept", async () => {
  const clock = fakeClock();
  const pace = new Pace({ clock, random: () => 0.5 });
  const take = limiter(clock, 100);
  await sendFor(10, 500, pace, clock, take);
  const { accepted, limited } = await sendFor(60, 500, pace, clock, take);
  assert(accepted / 60 > 70, `${accepted / 60} a second`);
  assert(limited / accepted < 0.12, `${limited} of ${accepted}`);
});

Deno.test("429 at random do not bring a run to a stop", async () => {
  const clock = fakeClock();
  const pace = new Pace({ clock, random: () => 0.5 });
  let count = 0;
  const { accepted } = await sendFor(
    60,
    400,
    pace,
    clock,
    () => ++count % 20 !== 0,
  );
  assert(accepted / 60 > 200, `${accepted / 60} a second`);
});

Deno.test("the first 429 cuts by 0.7, and many in a second cut once", async () => {
  const clock = fakeClock();
  const pace = new Pace({ clock, random: () => 0, rate: 100 });
  for (let sent = 0; sent < 300; sent++) await pace.turn(NEVER);
  for (let limited = 0; limited < 50; limited++) pace.limited();
  assertEquals(Math.round(pace.limit), 70);
});

Deno.test("Retry-After stops all sends for so long, at most a minute", async () => {
  const clock = fakeClock();
  const pace = new Pace({ clock, random: () => 0 });
  const start = clock.now();
  assertEquals(pace.limited(7000), start + 7000);
  await pace.turn(NEVER);
  assert(clock.now() >= start + 7000);
  assertEquals(pace.limited(3_600_000), clock.now() + 60_000);
});

Deno.test("--rate is never exceeded", async () => {
  const clock = fakeClock();
  const pace = new Pace({ clock, random: () => 0, rate: 20 });
  const start = clock.now();
  for (let sent = 0; sent <= 100; sent++) await pace.turn(NEVER);
  assert(clock.now() - start >= 5000);
});
