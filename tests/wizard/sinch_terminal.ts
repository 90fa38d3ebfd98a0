/** The program itself in a terminal, with a sandbox behind real HTTP. */
import { denoDir } from "../../scripts/deno_dir.ts";
import { SandboxServer } from "../sandbox_server.ts";
import { startTerminal, type Terminal } from "../terminal.ts";

/** Deno's own folder: the program runs with another home. */
export const DENO_DIR = await denoDir();

export interface SinchTerminal extends Terminal {
  api: SandboxServer;
  home: string;
}

export interface SinchOptions {
  env?: Record<string, string>;
  /** Variables of the account to leave out. */
  without?: string[];
  /** Changes the project before the program starts. */
  prepare?(api: SandboxServer): Promise<unknown>;
}

export async function sinch(
  args: string[],
  { env = {}, without = [], prepare }: SinchOptions = {},
): Promise<SinchTerminal> {
  const api = new SandboxServer();
  await prepare?.(api);
  api.calls.length = 0;
  const home = await Deno.makeTempDir({ prefix: "sinch-home-" });
  const account = Object.entries(api.env)
    .filter(([name]) => !without.includes(name));
  const terminal = await startTerminal({
    command: [Deno.execPath(), "run", "-A", "main.ts", ...args],
    env: { HOME: home, DENO_DIR, ...Object.fromEntries(account), ...env },
  });
  return {
    ...terminal,
    api,
    home,
    async [Symbol.asyncDispose]() {
      await terminal[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
      await Deno.remove(home, { recursive: true });
    },
  };
}
