/** A webhook's target: a real server that keeps what it was sent. */
import { APP, type Client, openClient, P } from "./client.ts";
import type { LiveOptions } from "../../sandbox/live.ts";

export interface Received {
  path: string;
  headers: Record<string, string>;
  text: string;
  // deno-lint-ignore no-explicit-any -- the API's JSON
  body: any;
}

export class Receiver implements AsyncDisposable {
  readonly received: Received[] = [];
  /** What to answer next; 200 when there is nothing left. */
  answers: (number | Response)[] = [];
  readonly #server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => this.#answer(request),
  );

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** What each callback told, in short: its trigger, or its status. */
  get told(): string[] {
    return this.received.map(({ body }) => brief(body));
  }

  async #answer(request: Request): Promise<Response> {
    const text = await request.text();
    this.received.push({
      path: new URL(request.url).pathname,
      headers: Object.fromEntries(request.headers),
      text,
      body: text.startsWith("{") ? JSON.parse(text) : text,
    });
    const answer = this.answers.shift() ?? 200;
    return typeof answer === "number"
      ? new Response(null, { status: answer })
      : answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

// deno-lint-ignore no-explicit-any -- the API's JSON
export function brief(body: any): string {
  const { status, reason } = body.message_delivery_report ??
    body.event_delivery_report ?? {};
  if (status) return reason ? `${status} ${reason.code}` : status;
  return Object.keys(body).at(-1)!;
}

export interface LiveClient
  extends AsyncDisposable, Omit<Client, typeof Symbol.dispose> {
  receiver: Receiver;
  /** Lets time pass and everything happen that comes due in it. */
  pass(ms: number): Promise<void>;
}

/** A live sandbox whose seeded app tells a receiver of these triggers. */
export async function openLive(
  triggers: string[],
  { webhook = {}, store, ...options }: Partial<LiveOptions> & {
    webhook?: Record<string, unknown>;
    store?: string;
  } = {},
): Promise<LiveClient> {
  const receiver = new Receiver();
  const client = openClient(store, options);
  const { status } = await client.call("POST", `${P}/webhooks`, {
    app_id: APP,
    target: `${receiver.url}/hook`,
    target_type: "HTTP",
    triggers,
    secret: "s3cret",
    ...webhook,
  });
  if (status !== 200) throw new Error(`webhook refused: ${status}`);
  return {
    ...client,
    receiver,
    async pass(ms) {
      client.clock.ms += ms;
      await client.sandbox.runDue();
    },
    async [Symbol.asyncDispose]() {
      await client.sandbox.close();
      await receiver[Symbol.asyncDispose]();
    },
  };
}
