/** Bytes to a server as no HTTP client would send them, and what comes back. */

/** Long enough for anything but a server that hangs. */
const TIMEOUT_MS = 20_000;

export interface RawAnswer {
  /** 0 where the connection ended without an answer. */
  status: number;
  /** Names in lower case. */
  headers: Map<string, string>;
  body: string;
  /** All that came, undecoded. */
  text: string;
}

/**
 * Writes `bytes` and reads one answer, or all until the server closes.
 *
 * @param url whose host and port to connect to
 * @throws Error if neither comes, or what comes is not HTTP
 */
export async function sendRaw(
  url: string,
  bytes: string | Uint8Array,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const encoded = typeof bytes === "string"
    ? Uint8Array.from(bytes, (character) => character.charCodeAt(0))
    : bytes;
  using connection = await Deno.connect({ hostname, port: Number(port) });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    connection.close();
  }, TIMEOUT_MS);
  let text = "";
  try {
    // A server may refuse before it has read all.
    write(connection, encoded).catch(() => {});
    const buffer = new Uint8Array(65_536);
    while (!isWhole(text)) {
      const count = await connection.read(buffer).catch(() => null);
      if (isLate) {
        throw new Error(`no answer to ${String(bytes).slice(0, 200)}`);
      }
      if (count === null) break;
      text += latin1(buffer.subarray(0, count));
    }
  } finally {
    clearTimeout(timer);
  }
  return parse(text);
}

async function write(
  connection: Deno.Conn,
  bytes: Uint8Array,
): Promise<void> {
  let rest = bytes;
  while (rest.length > 0) rest = rest.subarray(await connection.write(rest));
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

/** Whether an answer with a length is there in full. */
function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0 || text.startsWith("HTTP/1.1 100 ")) return false;
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(text)?.[1];
  return length !== undefined && text.length >= end + 4 + Number(length);
}

function parse(text: string): RawAnswer {
  const rest = text.replace(/^HTTP\/1\.1 100 [^\r]*\r\n\r\n/, "");
  if (rest === "") return { status: 0, headers: new Map(), body: "", text };
  const [, status, lines, body] =
    /^HTTP\/1\.[01] (\d{3}) [^\r\n]*\r\n((?:[\w-]+: [^\r\n]*\r\n)*)\r\n([^]*)$/
      .exec(rest) ?? [];
  if (status === undefined) throw new Error(`not HTTP: ${text.slice(0, 200)}`);
  const headers = new Map(
    lines!.split("\r\n").slice(0, -1).map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
  return { status: Number(status), headers, body: body!, text };
}
