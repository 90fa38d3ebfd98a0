/** A real HTTP server whose answers a test writes down, and which keeps what it saw. */

/** What to answer: a status, with a body if there is one; or to hang up. */
export type Answer =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  /** The connection is closed after the request arrived. */
  | "hang up"
  /** Headers and the first bytes of a body, and no more. */
  | "half"
  /** No answer at all. */
  | "silence";

export interface SeenRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: Headers;
  body: string;
}

export class ScriptedServer implements AsyncDisposable {
  /** Answers of `/oauth2/token`, in order; then tokens `token-1`, `token-2` …. */
  tokenAnswers: Answer[] = [];
  /** Answers of everything else, in order; the last one stays. */
  answers: Answer[] = [{ status: 200, body: {} }];
  readonly seen: SeenRequest[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #silent: (() => void)[] = [];
  #tokens = 0;

  constructor() {
    this.#server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      (request) => this.#answer(request),
    );
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  get tokenRequests(): SeenRequest[] {
    return this.seen.filter(({ url }) => url === "/oauth2/token");
  }

  get apiRequests(): SeenRequest[] {
    return this.seen.filter(({ url }) => url !== "/oauth2/token");
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const { method, headers } = request;
    this.seen.push({
      method,
      url: pathname + search,
      headers,
      body: await request.text(),
    });
    const answer = pathname === "/oauth2/token"
      ? this.tokenAnswers.shift() ?? this.#token()
      : this.answers.length > 1
      ? this.answers.shift()!
      : this.answers[0]!;
    if (answer === "hang up") return hangUp();
    if (answer === "half") {
      const open = new ReadableStream({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode("{"));
          this.#silent.push(() => controller.close());
        },
      });
      return new Response(open);
    }
    if (answer === "silence") {
      await new Promise<void>((resolve) => this.#silent.push(resolve));
      return new Response();
    }
    const { status, body } = answer;
    return typeof body === "string"
      ? new Response(body, { status, headers: answer.headers })
      : Response.json(body ?? {}, { status, headers: answer.headers });
  }

  #token(): Answer {
    const access_token = `token-${++this.#tokens}`;
    return {
      status: 200,
      body: { access_token, expires_in: 3599, token_type: "bearer" },
    };
  }

  /** Resolves when a request for `path` has arrived. */
  async sees(path: string): Promise<void> {
    while (!this.seen.some(({ url }) => url === path)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const end of this.#silent) end();
    await this.#server.shutdown();
  }
}

/** Headers and half a body, then the connection breaks. */
function hangUp(): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"message_'));
    },
    pull(controller) {
      controller.error(new Error("gone"));
    },
  });
  return new Response(body, { headers: { "content-length": "1000" } });
}
