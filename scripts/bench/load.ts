/**
 * Sends under load: a served sandbox against a bare server that does one SQLite
 * insert a request, in turn, so that noise hits both; into an empty store and
 * into one of a million messages. Then the lists of that million.
 */
import { createSandbox } from "../../sandbox/sandbox.ts";
import { SandboxProcess } from "../../tests/sandbox_process.ts";
import { fill } from "./fill.ts";
import { median } from "./whole_process.ts";

const ROUNDS = 5;
const ROUND_S = 4;
const CONNECTIONS = 16;
const AIM = 0.6;
const MESSAGES = 1_000_000;
const LISTS = 50;
const MAX_PAGE = 1000;

const SEND = new URL("send.lua", import.meta.url).pathname;
const ONE_INSERT = new URL("one_insert.ts", import.meta.url).pathname;

export async function load(): Promise<void> {
  if (!await hasWrk()) {
    console.log("Skipped: wrk is not here (Debian: apt-get install wrk).");
    return;
  }
  const folder = await Deno.makeTempDir();
  try {
    const floor = await startFloor(`${folder}/floor.db`);
    console.log(
      "| messages:send | requests/s | p50 | p99 | one insert/s | p50 | p99 | ratio | aim |",
    );
    console.log(
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    );
    await sends("into an empty store", `${folder}/empty`, floor.url);
    const took = await fillStore(`${folder}/full`);
    await sends(
      `into ${count(MESSAGES)} messages`,
      `${folder}/full`,
      floor.url,
    );
    floor.process.kill();
    await floor.process.status;
    console.log(
      `\n${count(MESSAGES)} messages were sent in ${
        took.seconds.toFixed(0)
      } s ` +
        `(in process, ${count(MESSAGES / took.seconds)}/s); ` +
        `the store was ${took.mib.toFixed(0)} MiB.\n`,
    );
    await lists(`${folder}/full`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function hasWrk(): Promise<boolean> {
  try {
    await new Deno.Command("wrk", {
      args: ["-v"],
      stdout: "null",
      stderr: "null",
    }).output();
    return true;
  } catch {
    return false;
  }
}

async function startFloor(database: string) {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", ONE_INSERT, database],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const { value: port } = await process.stdout
    .pipeThrough(new TextDecoderStream()).getReader().read();
  return { process, url: `http://127.0.0.1:${port?.trim()}/` };
}

async function sends(title: string, folder: string, floorUrl: string) {
  await Deno.mkdir(folder, { recursive: true });
  await using sandbox = await SandboxProcess.start(folder);
  const credentials = [await token(sandbox), sandbox.info.app_id];
  const measure = (url: string) => wrk(url, credentials, ROUND_S);
  const targets = [sandbox.url("messages:send"), floorUrl];
  for (const url of targets) await wrk(url, credentials, 1);
  const ours: Load[] = [];
  const floor: Load[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await measure(targets[0]!));
    floor.push(await measure(targets[1]!));
  }
  const ratio = median(
    ours.map(({ perSecond }, round) => perSecond / floor[round]!.perSecond),
  );
  console.log(
    `| ${title} | ${cells(ours)} | ${cells(floor)} | ` +
      `${ratio.toFixed(2)} | ≥ ${AIM} |`,
  );
}

/** The header of a token, as real clients send it. */
async function token({ info, authorization }: SandboxProcess): Promise<string> {
  const response = await fetch(`${info.url}/oauth2/token`, {
    method: "POST",
    headers: {
      authorization,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  });
  return `Bearer ${(await response.json()).access_token}`;
}

/** What send.lua prints. */
interface Load {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  failed: number;
}

async function wrk(
  url: string,
  credentials: string[],
  seconds: number,
): Promise<Load> {
  const { stdout } = await new Deno.Command("wrk", {
    args: [
      ...["--threads", "1", "--connections", String(CONNECTIONS)],
      ...["--duration", `${seconds}s`, "--script", SEND, url],
      ...["--", ...credentials],
    ],
    stderr: "inherit",
  }).output();
  const [last] = new TextDecoder().decode(stdout).trim().split("\n").slice(-1);
  const load: Load = JSON.parse(last!);
  if (load.failed > 0) {
    throw new Error(`${load.failed} requests failed: ${url}`);
  }
  return load;
}

function cells(loads: Load[]): string {
  const [perSecond, p50, p99] = (["perSecond", "p50Ms", "p99Ms"] as const)
    .map((key) => median(loads.map((load) => load[key])));
  return `${count(perSecond!)} | ${p50!.toFixed(1)} ms | ${p99!.toFixed(1)} ms`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

async function fillStore(folder: string) {
  await Deno.mkdir(folder);
  const store = `${folder}/sandbox.db`;
  const sandbox = createSandbox({ store });
  const startedAt = performance.now();
  await fill(sandbox, MESSAGES);
  const seconds = (performance.now() - startedAt) / 1000;
  await sandbox.close();
  return { seconds, mib: (await Deno.stat(store)).size / 2 ** 20 };
}

/** The newest page and one behind a million messages, small and large. */
async function lists(folder: string): Promise<void> {
  await using sandbox = await SandboxProcess.start(folder);
  const get = async (size: number, pageToken: string) => {
    const response = await fetch(
      sandbox.url(`messages?page_size=${size}&page_token=${pageToken}`),
      { headers: { authorization: sandbox.authorization } },
    );
    if (!response.ok) throw new Error(await response.text());
    return await response.json();
  };
  let deepest = "";
  for (let depth = 0; depth < MESSAGES; depth += MAX_PAGE) {
    deepest = (await get(MAX_PAGE, deepest)).next_page_token;
  }
  console.log("| list page | first | deep |");
  console.log("| --- | ---: | ---: |");
  for (const size of [10, MAX_PAGE]) {
    const [first, deep] = [await timed("", size), await timed(deepest, size)];
    console.log(
      `| page_size ${size} | ${first.toFixed(1)} ms | ${deep.toFixed(1)} ms |`,
    );
  }

  async function timed(pageToken: string, size: number): Promise<number> {
    const times: number[] = [];
    for (let run = 0; run < LISTS; run++) {
      const startedAt = performance.now();
      await get(size, pageToken);
      times.push(performance.now() - startedAt);
    }
    return median(times);
  }
}
