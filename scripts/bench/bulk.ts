/**
 * Bulk runs of the bundle against a served sandbox: a long one, with its memory,
 * and the same 5,000 messages as a run, with the official SDK in a loop and with
 * 20 at once. There each answer takes 50 ms, as over a network; without that,
 * they would measure the sandbox.
 */
import { bundle } from "../compile/bundle.ts";
import { SandboxProcess } from "../../tests/sandbox_process.ts";
import { freezeRows } from "./bulk_rows.ts";
import { median, peakMemory } from "./whole_process.ts";

const LONG_RUN = Number(Deno.env.get("SINCH_BENCH_ROWS") ?? 100_000);
const MAX_MIB = 150;
const ROWS = 5000;
/** The loop sends fewer: its rate does not depend on how many. */
const LOOP_ROWS = 1000;
const POOL = 20;
const ROUNDS = 3;
const LATENCY = "50ms";
const AIMS = { loop: 20, pool: 1.5 };

const SDK = new URL("bulk_sdk.ts", import.meta.url).pathname;

export async function bulk(): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const program = `${folder}/sinch.js`;
    await bundle(program, { commit: "bench", releasesUrl: "" });
    await longRun(program);
    await besideSdk(program);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function longRun(program: string): Promise<void> {
  await using world = await World.open(program);
  const { seconds, memory } = await world.run(LONG_RUN);
  console.log(`| run | rows/s | peak memory | aim |`);
  console.log(`| --- | ---: | ---: | ---: |`);
  console.log(
    `| ${count(LONG_RUN)} rows | ${
      count(LONG_RUN / seconds)
    } | ${memory} | ≤ ${MAX_MIB} MiB |\n`,
  );
}

async function besideSdk(program: string): Promise<void> {
  const rates = { run: [], loop: [], pool: [] } as Record<string, number[]>;
  // In turn, so that noise hits all three.
  for (let round = 0; round < ROUNDS; round++) {
    await using world = await World.open(program);
    await world.slowDown();
    const { seconds } = await world.run(ROWS);
    rates.run!.push(ROWS / seconds);
    rates.loop!.push(await world.sdk(LOOP_ROWS, 1));
    rates.pool!.push(await world.sdk(ROWS, POOL));
  }
  const [run, loop, pool] = ["run", "loop", "pool"].map((name) =>
    median(rates[name]!)
  ) as [number, number, number];
  console.log(
    `| ${
      count(ROWS)
    } rows, ${LATENCY} each | rows/s | the run is faster | aim |`,
  );
  console.log(`| --- | ---: | ---: | ---: |`);
  console.log(`| a run, start-up included | ${count(run)} | | |`);
  console.log(
    `| the SDK in a loop | ${count(loop)} | ${
      (run / loop).toFixed(1)
    } × | ≥ ${AIMS.loop} × |`,
  );
  console.log(
    `| the SDK, ${POOL} at once | ${count(pool)} | ${
      (run / pool).toFixed(1)
    } × | ≥ ${AIMS.pool} × |`,
  );
}

/** A served sandbox on an empty store, and a home folder. */
class World implements AsyncDisposable {
  private constructor(
    readonly program: string,
    readonly home: string,
    readonly sandbox: SandboxProcess,
  ) {}

  static async open(program: string): Promise<World> {
    const home = await Deno.makeTempDir();
    return new World(program, home, await SandboxProcess.start(home));
  }

  get env(): Record<string, string> {
    const { url, project_id, key_id, key_secret, app_id } = this.sandbox.info;
    return {
      HOME: this.home,
      SINCH_API_URL: url,
      SINCH_PROJECT_ID: project_id,
      SINCH_KEY_ID: key_id,
      SINCH_KEY_SECRET: key_secret,
      SINCH_APP_ID: app_id,
    };
  }

  /** Makes each send take as long as over a network. */
  async slowDown(): Promise<void> {
    const { authorization, info } = this.sandbox;
    const response = await fetch(`${info.url}/_sandbox/rules`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({
        rules: [{ path: "messages:send", latency: LATENCY }],
      }),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  async run(rows: number): Promise<{ seconds: number; memory: string }> {
    const id = `20261126-${String(rows).padStart(8, "2")}`;
    await freezeRows(this.home, this.sandbox.info, { id, rows });
    const startedAt = performance.now();
    const memory = await peakMemory(
      [
        ...[Deno.execPath(), "run", "-A", "--quiet", "--no-config"],
        this.program,
        ...["conversation", "bulk", "resume", id, "--progress", "none"],
      ],
      this.env,
    );
    return { seconds: (performance.now() - startedAt) / 1000, memory };
  }

  async sdk(rows: number, atOnce: number): Promise<number> {
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--quiet", SDK, `${rows}`, `${atOnce}`],
      env: this.env,
      stderr: "inherit",
    }).output();
    if (code !== 0) throw new Error(`The SDK ended with ${code}`);
    return Number(new TextDecoder().decode(stdout));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sandbox[Symbol.asyncDispose]();
    await Deno.remove(this.home, { recursive: true });
  }
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
