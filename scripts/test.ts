/**
 * Runs the tests: a dot each (`!` failed, `,` skipped), then what failed, then
 * one line: `N passed, N failed, N skipped`. Arguments go to `deno test`: files,
 * folders, `--filter`.
 */
import { denoDir } from "./deno_dir.ts";

/** Started first: a long file that starts last is waited for by all others. */
const LONGEST = [
  "tests/tutorial_test.ts",
  "tests/shipping/",
  "tests/help_examples_test.ts",
  "tests/wizard/",
];
const DOTS: Record<string, string> = { ok: ".", ignored: ",", FAILED: "!" };
const DOTS_PER_LINE = 80;

const RESULT = / \.\.\. (ok|ignored|FAILED)(?: \(.*\))?$/;
const SUMMARY =
  /^(?:ok|FAILED) \| (\d+) passed(?: \([^)]*\))? \| (\d+) failed(?: \([^)]*\))?(?: \| (\d+) ignored)?/;

const args = Deno.args.length > 0 ? Deno.args : [...LONGEST, "tests/"];
const child = new Deno.Command(Deno.execPath(), {
  // Types are checked by `deno task check`: here it would take a tenth of the time.
  args: ["test", "--allow-all", "--no-check", "--parallel", ...args],
  env: {
    NO_COLOR: "1",
    TZ: "UTC",
    // Programs with a home of their own would compile everything again.
    DENO_DIR: await denoDir(),
    // For the servers of tests/hostile; its key was thrown away.
    DENO_CERT: new URL("../tests/hostile/authority.pem", import.meta.url)
      .pathname,
  },
  stdin: "null",
  stdout: "piped",
  stderr: "piped",
}).spawn();

/** What tests and their programs print: of interest where one fails. */
const output: string[] = [];
/** The errors, and Deno's own summary. */
const report: string[] = [];
let dots = 0;

async function read(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    lines.forEach(take);
  }
  if (rest) take(rest);
}

function take(line: string): void {
  const result = RESULT.exec(line)?.[1];
  if (report.length > 0 || line === " ERRORS " || SUMMARY.test(line)) {
    report.push(line);
  } else if (result) {
    const end = ++dots % DOTS_PER_LINE === 0 ? "\n" : "";
    Deno.stdout.writeSync(new TextEncoder().encode(DOTS[result]! + end));
    if (result === "FAILED") output.push(line);
  } else if (!line.startsWith("Check ")) {
    output.push(line);
  }
}

await Promise.all([read(child.stdout), read(child.stderr)]);
const { code } = await child.status;
const [, passed, failed, skipped = "0"] =
  report.map((line) => SUMMARY.exec(line)).find((match) => match) ?? [];

console.log();
if (code !== 0) console.log([...output, ...report].join("\n"));
if (passed === undefined) {
  console.log("0 passed, 1 failed, 0 skipped");
  Deno.exit(code || 1);
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
Deno.exit(code);
