/**
 * Sends under load: a served sandbox against a bare server that does one SQLite
 * insert a request, in turn, so that noise hits both; into an empty store and
 * into one of two million messages. Then the lists of those two million.
 */
import { createSandbox } from "../../sandbox/sandbox.ts";
import { SandboxProcess } from "../../tests/sandbox_process.ts";
import { fill } from "./fill.ts";
import { median } from "./whole_process.ts";

const ROUNDS = 5;
const ROUND_S = 4;
const CONNECTIONS = 16;
const MIN_RATIO = 0.3;
/** What the real API lets a project do in a second. */
const STEADY_PER_SECOND = 800;
const STEADY_S = 10;
const MAX_P99_MS = 25;
const MESSAGES = 2_000_000;
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
      `| messages:send | requests/s | one insert/s | ratio | aim | p50 at ${STEADY_PER_SECOND}/s | p99 | aim | one insert's p99 | first read after a burst | later reads |`,
    );
    console.log(`| --- |${" ---: |".repeat(10)}`);
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
  const measure = (url: string, seconds = ROUND_S) =>
    wrk(url, credentials, seconds);
  const sendUrl = sandbox.url("messages:send");
  for (const url of [sendUrl, floorUrl]) await measure(url, 1);
  const ours: number[] = [];
  const floor: number[] = [];
  const firstReads: number[] = [];
  const laterReads: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await measure(sendUrl));
    firstReads.push(await readTime(sandbox));
    for (let read = 0; read < 10; read++) {
      laterReads.push(await readTime(sandbox));
    }
    floor.push(await measure(floorUrl));
  }
  const steady = await sendSteadily(sendUrl, credentials);
  const floorSteady = await sendSteadily(floorUrl, credentials);
  const ratio = median(ours.map((rate, round) => rate / floor[round]!));
  console.log(
    `| ${
      [
        title,
        count(median(ours)),
        count(median(floor)),
        ratio.toFixed(2),
        `≥ ${MIN_RATIO}`,
        ms(percentile(steady, 50)),
        ms(percentile(steady, 99)),
        `≤ ${MAX_P99_MS} ms`,
        ms(percentile(floorSteady, 99)),
        ms(median(firstReads)),
        ms(median(laterReads)),
      ].join(" | ")
    } |`,
  );
}

/** How long one contact's newest messages take to read, in milliseconds. */
async function readTime(sandbox: SandboxProcess): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(
    sandbox.url("messages?page_size=10&channel_identity=15550000001"),
    { headers: { authorization: sandbox.authorization } },
  );
  const { messages } = await response.json();
  if (messages.length === 0) throw new Error("the list is empty");
  return performance.now() - startedAt;
}

/**
 * Sends at the API's own limit, each request at its time whether or not earlier
 * ones were answered; gives how long each took from then on, in milliseconds.
 */
async function sendSteadily(
  url: string,
  [authorization, appId]: string[],
): Promise<number[]> {
  const send = async (number: number, dueAt: number) => {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        authorization: authorization!,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        app_id: appId,
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
    });
    if (!response.ok) throw new Error(await response.text());
    await response.body?.cancel();
    return performance.now() - dueAt;
  };
  const sent: Promise<number>[] = [];
  const startedAt = performance.now();
  for (let number = 0; number < STEADY_PER_SECOND * STEADY_S; number++) {
    const dueAt = startedAt + number * 1000 / STEADY_PER_SECOND;
    const waitMs = dueAt - performance.now();
    if (waitMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    sent.push(send(number, dueAt));
  }
  return await Promise.all(sent);
}

function percentile(values: number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * percent / 100) - 1]!;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
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

/** Requests a second. */
async function wrk(
  url: string,
  credentials: string[],
  seconds: number,
): Promise<number> {
  const { stdout } = await new Deno.Command("wrk", {
    args: [
      ...["--threads", "1", "--connections", String(CONNECTIONS)],
      ...["--duration", `${seconds}s`, "--script", SEND, url],
      ...["--", ...credentials],
    ],
    stderr: "inherit",
  }).output();
  const [last] = new TextDecoder().decode(stdout).trim().split("\n").slice(-1);
  const { perSecond, failed } = JSON.parse(last!);
  if (failed > 0) throw new Error(`${failed} requests failed: ${url}`);
  return perSecond;
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

/** The newest page and the one behind all others, small and large. */
async function lists(folder: string): Promise<void> {
  const openedAt = performance.now();
  createSandbox({ store: `${folder}/sandbox.db` }).close();
  console.log(`It opened in ${ms(performance.now() - openedAt)}.\n`);
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
      `| page_size ${size} | ${ms(first)} | ${ms(deep)} |`,
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
