/**
 * `deno task fuzz [minutes]`: runs the program on random command lines, answers,
 * JSON, `.env` files and list contents, for a minute by default, and stops at the
 * first failure. `--only argv` is one target, `--seed 42` repeats what failed.
 */
import { parseArgs } from "node:util";
import { fuzz } from "../tests/fuzz/run.ts";
import { TARGETS } from "../tests/fuzz/targets.ts";

const RUNS = 300;

const { values, positionals } = parseArgs({
  args: Deno.args,
  options: { seed: { type: "string" }, only: { type: "string" } },
  allowPositionals: true,
});
const minutes = Number(positionals[0] ?? 1);
const names = values.only ? [values.only] : Object.keys(TARGETS);
const unknown = names.find((name) => !Object.hasOwn(TARGETS, name));
if (unknown || !(minutes > 0) || values.seed && !/^-?\d+$/.test(values.seed)) {
  console.error(
    `Usage: deno task fuzz [minutes] [--seed <number>] [--only ${
      Object.keys(TARGETS).join("|")
    }]`,
  );
  Deno.exit(2);
}

const endAt = Date.now() + minutes * 60_000;
do {
  for (const name of names) {
    const seed = values.seed === undefined
      ? crypto.getRandomValues(new Int32Array(1))[0]!
      : Number(values.seed);
    // Before it runs: a case that hangs can be repeated, too.
    console.log(`${name} --seed ${seed}`);
    const failure = await fuzz(name, { seed, runs: RUNS });
    if (failure) {
      console.error(failure);
      Deno.exit(1);
    }
  }
} while (values.seed === undefined && Date.now() < endAt);
