/** When a wait is shown, by a clock that is moved by hand. */
import { assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import type { Guarded } from "../../output/door.ts";
import { Progress } from "../../output/progress.ts";

/** A terminal that remembers what is drawn on it. */
function terminal(): { runtime: Guarded; drawn: string[] } {
  const drawn: string[] = [];
  const stream = {
    isTerminal: () => true,
    draw: (text: string) => void drawn.push(text),
    write: (text: string) => void drawn.push(text),
  };
  const runtime = { stdout: stream, stderr: stream, env: () => undefined };
  return { runtime: runtime as unknown as Guarded, drawn };
}

for (const [ms, isShown] of [[299, false], [300, true]] as const) {
  Deno.test(`a wait of ${ms} ms is ${isShown ? "shown, and cleared" : "not shown"}`, async () => {
    using time = new FakeTime();
    const { runtime, drawn } = terminal();
    const answer = Promise.withResolvers<string>();
    const waiting = new Progress(runtime, false).during(() => answer.promise);
    time.tick(ms);
    assertEquals(drawn.length > 0, isShown);
    answer.resolve("done");
    assertEquals(await waiting, "done");
    if (isShown) assertEquals(drawn.at(-1), "\r\x1b[K");
    const count = drawn.length;
    time.tick(10_000);
    assertEquals(drawn.length, count, "the spinner has stopped");
  });
}
