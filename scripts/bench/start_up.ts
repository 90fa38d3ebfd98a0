/** Start-up against an empty Deno script, in turn, so that noise hits both. */
import { median, timeOnce } from "./whole_process.ts";

const RUNS = 15;
const MAIN = new URL("../../main.ts", import.meta.url).href;

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
  const empty = await Deno.makeTempFile({ suffix: ".ts" });
  const store = { SINCH_SANDBOX_STORE: ":memory:" };
  console.log("| command | ms | empty script | ratio | aim |");
  console.log("| --- | ---: | ---: | ---: | ---: |");
  for (const [args, aim] of ROWS) {
    const command = ["run", "-A", "--quiet", MAIN, ...args];
    await timeOnce(command, store);
    const ours: number[] = [];
    const floor: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      ours.push(await timeOnce(command, store));
      floor.push(await timeOnce(["run", "-A", "--quiet", empty]));
    }
    const ratio = median(ours.map((ms, run) => ms / floor[run]!));
    console.log(
      `| ${args.join(" ")} | ${median(ours).toFixed(0)} | ` +
        `${median(floor).toFixed(0)} | ${ratio.toFixed(2)} | ` +
        `${aim ? `≤ ${aim}` : ""} |`,
    );
  }
  await Deno.remove(empty);
}
