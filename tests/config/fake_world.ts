/**
 * A runtime with an environment and a home folder of its own. Files, streams and
 * programs are real; `programs` puts stand-ins for the system's tools on its PATH.
 */
import { denoRuntime } from "../../runtime/deno.ts";
import type { Runtime } from "../../runtime/runtime.ts";

export interface World extends Disposable {
  runtime: Runtime;
  home: string;
  env: Record<string, string>;
  /** Writes a file beneath the home folder. */
  write(path: string, content: unknown): Promise<void>;
  read(path: string): Promise<string>;
}

export function createWorld(
  env: Record<string, string> = {},
  overrides: Partial<Runtime> = {},
): World {
  const home = Deno.makeTempDirSync({ prefix: "sinch-" });
  const variables: Record<string, string> = { HOME: home, ...env };
  return {
    runtime: {
      ...denoRuntime(),
      os: "linux",
      env: (name) => variables[name],
      // No test reaches the keychain of the machine it runs on.
      run: () => Promise.resolve(undefined),
      ...overrides,
    },
    home,
    env: variables,
    async write(path, content) {
      const file = `${home}/${path}`;
      await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), {
        recursive: true,
      });
      await Deno.writeTextFile(
        file,
        typeof content === "string" ? content : JSON.stringify(content),
      );
    },
    read: (path) => Deno.readTextFile(`${home}/${path}`),
    [Symbol.dispose]: () => Deno.removeSync(home, { recursive: true }),
  };
}
