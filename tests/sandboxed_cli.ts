/** The program and a sandbox it talks to over real HTTP; faults can be put in between. */
import { denoRuntime } from "../runtime/deno.ts";
import { type CliOptions, type CliRun, runCli } from "./run_cli.ts";
import { SandboxServer } from "./sandbox_server.ts";

/** The program's own way to the network. */
const network = denoRuntime().fetch;

export class SandboxedCli extends SandboxServer {
  /**
   * Answers that the next API calls get instead of the sandbox's, in order;
   * `undefined` lets one through. Token requests are not counted.
   */
  answers: (Response | undefined)[] = [];

  async run(args: string[], options: CliOptions = {}): Promise<CliRun> {
    return await runCli(args, {
      fetch: async (request) => {
        const isToken = new URL(request.url).pathname === "/oauth2/token";
        const answer = isToken ? undefined : this.answers.shift();
        return answer ?? await network(request);
      },
      ...options,
      // Waits between tries are no test's subject here.
      runtime: {
        clock: { now: Date.now, sleep: () => Promise.resolve() },
        ...options.runtime,
      },
      env: { ...this.env, ...options.env },
    });
  }

  /** Sends a text through the seeded app; the message's id. */
  async sendText(text: string, to = "+15551234567"): Promise<string> {
    const { message_id } = await this.ask("POST", "messages:send", {
      app_id: this.sandbox.account.appId,
      recipient: {
        identified_by: {
          channel_identities: [{ channel: "SMS", identity: to }],
        },
      },
      message: { text_message: { text } },
    });
    return message_id;
  }
}

/** What a run asked the API for: `GET messages?page_size=20`, without tokens. */
export function calls({ requests }: CliRun): string[] {
  return requests
    .map((request) => ({ method: request.method, url: new URL(request.url) }))
    .filter(({ url }) => url.pathname !== "/oauth2/token")
    .map(({ method, url: { pathname, search } }) =>
      `${method} ${pathname.replace(/^\/v\d\/projects\/[^/]+\//, "")}${
        decodeURIComponent(search)
      }`
    );
}

/** The API's own no, for `answers`: `failing(404, "NOT_FOUND")`. */
export function failing(status: number, word: string): Response {
  const error = { code: status, message: `It is ${word}.`, status: word };
  return Response.json({ error }, { status });
}
