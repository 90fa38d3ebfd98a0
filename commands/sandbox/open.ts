/** Opens the sandbox on its store, for `--sandbox` and for `sandbox start`. */
import { environment } from "../../config/environment.ts";
import { folder, join } from "../../config/folders.ts";
import { Failure } from "../../errors.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
} from "../../sandbox/sandbox.ts";

/** The file the sandbox keeps its state in, unless a flag names another. */
export function defaultStore(runtime: Runtime): string {
  return environment(runtime)("SINCH_SANDBOX_STORE")?.value ??
    join(runtime, folder(runtime, "data"), "sandbox.db");
}

/**
 * @param store a file's path, or `:memory:`
 * @param options what a served sandbox has beyond the store
 * @throws {Failure} `config` when the file cannot be opened
 */
export async function openSandbox(
  runtime: Runtime,
  store: string,
  options: Omit<SandboxOptions, "store" | "clock"> = {},
): Promise<Sandbox> {
  const parent = /^(.+)[\\/]/.exec(store)?.[1];
  try {
    if (parent) await runtime.files.makeFolder(parent);
    return await createSandbox({ store, clock: runtime.clock, ...options });
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Failure("config", `The sandbox cannot open ${store}: ${reason}`, {
      hint:
        "Name another file with SINCH_SANDBOX_STORE, or :memory: to keep nothing.",
      cause: error,
    });
  }
}
