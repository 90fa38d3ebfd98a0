/**
 * The text of a file of unknown encoding. The order: byte order mark, NUL bytes
 * (UTF-16), UTF-8, and windows-1252 for what is not UTF-8. Other 8-bit encodings
 * look the same as that one, so they are never guessed.
 */
import { type Failure, usageError } from "../../errors.ts";

/** What was found out on the way. */
export interface Decoded {
  /** As TextDecoder names it. */
  encoding: string;
  /** Nothing in the file says so: it only is not UTF-8. */
  isGuess: boolean;
}

/** Bytes from which the encoding is seen; a sequence of UTF-8 has up to four. */
const HEAD_BYTES = 4096;

/**
 * @param encoding `--encoding`: nothing is guessed.
 * @param found Is filled as the text is read.
 * @throws {Failure} "usage" for bytes that are no text.
 */
export async function* decode(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
  found: Decoded,
): AsyncGenerator<string> {
  let decoder: Utf8OrAnsi | Plain | undefined;
  let head = new Uint8Array(0);
  const start = () => {
    found.encoding = encoding ?? encodingOf(head);
    return found.encoding === "utf-8"
      ? new Utf8OrAnsi(encoding === undefined, found)
      : new Plain(found.encoding);
  };
  for await (const chunk of bytes) {
    if (decoder) yield decoder.text(chunk);
    else {
      head = joined(head, chunk);
      if (head.length < HEAD_BYTES) continue;
      decoder = start();
      yield decoder.text(head);
    }
  }
  if (decoder) yield decoder.text(new Uint8Array(0), true);
  else yield start().text(head, true);
}

/** @throws {Failure} "usage" for bytes that are no text. */
function encodingOf(head: Uint8Array): string {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const nuls = [0, 0];
  head.forEach((byte, at) => byte === 0 && nuls[at % 2]!++);
  const [even, odd] = nuls as [number, number];
  if (even + odd === 0) return "utf-8";
  // Latin letters in UTF-16 have a NUL each, always on the same side.
  if (odd > head.length / 8 && even < odd / 8) return "utf-16le";
  if (even > head.length / 8 && odd < even / 8) return "utf-16be";
  throw notText(head);
}

const MAGIC: [string, string][] = [
  ["89504e47", "a PNG image"],
  ["ffd8ff", "a JPEG image"],
  ["47494638", "a GIF image"],
  ["25504446", "a PDF"],
  ["1f8b", "a gzip archive"],
];

/** What a file is that is no text, if its first bytes say so. */
export function kindOfFile(head: Uint8Array): string | undefined {
  const hex = head.slice(0, 4).toHex();
  return MAGIC.find(([magic]) => hex.startsWith(magic))?.[1];
}

function notText(head: Uint8Array): Failure {
  return usageError(
    `The file is ${kindOfFile(head) ?? "not text"}, not a list of recipients`,
    'Save the spreadsheet as "CSV UTF-8".',
  );
}

class Plain {
  readonly #decoder: TextDecoder;

  constructor(encoding: string) {
    this.#decoder = new TextDecoder(encoding);
  }

  text(bytes: Uint8Array, isLast = false): string {
    return this.#decoder.decode(bytes, { stream: !isLast });
  }
}

/**
 * UTF-8 until a byte says that it is not. As long as all bytes before were ASCII,
 * they are the same in windows-1252, so the file need not be read a second time.
 */
class Utf8OrAnsi {
  #utf8 = new TextDecoder("utf-8", { fatal: true });
  #ansi?: TextDecoder;
  #isAscii = true;
  #line = 1;
  /** The end of the last bytes, which may be the start of a character. */
  #rest: Uint8Array<ArrayBufferLike> = new Uint8Array(0);

  constructor(
    private readonly mayGuess: boolean,
    private readonly found: Decoded,
  ) {}

  text(chunk: Uint8Array, isLast = false): string {
    if (this.#ansi) return this.#ansi.decode(chunk, { stream: !isLast });
    const bytes = joined(this.#rest, chunk);
    const whole = isLast ? bytes.length : wholeCharacters(bytes);
    this.#rest = bytes.slice(whole);
    try {
      const text = this.#utf8.decode(bytes.subarray(0, whole), {
        stream: !isLast,
      });
      this.#isAscii &&= text.length === whole;
      this.#line += lines(text);
      return text;
    } catch {
      return this.#notUtf8(bytes, isLast);
    }
  }

  #notUtf8(bytes: Uint8Array, isLast: boolean): string {
    const good = bytes.subarray(0, firstFault(bytes));
    const isAscii = this.#isAscii && good.every((byte) => byte < 0x80);
    if (!this.mayGuess || !isAscii) {
      const line = this.#line + lines(new TextDecoder().decode(good));
      const byte = bytes[good.length]?.toString(16).toUpperCase();
      throw usageError(
        `The file is not UTF-8 from line ${line} on: byte 0x${byte} is no character`,
        'Save it as "CSV UTF-8", or name its encoding, such as --encoding windows-1252.',
      );
    }
    this.found.encoding = "windows-1252";
    this.found.isGuess = true;
    this.#ansi = new TextDecoder("windows-1252");
    return this.#ansi.decode(bytes, { stream: !isLast });
  }
}

/** How many of the bytes are not the unfinished start of a character at the end. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Where UTF-8 ends: the longest start that a decoder takes. */
function firstFault(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  const decodes = (length: number) => {
    const whole = wholeCharacters(bytes.subarray(0, length));
    try {
      new TextDecoder("utf-8", { fatal: true })
        .decode(bytes.subarray(0, whole));
      return true;
    } catch {
      return false;
    }
  };
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(middle)) good = middle;
    else bad = middle;
  }
  return wholeCharacters(bytes.subarray(0, good));
}

function lines(text: string): number {
  return text.match(/\r\n?|\n/g)?.length ?? 0;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}
