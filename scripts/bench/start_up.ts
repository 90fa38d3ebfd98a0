/**
 * Start-up against an empty Deno script, in turn, so that noise hits both: of
 * the bundle, which is what an installed `sinch` runs, and of the sources, where
 * Deno first reads every module that a dynamic import could ask for.
 */
import { bundle } from "../compile/bundle.ts";
import { median, timeOnce } from "./whole_process.ts";

const RUNS = 15;
const SOURCES = new URL("../../main.ts", import.meta.url).href;

/** A command line, and how many times an empty script's time it may take. */
const ROWS: [args: string[], aim?: number][] = [
  [["--version"], 2],
  [["--help"]],
  [["conversation", "send", "--help"], 3],
  [["conversation", "messages", "list", "--help"]],
  [[
    "--sandbox",
    "conversation",
    "send",
    "+15551234567",
    "Hello",
    "--channel",
    "SMS",
  ]],
];

export async function startUp(): Promise<void> {
  const folder = await Deno.makeTempDir();
  const empty = `${folder}/empty.ts`;
  await Deno.writeTextFile(empty, "");
  await bundle(`${folder}/sinch.js`, { commit: "bench", releasesUrl: "" });
  console.log("| command | empty script | bundle | | sources | | aim |");
  console.log("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
  for (const [args, aim] of ROWS) {
    const [floor, ...programs] = await timeInTurn([
      [empty],
      [`${folder}/sinch.js`, ...args],
      [SOURCES, ...args],
    ]);
    const cells = programs.map((times) => {
      const ratio = median(times.map((ms, run) => ms / floor![run]!));
      return `${ms(times)} | ${ratio.toFixed(2)} ×`;
    });
    console.log(
      `| ${args.join(" ")} | ${ms(floor!)} | ${cells.join(" | ")} | ` +
        `${aim ? `≤ ${aim} ×` : ""} |`,
    );
  }
  await Deno.remove(folder, { recursive: true });
}

/** The times of each script, one run of each after the other. */
async function timeInTurn(scripts: string[][]): Promise<number[][]> {
  const env = { SINCH_SANDBOX_STORE: ":memory:" };
  const time = (script: string[]) =>
    timeOnce(["run", "-A", "--quiet", ...script], env);
  for (const script of scripts) await time(script);
  const times: number[][] = scripts.map(() => []);
  for (let run = 0; run < RUNS; run++) {
    for (const [at, script] of scripts.entries()) {
      times[at]!.push(await time(script));
    }
  }
  return times;
}

function ms(times: number[]): string {
  return `${median(times).toFixed(0)} ms`;
}
