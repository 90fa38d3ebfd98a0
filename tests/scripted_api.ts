/** The program in this process, and a scripted server in place of the API. */
import { type CliOptions, type CliRun, runCli } from "./run_cli.ts";
import { type Answer, ScriptedServer } from "./scripted_server.ts";

export class ScriptedApi extends ScriptedServer {
  /** Runs the program; `answer`, a body or a whole answer, replaces those before. */
  async run(
    args: string[],
    answer: Answer | string,
    options: CliOptions = {},
  ): Promise<CliRun> {
    this.answers = [
      typeof answer === "string" && answer.startsWith("{")
        ? { status: 200, body: answer }
        : answer as Answer,
    ];
    return await runCli(args, {
      fetch,
      ...options,
      env: { ...this.env, ...options.env },
    });
  }

  /** The environment of a signed-in program that talks to this server. */
  get env(): Record<string, string> {
    return {
      SINCH_API_URL: this.url,
      SINCH_PROJECT_ID: "project",
      SINCH_KEY_ID: "key",
      SINCH_KEY_SECRET: "secret",
      SINCH_APP_ID: "APP",
    };
  }

  /** The body of the last request to the API. */
  get lastBody(): string {
    return this.apiRequests.at(-1)?.body ?? "";
  }
}
