/** A live sandbox on a port, and the program that finds it there. */
import { assertEquals } from "@std/assert";
import {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
} from "../../../sandbox/sandbox.ts";
import { type CliOptions, type CliRun, runCli } from "../../run_cli.ts";
import { ADA } from "../../sandbox/client.ts";
import { Receiver } from "../../sandbox/receiver.ts";

/** The note that `sandbox start` leaves makes the program find it. */
export class Served implements AsyncDisposable {
  readonly receiver = new Receiver();
  readonly sandbox: Sandbox;
  readonly #home = Deno.makeTempDirSync();
  readonly #server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => this.sandbox.fetch(request),
  );

  private constructor(live: SandboxOptions["live"]) {
    this.sandbox = createSandbox({ store: ":memory:", live });
  }

  /**
   * @param triggers what its app's webhook wants
   * @param live how long the steps of a message take, for one
   */
  static async open(
    triggers = ["MESSAGE_INBOUND"],
    live: SandboxOptions["live"] = {},
  ): Promise<Served> {
    const served = new Served(live);
    const { projectId, keyId, keySecret, appId } = served.sandbox.account;
    await Deno.writeTextFile(
      `${served.#home}/sandbox.json`,
      JSON.stringify([{
        url: served.url,
        project_id: projectId,
        key_id: keyId,
        key_secret: keySecret,
        app_id: appId,
        store: ":memory:",
      }]),
    );
    await served.ask("webhooks", {
      app_id: appId,
      target: served.receiver.url,
      target_type: "HTTP",
      triggers,
    });
    return served;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** The environment of a signed-in program that talks to it. */
  get env(): Record<string, string> {
    const { projectId, keyId, keySecret, appId } = this.sandbox.account;
    return {
      SINCH_API_URL: this.url,
      SINCH_PROJECT_ID: projectId,
      SINCH_KEY_ID: keyId,
      SINCH_KEY_SECRET: keySecret,
      SINCH_APP_ID: appId,
    };
  }

  async ask(path: string, body: unknown): Promise<{ message_id: string }> {
    const { projectId, keyId, keySecret } = this.sandbox.account;
    const response = await this.sandbox.fetch(
      new Request(`http://sandbox/v1/projects/${projectId}/${path}`, {
        method: "POST",
        headers: {
          authorization: `Basic ${btoa(`${keyId}:${keySecret}`)}`,
          "content-type": "application/json",
        },
        body: JSON.stringify(body),
      }),
    );
    assertEquals(response.status, 200);
    return await response.json();
  }

  /** Sends a question with two choices to Ada. */
  async sendChoices(): Promise<string> {
    const { message_id } = await this.ask("messages:send", {
      app_id: this.sandbox.account.appId,
      recipient: { contact_id: ADA },
      message: {
        choice_message: {
          text_message: { text: "Well?" },
          choices: [
            { text_message: { text: "Yes" }, postback_data: "yes" },
            { text_message: { text: "No" }, postback_data: "no" },
          ],
        },
      },
    });
    return message_id;
  }

  async run(...args: string[]): Promise<CliRun> {
    return await this.runWith({}, ...args);
  }

  async runWith(
    options: CliOptions,
    ...args: string[]
  ): Promise<CliRun> {
    return await runCli(["sandbox", ...args], {
      env: { SINCH_DATA_DIR: this.#home },
      fetch,
      ...options,
    });
  }

  /** The answer to a line whose last word is being typed. */
  async complete(line: string): Promise<CliRun> {
    return await runCli(["__complete", "--", ...line.split(" ")], {
      env: { SINCH_DATA_DIR: this.#home },
      fetch,
    });
  }

  /** The message that the app was told of last. */
  async told() {
    await this.sandbox.runDue();
    return this.receiver.received.at(-1)!.body.message;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
    await this.sandbox.close();
    await this.receiver[Symbol.asyncDispose]();
    await Deno.remove(this.#home, { recursive: true });
  }
}
