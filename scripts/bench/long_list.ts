/** A list of 100,000 messages as JSON Lines: its first row, and the memory it takes. */
import { createSandbox, type Sandbox } from "../../sandbox/sandbox.ts";

const MESSAGES = 100_000;
const AT_ONCE = 1000;
const MAIN = new URL("../../main.ts", import.meta.url).href;

export async function longList(): Promise<void> {
  const folder = await Deno.makeTempDir();
  const store = `${folder}/sandbox.db`;
  const sandbox = createSandbox({ store });
  await fill(sandbox);
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

/** Sends the messages, a thousand at a time. */
async function fill({ fetch, account }: Sandbox): Promise<void> {
  const url = `http://sandbox/v1/projects/${account.projectId}/messages:send`;
  const authorization = `Basic ${
    btoa(`${account.keyId}:${account.keySecret}`)
  }`;
  const send = (number: number) =>
    fetch(
      new Request(url, {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify({
          app_id: account.appId,
          recipient: {
            identified_by: {
              channel_identities: [{
                channel: "SMS",
                identity: `+1555${String(number % 1000).padStart(7, "0")}`,
              }],
            },
          },
          message: { text_message: { text: `Message number ${number}` } },
        }),
      }),
    );
  for (let sent = 0; sent < MESSAGES; sent += AT_ONCE) {
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, at) => send(sent + at)),
    );
    const refused = answers.find(({ ok }) => !ok);
    if (refused) throw new Error(await refused.text());
  }
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
