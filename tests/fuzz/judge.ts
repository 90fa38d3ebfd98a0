/** What must hold of every run of the program, whatever it was given. */
import { assert, assertMatch } from "@std/assert";
import { EXIT_CODES } from "../../errors.ts";
import { type CliOptions, type CliRun, runCli } from "../run_cli.ts";

/** A case that takes longer is a hang. */
const LIMIT_MS = 10_000;
const DOCUMENTED = new Set<number>([0, ...Object.values(EXIT_CODES)]);

/** C0 and C1 but for tab and line feed, DEL, bidi and line controls, tags. */
const ESCAPE =
  // deno-lint-ignore no-control-regex -- these are what is looked for
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]|[\u{e0000}-\u{e007f}]/u;

/** Runs `args`, and throws where a promise of the program is broken. */
export async function judge(
  args: string[],
  options: CliOptions,
  secrets: string[],
): Promise<CliRun> {
  let stop = () => {};
  const startedAt = performance.now();
  const timer = setTimeout(() => stop(), LIMIT_MS);
  const run = await runCli(args, {
    ...options,
    runtime: {
      onStop: (listener) => {
        stop = () => listener("SIGINT");
        return () => {};
      },
      // No keychain and no other program of the person who runs this.
      run: () => Promise.resolve(undefined),
      serve: () => Promise.reject(new Error("nothing is served here")),
      clock: { now: Date.now, sleep: () => Promise.resolve() },
      ...options.runtime,
    },
  }).finally(() => clearTimeout(timer));
  const took = performance.now() - startedAt;

  const { code, stdout, stderr } = run;
  // CSV ends its lines with both.
  const all = `${stdout}\n${stderr}`.replaceAll("\r\n", "\n");
  assert(took < LIMIT_MS, `took ${took.toFixed(0)} ms`);
  assert(DOCUMENTED.has(code), `exit code ${code}: ${stderr}`);
  assert(!/"BUG"|is a bug/.test(stderr), stderr);
  // `doctor` says on stdout what is wrong.
  if (code !== 0) assertMatch(all, /\S/, `exit code ${code} without a word`);
  const escape = ESCAPE.exec(all);
  assert(!escape, `U+${escape?.[0].codePointAt(0)?.toString(16)} in ${all}`);
  for (const secret of secrets) {
    assert(!all.includes(secret), `secret in ${all}`);
  }
  return run;
}
