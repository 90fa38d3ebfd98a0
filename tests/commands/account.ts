/**
 * A machine for tests of sign-in and settings: a home folder, a keychain that
 * records its command lines, and the sandbox as the token service, over HTTP.
 */
import { denoRuntime } from "../../runtime/deno.ts";
import { type FakeKeychain, fakeSecretTool } from "../config/fake_keychains.ts";
import { type CliOptions, type CliRun, runCli } from "../run_cli.ts";
import { SandboxServer } from "../sandbox_server.ts";

export interface Machine extends AsyncDisposable {
  home: string;
  /** Of the token service and the API. */
  url: string;
  keychain: FakeKeychain;
  /** What an access key looks like on the command line's other end. */
  credentials: { projectId: string; keyId: string; keySecret: string };
  /** Runs the program with this home, keychain and token service. */
  sinch(args: string[], options?: CliOptions): Promise<CliRun>;
  write(path: string, content: unknown): Promise<string>;
  read(path: string): Promise<string>;
  exists(path: string): Promise<boolean>;
  /** Everything in the home folder's files, but for the fake keychain's own. */
  allText(): Promise<string>;
}

export async function startMachine(): Promise<Machine> {
  const home = await Deno.makeTempDir({ prefix: "sinch-" });
  const tools = await Deno.makeTempDir({ prefix: "sinch-tools-" });
  const keychain = fakeSecretTool(tools);
  const server = new SandboxServer();
  const url = server.env.SINCH_API_URL!;
  const { projectId, keyId, keySecret } = server.sandbox.account;
  return {
    home,
    url,
    keychain,
    credentials: { projectId, keyId, keySecret },
    sinch: (args, options = {}) =>
      runCli(args, {
        home,
        fetch: denoRuntime().fetch,
        ...options,
        env: { SINCH_API_URL: url, ...options.env },
        runtime: { os: "linux", run: keychain.run, ...options.runtime },
      }),
    async write(path, content) {
      const file = `${home}/${path}`;
      await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), {
        recursive: true,
      });
      await Deno.writeTextFile(
        file,
        typeof content === "string" ? content : JSON.stringify(content),
      );
      return file;
    },
    read: (path) => Deno.readTextFile(`${home}/${path}`),
    exists: (path) =>
      Deno.stat(`${home}/${path}`).then(() => true, () => false),
    allText: () => textBeneath(home),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await Deno.remove(home, { recursive: true });
      await Deno.remove(tools, { recursive: true });
    },
  };
}

async function textBeneath(folder: string): Promise<string> {
  let text = "";
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    text += entry.isDirectory
      ? await textBeneath(path)
      : `${path}\n${await Deno.readTextFile(path)}\n`;
  }
  return text;
}
