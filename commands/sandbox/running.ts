/** Which sandbox is being served on this machine: a note that `start` leaves. */
import { folder, join } from "../../config/folders.ts";
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
  await runtime.files.writePrivate(notePath(runtime), JSON.stringify(sandbox));
}

/** Removes the note, unless another server has replaced it since. */
export async function forget(
  runtime: Runtime,
  { url }: RunningSandbox,
): Promise<void> {
  if ((await readNote(runtime))?.url === url) {
    await runtime.files.remove(notePath(runtime));
  }
}

/** The sandbox that was started last, if it still answers. */
export async function findRunning(
  runtime: Runtime,
): Promise<RunningSandbox | undefined> {
  const sandbox = await readNote(runtime);
  return sandbox && await answers(runtime, sandbox.url) ? sandbox : undefined;
}

/** @throws {Failure} `network` when none is running */
export async function requireRunning(
  runtime: Runtime,
): Promise<RunningSandbox> {
  const running = await findRunning(runtime);
  if (running) return running;
  throw new Failure("network", "No sandbox is running", {
    hint: "Start one in another terminal: `sinch sandbox start`.",
  });
}

async function answers(runtime: Runtime, url: string): Promise<boolean> {
  try {
    const response = await runtime.fetch(`${url}/_sandbox/health`, {
      signal: AbortSignal.timeout(2000),
    });
    return (await response.json()).status === "ok";
  } catch {
    return false;
  }
}

async function readNote(runtime: Runtime): Promise<RunningSandbox | undefined> {
  try {
    const text = await runtime.files.read(notePath(runtime));
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notePath(runtime: Runtime): string {
  return join(runtime, folder(runtime, "data"), "sandbox.json");
}
