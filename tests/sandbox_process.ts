/** A real `sinch sandbox start` process on a store of the caller's. */
import type { RunningSandbox } from "../commands/sandbox/running.ts";

const MAIN = new URL("../main.ts", import.meta.url).href;

export class SandboxProcess implements AsyncDisposable {
  /** All that it wrote to stderr; resolves when it has ended. */
  readonly stderr: Promise<string>;

  private constructor(
    readonly info: RunningSandbox,
    readonly process: Deno.ChildProcess,
    stderr: Promise<string>,
  ) {
    this.stderr = stderr;
  }

  /** @param folder the home of the process; its store is `sandbox.db` in it */
  static async start(
    folder: string,
    ...flags: string[]
  ): Promise<SandboxProcess> {
    const process = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-A", "--quiet", MAIN, "sandbox", "start"],
        ...["--port", "0", "--json", "--store", `${folder}/sandbox.db`],
        ...flags,
      ],
      env: { HOME: folder, SINCH_DATA_DIR: folder },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const stderr = new Response(process.stderr).text();
    let line = "";
    const texts = process.stdout.pipeThrough(new TextDecoderStream());
    for await (const text of texts) {
      line += text;
      if (line.includes("\n")) break;
    }
    if (line === "") {
      throw new Error(`the sandbox ended before it was ready: ${await stderr}`);
    }
    return new SandboxProcess(JSON.parse(line), process, stderr);
  }

  /** The URL of a path below the project, such as `messages:send`. */
  url(path: string): string {
    return `${this.info.url}/v1/projects/${this.info.project_id}/${path}`;
  }

  /** Basic credentials. */
  get authorization(): string {
    return `Basic ${btoa(`${this.info.key_id}:${this.info.key_secret}`)}`;
  }

  /** Ends the process at once, and waits until it has ended. */
  async kill(): Promise<void> {
    try {
      this.process.kill("SIGKILL");
    } catch {
      // It has ended already.
    }
    await this.process.status;
    await this.stderr;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
