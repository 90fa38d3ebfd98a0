/**
 * A releases page on loopback: versions with their files and checksums, the way
 * GitHub lays them out. A file can be changed after its checksum was taken.
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
  readonly #files = new Map<string, Content>();
  readonly #server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => this.#answer(new URL(request.url).pathname),
  );

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

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }

  #answer(pathname: string): Response {
    const path = pathname.replace("/owner/name/releases/", "");
    this.asked.push(path);
    const name = path.slice(path.lastIndexOf("/") + 1);
    const content = this.#files.get(path);
    if (content === undefined) {
      return new Response("Not Found", { status: 404 });
    }
    const served = this.corrupted.get(name) ?? content;
    return this.cut.has(name) ? half(served) : new Response(served);
  }
}

async function sha256(content: Content): Promise<string> {
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** Half of what its length promises. */
function half(content: Content): Response {
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  const body = ReadableStream.from([bytes.subarray(0, bytes.length / 2)]);
  return new Response(body, {
    headers: { "content-length": String(bytes.length) },
  });
}
