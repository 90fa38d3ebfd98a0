/** A sandbox behind real HTTP, and the account that talks to it. */
import { SandboxServer } from "../sandbox_server.ts";
import type { CliRun } from "../run_cli.ts";
import { judge } from "./judge.ts";

export type Change = (answer: Response, path: string) => Promise<Response>;

export class World implements AsyncDisposable {
  readonly #sandbox = new SandboxServer();
  readonly #home = Deno.makeTempDirSync({ prefix: "sinch-fuzz-" });
  readonly #server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      return await this.change(
        await this.#sandbox.sandbox.fetch(request),
        pathname,
      );
    },
  );
  /** What becomes of each answer on its way. */
  change: Change = (answer) => Promise.resolve(answer);

  /** What no output may have in it. */
  get secrets(): string[] {
    const { keyId, keySecret } = this.#sandbox.sandbox.account;
    return [keySecret, btoa(`${keyId}:${keySecret}`)];
  }

  /** Ids of things that exist, for command lines that find something. */
  async fill(): Promise<Record<"app" | "message" | "contact", string>> {
    const app = this.#sandbox.sandbox.account.appId;
    const { message_id } = await this.#sandbox.ask("POST", "messages:send", {
      app_id: app,
      recipient: {
        identified_by: {
          channel_identities: [{ channel: "SMS", identity: "+15551234567" }],
        },
      },
      message: { text_message: { text: "Hello" } },
    });
    const { contacts } = await this.#sandbox.ask("GET", "contacts");
    return { app, message: message_id, contact: contacts[0].id };
  }

  /** A file in the home folder; its path. */
  async write(name: string, content: string): Promise<string> {
    const path = `${this.#home}/${name}`;
    await Deno.writeTextFile(path, content);
    return path;
  }

  get home(): string {
    return this.#home;
  }

  run(args: string[], env: Record<string, string> = {}): Promise<CliRun> {
    return judge(args, {
      home: this.#home,
      fetch: (request) => {
        const { hostname } = new URL(request.url);
        // Whatever a case makes up as a host: nothing leaves this machine.
        if (hostname !== "127.0.0.1") throw new TypeError("no network here");
        return fetch(request);
      },
      env: {
        ...this.#sandbox.env,
        SINCH_API_URL: `http://127.0.0.1:${this.#server.addr.port}`,
        SINCH_SANDBOX_STORE: ":memory:",
        SINCH_TIMEOUT: "2",
        ...env,
      },
    }, this.secrets);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
    await this.#sandbox[Symbol.asyncDispose]();
    await Deno.remove(this.#home, { recursive: true });
  }
}
