/** The real world: the only file that names `Deno`. */
import {
  ClosedPipe,
  type Files,
  type Input,
  type Output,
  type ProgramResult,
  type RunOptions,
  type Runtime,
  type StopSignal,
} from "./runtime.ts";
import { Secrets } from "./secrets.ts";
import { readBytes, readText } from "./text.ts";

export function denoRuntime(): Runtime {
  return {
    args: Deno.args,
    os: Deno.build.os === "windows" || Deno.build.os === "darwin"
      ? Deno.build.os
      : "linux",
    arch: Deno.build.arch === "aarch64" ? "arm64" : "x64",
    get executable() {
      return Deno.build.standalone
        ? Deno.realPathSync(Deno.execPath())
        : undefined;
    },
    env: (name) => Deno.env.get(name),
    stdin,
    stdout: output(Deno.stdout),
    stderr: output(Deno.stderr),
    fetch: fetchOnce,
    clock: { now: Date.now, sleep },
    random: Math.random,
    files,
    secrets: new Secrets(),
    run,
    serve: async (options) => (await import("./serve.ts")).serve(options),
    onStop,
    quietly,
  };
}

function quietly<T>(run: () => T): T {
  const { warn } = console;
  console.warn = () => {};
  try {
    return run();
  } finally {
    console.warn = warn;
  }
}

/** Ends the process; only `main.ts` calls it. */
export const exit: (code: number) => never = Deno.exit;

/** The sandbox is served with `node:http` as it is from here on. */
const OLDEST_DENO = [2, 8] as const;

/** What to say where this Deno is too old for the program. */
export function tooOldDeno(): string | undefined {
  const { deno } = Deno.version;
  const [major = 0, minor = 0] = deno.split(".").map(Number);
  const [oldest, least] = OLDEST_DENO;
  if (major > oldest || major === oldest && minor >= least) return undefined;
  return `error: sinch requires Deno ${oldest}.${least} or later, this is Deno ${deno}. Run \`deno upgrade\`.`;
}

const encoder = new TextEncoder();
/** Output leaves through it: encoding a whole page of a list takes its size anew. */
const piece = new Uint8Array(64 * 1024);

const stdin: Input = {
  isTerminal: () => Deno.stdin.isTerminal(),
  read: (into) => Deno.stdin.read(into),
  readText: () => readText((into) => Deno.stdin.read(into)),
  readBytes: () => readBytes((into) => Deno.stdin.read(into)),
  setRaw: (raw) => Deno.stdin.setRaw(raw),
};

function output(stream: typeof Deno.stdout): Output {
  return {
    isTerminal: () => stream.isTerminal(),
    columns() {
      try {
        // 0 under `script` and some CI terminals.
        return Deno.consoleSize().columns || 80;
      } catch {
        return 80;
      }
    },
    rows() {
      try {
        return Deno.consoleSize().rows || 24;
      } catch {
        return 24;
      }
    },
    write(text) {
      for (const piece of pieces(text)) {
        for (let next: Uint8Array | undefined = piece; next;) {
          const bytes: Uint8Array = next;
          try {
            next = restOf(bytes, stream.writeSync(bytes));
          } catch (error) {
            next = restAfter(bytes, error);
            Atomics.wait(NEVER, 0, 0, RETRY_MS);
          }
        }
      }
    },
    async send(text) {
      for (const piece of pieces(text)) {
        for (let next: Uint8Array | undefined = piece; next;) {
          const bytes: Uint8Array = next;
          try {
            next = restOf(bytes, await stream.write(bytes));
          } catch (error) {
            next = restAfter(bytes, error);
            await sleep(RETRY_MS);
          }
        }
      }
    },
  };
}

/** A pipe takes as much as this whole or not at all. */
const PIECE_BYTES = 4096;
/** Less than this without a line end waits in a buffer of Deno. */
const BUFFER_BYTES = 1024;
/** A pipe that another process has made non-blocking may be full. */
const RETRY_MS = 5;
const NEVER = new Int32Array(new SharedArrayBuffer(4));

