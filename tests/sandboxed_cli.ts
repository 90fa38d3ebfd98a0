/** The program and a sandbox it talks to over real HTTP; faults can be put in between. */
import { type CliOptions, type CliRun, runCli } from "./run_cli.ts";
import { SandboxServer } from "./sandbox_server.ts";

export class SandboxedCli extends SandboxServer {
  /**
   * Answers that the next API calls get instead of the sandbox's, in order;
   * `undefined` lets one through. Token requests are not counted.
   */
  readonly answers: (Response | undefined)[] = [];

  async run(args: string[], options: CliOptions = {}): Promise<CliRun> {
    return await runCli(args, {
      fetch: async (request) => {
        const isToken = new URL(request.url).pathname === "/oauth2/token";
        const answer = isToken ? undefined : this.answers.shift();
        return answer ?? await fetch(request);
      },
      ...options,
      env: { ...this.env, ...options.env },
    });
  }
}
