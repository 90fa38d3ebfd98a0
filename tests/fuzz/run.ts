/** Runs targets, and describes what fails so that it can be run again. */
import fc from "fast-check";
import { TARGETS } from "./targets.ts";
import { World } from "./world.ts";

export interface FuzzOptions {
  seed: number;
  runs: number;
  /** Ends early, without a failure. */
  maxMs?: number;
}

/** @returns What failed and how to repeat it, or `undefined` where all is well. */
export async function fuzz(
  name: string,
  { seed, runs, maxMs }: FuzzOptions,
): Promise<string | undefined> {
  await using world = new World();
  const property = await TARGETS[name]!(world);
  const details = await fc.check(property, {
    seed,
    numRuns: runs,
    interruptAfterTimeLimit: maxMs,
    markInterruptAsFailure: false,
  });
  if (!details.failed) return undefined;
  const { counterexample, errorInstance } = details;
  return `${name} failed: ${JSON.stringify(counterexample)}\n${
    errorInstance instanceof Error ? errorInstance.message : errorInstance
  }\nRepeat it with: deno task fuzz --only ${name} --seed ${seed}`;
}