/**
 * A text in pieces that a full pipe refuses whole: each ends with a line, or has
 * no line end. Of any other Deno buffers a part, and then says that it failed.
 */
function* pieces(text: string): Generator<Uint8Array> {
  for (let at = 0; at < text.length;) {
    const { read, written } = encoder.encodeInto(text.slice(at), piece);
    at += read;
    for (let rest = piece.slice(0, written); rest.length > 0;) {
      const first = rest.subarray(0, PIECE_BYTES);
      const lines = first.subarray(0, first.lastIndexOf(10) + 1);
      const next = lines.length > 0 ? lines : first;
      yield next;
      rest = rest.subarray(next.length);
    }
  }
}

function restOf(rest: Uint8Array, written: number): Uint8Array | undefined {
  return written < rest.length ? rest.subarray(written) : undefined;
}

/** What to write after a write that failed: nothing new where it was buffered. */
function restAfter(rest: Uint8Array, error: unknown): Uint8Array {
  if (error instanceof Deno.errors.BrokenPipe) throw new ClosedPipe();
  if (!(error instanceof Deno.errors.WouldBlock)) throw error;
  const isBuffered = rest.length < BUFFER_BYTES && !rest.includes(10);
  return isBuffered ? rest.subarray(rest.length) : rest;
}

/**
 * `fetch` repeats a request by itself, a POST too, when a connection that was
 * used before breaks (HTTP/1.1), or when the server refuses the stream (HTTP/2).
 * A change therefore gets an HTTP/1.1 connection of its own, used once: one
 * request seen in every fault. A stream as body is not repeated either, but it
 * is sent in chunks, and fails where the server has just closed an idle
 * connection: 193 of 800 requests, none of them sent.
 */
const fetchOnce: typeof fetch = (input, init) => {
  const method = init?.method ?? (input instanceof Request ? input.method : "");
  if (["", "GET", "HEAD"].includes(method.toUpperCase())) {
    reads ??= createClient({});
    return fetch(input, { ...init, client: reads });
  }
  changes ??= createClient({ poolMaxIdlePerHost: 0, http2: false });
  // A redirect would repeat the change elsewhere.
  return fetch(input, { ...init, redirect: "manual", client: changes });
};

let reads: Deno.HttpClient | undefined;
let changes: Deno.HttpClient | undefined;

function createClient(options: Deno.CreateHttpClientOptions): Deno.HttpClient {
  // A client reads the variable when it is made; a proxy for this machine's own
  // addresses would only see the key secret in clear.
  const given = Deno.env.get("NO_PROXY");
  const others = given ?? Deno.env.get("no_proxy");
  Deno.env.set("NO_PROXY", [others, LOOPBACK].filter(Boolean).join(","));
  try {
    return Deno.createHttpClient(options);
  } finally {
    if (given === undefined) Deno.env.delete("NO_PROXY");
    else Deno.env.set("NO_PROXY", given);
  }
}

const LOOPBACK = "localhost,127.0.0.0/8,::1";

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

