/** Reads XML files inside a ZIP archive, piece by piece, as they come along. */
import { usageError } from "../../errors.ts";

/** Takes what is in one XML file; names are without their namespace. */
export interface XmlHandler {
  open?(name: string, attributes: Record<string, string>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/**
 * Reads the files for which there is a handler. Yields after each piece, so that
 * what the handlers made of it can be taken.
 *
 * @throws {Failure} "usage" for an archive that is damaged.
 */
export async function* readXmlParts(
  bytes: AsyncIterable<Uint8Array>,
  handlerOf: (part: string) => XmlHandler | undefined,
): AsyncGenerator<void> {
  const { Unzip, UnzipInflate } = await import("fflate");
  const { SaxesParser } = await import("saxes");
  let fault: Error | undefined;
  const unzip = new Unzip((file) => {
    const handler = handlerOf(file.name);
    // What is not started is skipped.
    if (!handler) return;
    const decoder = new TextDecoder();
    const parser = new SaxesParser();
    parser.on("error", (error) => fault ??= error);
    parser.on(
      "opentag",
      ({ name, attributes }) => handler.open?.(localName(name), attributes),
    );
    parser.on("closetag", ({ name }) => handler.close?.(localName(name)));
    parser.on("text", (text) => handler.text?.(text));
    parser.on("cdata", (text) => handler.text?.(text));
    file.ondata = (error, data, isLast) => {
      fault ??= error ?? undefined;
      if (fault) return;
      parser.write(decoder.decode(data, { stream: !isLast }));
      if (isLast) parser.close();
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for await (const chunk of bytes) {
      unzip.push(chunk);
      if (fault) throw fault;
      yield;
    }
  } catch (error) {
    // What handlers and the source throw says more.
    if (fault === undefined && !isOfZip(error)) throw error;
    throw damaged(error);
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** An error of fflate has a number. */
function isOfZip(error: unknown): boolean {
  return error instanceof Error && "code" in error &&
    typeof error.code === "number";
}

function damaged(error: unknown) {
  const reason = error instanceof Error ? error.message : String(error);
  return usageError(
    `The spreadsheet is damaged: ${reason}`,
    'Open it, and save it as "CSV UTF-8".',
  );
}
