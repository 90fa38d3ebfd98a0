/**
 * A releases page on loopback: versions with their files and checksums, laid out
 * as on GitHub. A file can be changed after its checksum was taken, and a
 * download can go wrong in each way that a hostile server knows.
 */
type Content = string | Uint8Array<ArrayBuffer>;

export interface Release {
  version: string;
  files: Record<string, Content>;
  /** Further files, with no checksum. */
  unlisted?: Record<string, Content>;
}

export class ReleaseServer implements AsyncDisposable {
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  /** What is served instead, by file name. */
  readonly corrupted = new Map<string, Content>();
  /** File names whose download ends half-way. */
  readonly cut = new Set<string>();
  /** File names whose download stops half-way, and never ends. */
  readonly stuck = new Set<string>();
  /** File names whose download goes on without end. */
  readonly endless = new Set<string>();
  /** Where the download of a file name is redirected. */
  readonly redirects = new Map<string, string>();
  readonly #files = new Map<string, Content>();
  #onAsked: (path: string) => void = () => {};
  readonly #server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => this.#answer(new URL(request.url).pathname),
  );

  /** Resolves when a path that matches is asked for. */
  isAsked(path: RegExp): Promise<void> {
    return new Promise((resolve) => {
      this.#onAsked = (asked) => {
        if (path.test(asked)) resolve();
      };
    });
  }

  /** `owner/name` is part of it, as in a GitHub address. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/owner/name/releases`;
  }

  /** Publishes it as the newest; the text of its SHA256SUMS. */
  async publish({ version, files, unlisted }: Release): Promise<string> {
    const lines = await Promise.all(
      Object.entries(files).map(async ([name, content]) =>
        `${await sha256(content)}  ${name}\n`
      ),
    );
    const SHA256SUMS = lines.join("");
    for (
      const [name, content] of Object.entries({
        ...files,
        SHA256SUMS,
        ...unlisted,
      })
    ) {
      this.#files.set(`latest/download/${name}`, content);
      this.#files.set(`download/v${version}/${name}`, content);
    }
    return SHA256SUMS;
  }

  /** Forgets what was published, asked for and made to fail. */
  reset(): void {
    this.asked.length = 0;
    this.#onAsked = () => {};
    for (const set of [this.cut, this.stuck, this.endless]) set.clear();
    for (const map of [this.corrupted, this.redirects, this.#files]) {
      map.clear();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }

  #answer(pathname: string): Response {
    const path = pathname.replace("/owner/name/releases/", "");
    this.asked.push(path);
    this.#onAsked(path);
    const name = path.slice(path.lastIndexOf("/") + 1);
    const content = this.#files.get(path);
    if (content === undefined) {
      return new Response("Not Found", { status: 404 });
    }
    const target = this.redirects.get(name);
    if (target) return Response.redirect(target);
    const served = this.corrupted.get(name) ?? content;
    if (this.cut.has(name)) return half(served, "ended");
    if (this.stuck.has(name)) return half(served, "open");
    return new Response(this.endless.has(name) ? endless() : served);
  }
}

async function sha256(content: Content): Promise<string> {
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** Half of what its length promises, and then the end or nothing at all. */
function half(content: Content, then: "ended" | "open"): Response {
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.subarray(0, bytes.length / 2));
      if (then === "ended") controller.close();
    },
  });
  return new Response(body, {
    headers: { "content-length": String(bytes.length) },
  });
}

function endless(): ReadableStream<Uint8Array> {
  const piece = new Uint8Array(64 * 1024).fill("0".charCodeAt(0));
  return new ReadableStream({ pull: (to) => to.enqueue(piece) });
}