const files: Files = {
  async read(path) {
    try {
      using file = await Deno.open(path);
      return await readText((into) => file.read(into));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  },
  async readBytes(path) {
    try {
      using file = await Deno.open(path);
      return await readBytes((into) => file.read(into));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  },
  async open(path) {
    try {
      return await Deno.open(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  },
  writePrivate: (path, text) => files.writePrivatePieces(path, [text]),
  async writePrivatePieces(path, pieces) {
    await files.makeFolder(folderOf(path));
    const fresh = `${path}.${crypto.randomUUID()}`;
    try {
      const stream = ReadableStream.from(pieces);
      await Deno.writeTextFile(fresh, stream, { mode: 0o600, createNew: true });
      await Deno.rename(fresh, path);
    } catch (error) {
      await Deno.remove(fresh).catch(() => {});
      throw error;
    }
  },
  async write(path, text) {
    await files.makeFolder(folderOf(path));
    await Deno.writeTextFile(path, text);
  },
  async mode(path) {
    try {
      const { mode } = await Deno.stat(path);
      return mode === null ? undefined : mode & 0o777;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  },
  async list(path) {
    try {
      return await Array.fromAsync(Deno.readDir(path), ({ name }) => name);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
  },
  writeProgram: (path, content) =>
    Deno.writeFile(path, content, { mode: 0o755, createNew: true }),
  async swapProgram(current, fresh, previous) {
    const aside = `${current}.aside`;
    const isWindows = Deno.build.os === "windows";
    // A program that runs can be renamed on Windows, but not replaced. Elsewhere
    // it gets a second name: at no moment is there no program.
    await (isWindows ? Deno.rename : Deno.link)(current, aside);
    try {
      await Deno.rename(fresh, current);
    } catch (error) {
      await (isWindows ? Deno.rename(aside, current) : Deno.remove(aside));
      throw error;
    }
    try {
      await Deno.rename(aside, previous);
    } catch (error) {
      await Deno.rename(current, fresh);
      await Deno.rename(aside, current);
      throw error;
    }
  },
  async remove(path) {
    try {
      await Deno.remove(path);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  },
  makeFolder: (path) => Deno.mkdir(path, { recursive: true, mode: 0o700 }),
  async withLock(path, waitMs, body, signal) {
    await files.makeFolder(folderOf(path));
    using file = await openLock(path);
    // The operating system lets go of the lock when its holder ends, however
    // it ends: no stale lock can stay behind.
    const giveUpAt = Date.now() + waitMs;
    while (!await file.tryLock(true) && Date.now() < giveUpAt) {
      await sleep(20, signal);
    }
    return await body();
  },
  async ifNotLocked(path, body) {
    using file = await openLock(path);
    if (!await file.tryLock(true)) return undefined;
    // Its last holder may have removed it, and another process made a new one.
    const now = await Deno.stat(path).catch(() => undefined);
    if (now?.ino !== (await file.stat()).ino) {
      return await files.ifNotLocked(path, body);
    }
    try {
      return await body();
    } finally {
      await files.remove(path);
    }
  },
};

/**
 * A link would let somebody else choose which file is made, or what waits.
 * @throws {Error} It is a link.
 */
async function openLock(path: string): Promise<Deno.FsFile> {
  const isLink = () =>
    Deno.lstat(path).then((info) => info.isSymlink, () => false);
  const refusal = () => new Error(`${path} is a symbolic link`);
  if (await isLink()) throw refusal();
  const options = { create: true, write: true, mode: 0o600 };
  const file = await Deno.open(path, options);
  // Put there since we looked.
  if (!await isLink()) return file;
  file.close();
  throw refusal();
}

function folderOf(path: string): string {
  return /[\\/]/.test(path) ? path.replace(/[\\/][^\\/]*$/, "") || "/" : ".";
}

async function run(
  command: string,
  args: string[],
  { stdin = "", timeoutMs = 5000, signal }: RunOptions = {},
): Promise<ProgramResult | undefined> {
  const decoder = new TextDecoder();
  try {
    const child = new Deno.Command(command, {
      args,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      signal: AbortSignal.any([
        AbortSignal.timeout(timeoutMs),
        ...signal ? [signal] : [],
      ]),
    }).spawn();
    const writer = child.stdin.getWriter();
    // A program that does not read its input closes it early: not our failure.
    await writer.write(encoder.encode(stdin)).catch(() => {});
    await writer.close().catch(() => {});
    const { code, stdout, stderr } = await child.output();
    return {
      code,
      stdout: decoder.decode(stdout),
      stderr: decoder.decode(stderr),
    };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function onStop(listener: (signal: StopSignal) => void): () => void {
  const signals: StopSignal[] = Deno.build.os === "windows"
    ? ["SIGINT"]
    : ["SIGINT", "SIGTERM", "SIGHUP"];
  const added = signals.map((signal) => {
    const handler = () => listener(signal);
    Deno.addSignalListener(signal, handler);
    return () => Deno.removeSignalListener(signal, handler);
  });
  return () => added.forEach((remove) => remove());
}
