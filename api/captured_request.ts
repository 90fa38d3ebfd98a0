/** A callback as it was captured: headers, and the body byte for byte. */

export type Header = [name: string, value: string];

export interface CapturedRequest {
  headers: Header[];
  body: Uint8Array;
}

/** `name: value`; `undefined` for any other text. */
export function headerIn(line: string): Header | undefined {
  const [, name, value] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*:\s*(.*?)\s*$/s
    .exec(line) ?? [];
  return name === undefined ? undefined : [name.toLowerCase(), value!];
}

/**
 * An HTTP request as it went over the wire or as a tool saved it: a request line
 * or none, headers, an empty line, the body. A chunked body is put together.
 *
 * @returns `undefined` where there are no headers and no empty line.
 */
export function capturedRequest(
  bytes: Uint8Array,
): CapturedRequest | undefined {
  // Each byte one character: places in the text are places in the bytes.
  const text = new TextDecoder("latin1").decode(bytes);
  const end = /\r?\n\r?\n/.exec(text);
  if (!end) return undefined;
  const lines = text.slice(0, end.index).split(/\r?\n/);
  if (/^[A-Z]+ \S+(?: HTTP\/[\d.]+)?$/.test(lines[0]!)) lines.shift();
  const headers = lines.map(headerIn);
  if (!headers.every((header) => header !== undefined)) return undefined;
  const body = bytes.subarray(end.index + end[0].length);
  const isChunked = headers.some(([name, value]) =>
    name === "transfer-encoding" && /chunked/i.test(value)
  );
  return { headers, body: isChunked && dechunked(body) || body };
}

/** `undefined` where it is put together already. */
function dechunked(body: Uint8Array): Uint8Array | undefined {
  const text = new TextDecoder("latin1").decode(body);
  const pieces: number[] = [];
  for (let at = 0;;) {
    const [line, size] = /^([\da-f]{1,6})(?:;[^\r\n]*)?\r\n/i
      .exec(text.slice(at, at + 100)) ?? [];
    if (line === undefined) return undefined;
    const from = at + line.length;
    const length = parseInt(size!, 16);
    if (length === 0) return new Uint8Array(pieces);
    for (const byte of body.subarray(from, from + length)) pieces.push(byte);
    at = from + length + 2;
  }
}
