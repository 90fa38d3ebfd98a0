/** Opens the sandbox on its store, for `--sandbox` and for `sandbox start`. */
import { environmentWithFile } from "../../config/environment.ts";
import { folder, join } from "../../config/folders.ts";
import { Failure } from "../../errors.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
} from "../../sandbox/sandbox.ts";

/** The file with the sandbox's data, unless `--store` names another. */
export async function storeOf(
  runtime: Runtime,
  envFile: string | undefined,
): Promise<string> {
  const variable = await environmentWithFile(runtime, envFile);
  return variable("SINCH_SANDBOX_STORE")?.value ??
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
    throw new Failure(
      "config",
      `Cannot open the sandbox store ${store}: ${reason}`,
      {
        hint:
          "Set SINCH_SANDBOX_STORE to another file, or to :memory: to store nothing.",
        cause: error,
      },
    );
  }
}
