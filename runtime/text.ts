/** Bytes from outside as text: UTF-8, of a bounded size. */

/** A message has some thousand characters; a file of rules or IDs a million. */
export const MAX_TEXT_BYTES = 8 * 1024 * 1024;

/** Input that is no text, or too long; its message says where: `it is …`. */
export class BadText extends Error {
  override readonly name = "BadText";
}

/** Fills some of what it is handed; `null` at the end. */
type Fill = (into: Uint8Array) => Promise<number | null>;

/**
 * Reads up to the end.
 *
 * @throws {BadText} It is larger than 8 MiB, or not text.
 */
export async function readText(read: Fill): Promise<string> {
  return textOf(await readBytes(read));
}

/**
 * The same for bytes of any kind.
 *
 * @throws {BadText} They are more than 8 MiB.
 */
export async function readBytes(read: Fill): Promise<Uint8Array> {
  let bytes = new Uint8Array(64 * 1024);
  let length = 0;
  for (;;) {
    const count = await read(bytes.subarray(length));
    if (count === null) return bytes.subarray(0, length);
    length += count;
    if (length > MAX_TEXT_BYTES) {
      throw new BadText("it is larger than 8 MiB, the most that is read");
    }
    if (length === bytes.length) {
      const longer = new Uint8Array(2 * length);
      longer.set(bytes);
      bytes = longer;
    }
  }
}

/** @throws {BadText} It is not UTF-8, or has a NUL. */
export function textOf(bytes: Uint8Array): string {
  if (/^(255,254|254,255)/.test(bytes.subarray(0, 2).join())) {
    throw new BadText(`it is UTF-16, not UTF-8: ${place(bytes, 0)}`);
  }
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw new BadText(`it is not text: ${place(bytes, nul)}`);
  // The decoder puts U+FFFD in the place of what it cannot read.
  let at = 0;
  let offset = 0;
  for (;;) {
    const found = text.indexOf("\ufffd", at);
    if (found < 0) return text;
    offset += new TextEncoder().encode(text.slice(at, found)).length;
    if (bytes.subarray(offset, offset + 3).join() !== "239,191,189") {
      throw new BadText(`it is not UTF-8: ${place(bytes, offset)}`);
    }
    at = found + 1;
    offset += 3;
  }
}

function place(bytes: Uint8Array, at: number): string {
  const hex = bytes[at]!.toString(16).toUpperCase().padStart(2, "0");
  return `byte ${at + 1} is 0x${hex}`;
}
