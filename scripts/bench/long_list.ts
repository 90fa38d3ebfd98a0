/** A list of 100,000 messages as JSON Lines: its first row, and the memory it takes. */
import { createSandbox } from "../../sandbox/sandbox.ts";
import { fill } from "./fill.ts";

const MESSAGES = 100_000;
const MAIN = new URL("../../main.ts", import.meta.url).href;

export async function longList(): Promise<void> {
  const folder = await Deno.makeTempDir();
  const store = `${folder}/sandbox.db`;
  const sandbox = createSandbox({ store });
  await fill(sandbox, MESSAGES);
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => sandbox.fetch(request),
  );
  const { projectId, keyId, keySecret } = sandbox.account;
  const { rows, firstRowMs, allMs, peakMib } = await list({
    SINCH_CONFIG_DIR: folder,
    SINCH_CACHE_DIR: folder,
    SINCH_API_URL: `http://127.0.0.1:${server.addr.port}`,
    SINCH_PROJECT_ID: projectId,
    SINCH_KEY_ID: keyId,
    SINCH_KEY_SECRET: keySecret,
  });
  console.log("| messages list --all --jsonl | measured | aim |");
  console.log("| --- | ---: | ---: |");
  console.log(`| rows | ${rows} | ${MESSAGES} |`);
  console.log(`| first row | ${firstRowMs.toFixed(0)} ms | ≤ 1000 ms |`);
  console.log(`| all rows | ${(allMs / 1000).toFixed(1)} s | |`);
  console.log(
    `| peak memory | ${peakMib?.toFixed(0) ?? "?"} MiB | ≤ 120 MiB |`,
  );
  await server.shutdown();
  await sandbox.close();
  await Deno.remove(folder, { recursive: true });
}

async function list(env: Record<string, string>) {
  const startedAt = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--quiet", MAIN],
      ...["conversation", "messages", "list", "--all", "--jsonl"],
    ],
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let firstRowMs = 0;
  let rows = 0;
  let peakMib: number | undefined;
  for await (const bytes of child.stdout) {
    firstRowMs ||= performance.now() - startedAt;
    for (const byte of bytes) if (byte === 10) rows++;
    peakMib = peakMemory(child.pid) ?? peakMib;
  }
  const { code } = await child.status;
  if (code !== 0) throw new Error(`the list ended with ${code}`);
  return { rows, firstRowMs, allMs: performance.now() - startedAt, peakMib };
}

/** The most memory the process has held so far, in MiB; Linux tells it. */
function peakMemory(pid: number): number | undefined {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  } catch {
    return undefined;
  }
}
