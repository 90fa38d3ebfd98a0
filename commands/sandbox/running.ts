/** Which sandboxes run on this machine: `start` keeps a list of them in a file. */
import { exchange } from "../../api/http/exchange.ts";
import { folder, join } from "../../config/folders.ts";
import type { Settings } from "../../config/resolve.ts";
import { Failure } from "../../errors.ts";
import type { Runtime } from "../../runtime/runtime.ts";

/** What a client needs, as `sandbox start --json` prints it. */
export interface RunningSandbox {
  /** One origin for tokens, the Conversation API and templates. */
  url: string;
  auth_url: string;
  conversation_url: string;
  template_url: string;
  /** A port of its own: the Batch API's paths collide with the others. */
  batch_url: string;
  project_id: string;
  key_id: string;
  key_secret: string;
  app_id: string;
  /** A file's path, or `:memory:`. */
  store: string;
}

export async function remember(
  runtime: Runtime,
  sandbox: RunningSandbox,
): Promise<void> {
  await changeList(runtime, (others) => [...others, sandbox]);
}

export async function forget(
  runtime: Runtime,
  { url }: RunningSandbox,
): Promise<void> {
  await changeList(runtime, (all) => all.filter((one) => one.url !== url));
}

/** The sandbox that was started last, of those that still answer. */
export async function findRunning(
  runtime: Runtime,
): Promise<RunningSandbox | undefined> {
  for (const sandbox of (await readList(runtime)).reverse()) {
    if (await isSandbox(runtime, sandbox.url)) return sandbox;
  }
  return undefined;
}

/** @throws {Failure} `network` when none is running */
export async function requireRunning(
  runtime: Runtime,
): Promise<RunningSandbox> {
  const running = await findRunning(runtime);
  if (running) return running;
  throw new Failure("network", "No sandbox is running", {
    hint: "Run `sinch sandbox start` in another terminal.",
  });
}

/** The settings of a client of it. */
export function settingsOf(running: RunningSandbox): Settings {
  const source = "sandbox";
  const { url, batch_url, project_id, key_id, key_secret, app_id } = running;
  return {
    profile: source,
    credentials: {
      projectId: { value: project_id, source },
      keyId: { value: key_id, source },
      keySecret: () => Promise.resolve(key_secret),
      secretSource: source,
    },
    projectId: { value: project_id, source },
    region: { value: "us", source },
    appId: { value: app_id, source },
    urls: { auth: url, conversation: url, template: url, batch: batch_url },
    timeoutMs: 10_000,
  };
}

/** Whether a sandbox answers at this origin. */
export async function isSandbox(
  { fetch, secrets }: Runtime,
  url: string,
): Promise<boolean> {
  const outcome = await exchange(`${url}/_sandbox/health`, {}, {
    fetch,
    timeoutMs: 2000,
    secrets,
  });
  return outcome.kind === "answer" && outcome.status === 200 &&
    /"status":\s*"ok"/.test(outcome.text);
}

const LOCK_WAIT_MS = 2000;

async function changeList(
  runtime: Runtime,
  change: (sandboxes: RunningSandbox[]) => RunningSandbox[],
): Promise<void> {
  const path = listPath(runtime);
  await runtime.files.withLock(`${path}.lock`, LOCK_WAIT_MS, async () => {
    const changed = change(await readList(runtime));
    if (changed.length > 0) {
      await runtime.files.writePrivate(path, JSON.stringify(changed));
    } else await runtime.files.remove(path);
  });
}

/** Those that were started and not stopped in order, oldest first. */
async function readList(runtime: Runtime): Promise<RunningSandbox[]> {
  try {
    const text = await runtime.files.read(listPath(runtime));
    const list: unknown = text === undefined ? [] : JSON.parse(text);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

function listPath(runtime: Runtime): string {
  return join(runtime, folder(runtime, "data"), "sandbox.json");
}
