/** A few cases of each target, the same each time; `deno task fuzz` makes more. */
import { assertEquals } from "@std/assert";
import { fuzz } from "./run.ts";
import { TARGETS } from "./targets.ts";

for (const name of Object.keys(TARGETS)) {
  Deno.test(`no case of ${name} breaks a promise`, async () => {
    assertEquals(
      await fuzz(name, { seed: 1, runs: 40, maxMs: 5000 }),
      undefined,
    );
  });
}
