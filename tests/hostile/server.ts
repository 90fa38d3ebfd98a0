/**
 * A server of raw sockets that breaks HTTP in the ways that real ones do, and
 * counts every request that reaches it. `Deno.serve` cannot: it always ends an
 * answer properly, or hides how the connection ended.
 *
 * Each connection goes through a forwarder, because only a plain socket can be
 * reset, and beneath TLS there is none at hand.
 */
import { connect, createServer, type Server, type Socket } from "node:net";

export interface Seen {
  method: string;
  /** Path and query. */
  url: string;
  headers: Headers;
  /** Empty for a fault that comes `before` the body is read. */
  body: string;
  /** 1 for the first connection. */
  connection: number;
}

export type Fault =
  /** The head has arrived; the body is not read. */
  | "close before"
  | "reset before"
  /** The whole request has arrived. */
  | "close after"
  | "reset after"
  /** The answer breaks off, and the connection is closed. */
  | "half status line"
  | "half head"
  | "half body"
  /** No answer, and the connection stays open. */
  | "silence";

/** Every fault after which nobody knows what became of a change. */
export const FAULTS = [
  "close before",
  "reset before",
  "close after",
  "reset after",
  "half status line",
  "half head",
  "half body",
] as const satisfies Fault[];

export type Reply =
  | Fault
  /** A proper answer; the connection stays open. Text is sent as it is. */
  | { status: number; body?: unknown; headers?: Record<string, string> }
  /** These bytes, after which the connection is closed. */
  | { raw: string | Uint8Array };

export interface HostileOptions {
  /** For `localhost`, by an authority that `deno task test` trusts. */
  tls?: boolean;
  /** What to answer; without an answer, `/oauth2/token` gives a token. */
  reply(request: Seen): Reply | undefined;
}

const FOLDER = new URL("./", import.meta.url);

export class HostileServer implements AsyncDisposable {
  readonly seen: Seen[] = [];
  connections = 0;
  readonly #reply: HostileOptions["reply"];
  readonly #tls: boolean;
  readonly #listener: Deno.Listener<Deno.TcpConn | Deno.TlsConn>;
  readonly #forwarder: Server;
  /** Sockets of the clients, by the forwarder's port beneath them. */
  readonly #clients = new Map<number, Socket>();
  #tokens = 0;

  private constructor({ tls = false, reply }: HostileOptions) {
    const address = { port: 0, hostname: "127.0.0.1" };
    this.#tls = tls;
    this.#reply = reply;
    this.#listener = tls
      ? Deno.listenTls({
        ...address,
        cert: Deno.readTextFileSync(new URL("localhost.pem", FOLDER)),
        key: Deno.readTextFileSync(new URL("localhost_key.pem", FOLDER)),
        alpnProtocols: ["http/1.1"],
      })
      : Deno.listen(address);
    this.#forwarder = createServer((client) => this.#forward(client));
  }

  static async start(options: HostileOptions): Promise<HostileServer> {
    const server = new HostileServer(options);
    await new Promise<void>((resolve) =>
      server.#forwarder.listen(0, "127.0.0.1", resolve)
    );
    server.#accept();
    return server;
  }

  get url(): string {
    const { port } = this.#forwarder.address() as { port: number };
    return this.#tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
  }

  /** The requests that change something, without those for tokens. */
  get changes(): Seen[] {
    return this.seen.filter(({ method, url }) =>
      method !== "GET" && url !== "/oauth2/token"
    );
  }

  get tokenRequests(): Seen[] {
    return this.seen.filter(({ url }) => url === "/oauth2/token");
  }

  /** Variables with which the program talks to this server, and to no other. */
  get env(): Record<string, string> {
    return {
      SINCH_API_URL: this.url,
      SINCH_PROJECT_ID: "P",
      SINCH_KEY_ID: "key",
      SINCH_KEY_SECRET: "s3cret",
    };
  }

  /** Resolves when a request for `path` has arrived. */
  async sees(path: string): Promise<void> {
    while (!this.seen.some(({ url }) => url === path)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const client of this.#clients.values()) client.destroy();
    await new Promise((resolve) => this.#forwarder.close(resolve));
  }

  #forward(client: Socket): void {
    const { port } = this.#listener.addr as Deno.NetAddr;
    const inner = connect(port, "127.0.0.1");
    inner.on("connect", () => {
      this.#clients.set(inner.localPort!, client);
      client.pipe(inner).pipe(client);
    });
    for (const socket of [client, inner]) {
      socket.on("error", () => {});
      socket.on("close", () => {
        client.destroy();
        inner.destroy();
      });
    }
  }

  async #accept(): Promise<void> {
    try {
      for await (const connection of this.#listener) {
        const number = ++this.connections;
        // A client that ends a connection breaks reads and writes: no matter.
        this.#serve(connection, number).catch(() => {})
          .finally(() => connection.close());
      }
    } catch {
      // The listener was closed.
    }
  }

  /** Answers requests on one connection until one of them ends it. */
  async #serve(
    connection: Deno.TcpConn | Deno.TlsConn,
    number: number,
  ): Promise<void> {
    const requests = new Requests(connection);
    for (;;) {
      const request = await requests.head(number);
      if (!request) return;
      const reply = this.#reply(request) ?? this.#usual(request);
      this.seen.push(request);
      const isBefore = typeof reply === "string" && reply.endsWith("before");
      if (!isBefore) request.body = await requests.body(request.headers);
      if (typeof reply === "string" && reply.startsWith("reset")) {
        const { port } = connection.remoteAddr as Deno.NetAddr;
        this.#clients.get(port)?.resetAndDestroy();
        return;
      }
      await writeAll(connection, bytesOf(reply));
      if (reply === "silence") await requests.end();
      if (typeof reply === "string" || "raw" in reply) return;
    }
  }

  #usual({ url }: Seen): Reply {
    return url === "/oauth2/token"
      ? {
        status: 200,
        body: { access_token: `token-${++this.#tokens}`, expires_in: 3599 },
      }
      : { status: 404, body: {} };
  }
}

const PARTS: Partial<Record<Fault, string>> = {
  "half status line": "HTTP/1.",
  "half head": "HTTP/1.1 200 OK\r\ncontent-type: appl",
  "half body": 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"message_id":',
};

function bytesOf(reply: Reply): Uint8Array {
  const encoder = new TextEncoder();
  if (typeof reply === "string") return encoder.encode(PARTS[reply] ?? "");
  if ("raw" in reply) {
    return typeof reply.raw === "string"
      ? encoder.encode(reply.raw)
      : reply.raw;
  }
  const { status, body = {}, headers = {} } = reply;
  const text = encoder.encode(
    typeof body === "string" ? body : JSON.stringify(body),
  );
  const lines = [
    `HTTP/1.1 ${status} X`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    // A 204 has no body, and no length either.
    ...status === 204 ? [] : [`content-length: ${text.length}`],
  ];
  const head = encoder.encode(`${lines.join("\r\n")}\r\n\r\n`);
  return status === 204 ? head : new Uint8Array([...head, ...text]);
}

async function writeAll(
  connection: Deno.Conn,
  bytes: Uint8Array,
): Promise<void> {
  for (let rest = bytes; rest.length > 0;) {
    rest = rest.subarray(await connection.write(rest));
  }
}

/** Reads the requests of one connection. */
class Requests {
  readonly #connection: Deno.Conn;
  #text = "";

  constructor(connection: Deno.Conn) {
    this.#connection = connection;
  }

  /** The next request without its body; `undefined` at the connection's end. */
  async head(connection: number): Promise<Seen | undefined> {
    while (!this.#text.includes("\r\n\r\n")) {
      if (!await this.#more()) return undefined;
    }
    const end = this.#text.indexOf("\r\n\r\n");
    const [first = "", ...lines] = this.#text.slice(0, end).split("\r\n");
    this.#text = this.#text.slice(end + 4);
    const [method = "", url = ""] = first.split(" ");
    const headers = new Headers(lines.map((line): [string, string] => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }));
    return { method, url, headers, body: "", connection };
  }

  /** What `content-length` announces; this client sends no chunks. */
  async body(headers: Headers): Promise<string> {
    const length = Number(headers.get("content-length") ?? 0);
    while (this.#text.length < length) if (!await this.#more()) break;
    const body = this.#text.slice(0, length);
    this.#text = this.#text.slice(length);
    return new TextDecoder().decode(
      Uint8Array.from(body, (char) => char.charCodeAt(0)),
    );
  }

  /** Waits until the client has closed the connection. */
  async end(): Promise<void> {
    while (await this.#more());
  }

  /** Bytes as characters, so that lengths are right. */
  async #more(): Promise<boolean> {
    const bytes = new Uint8Array(64 * 1024);
    const count = await this.#connection.read(bytes);
    if (count === null) return false;
    for (const byte of bytes.subarray(0, count)) {
      this.#text += String.fromCharCode(byte);
    }
    return true;
  }
}
