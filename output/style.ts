/** How text may look on a stream: colours, width, and whether a person reads it. */
import type { Output, Runtime } from "../runtime/runtime.ts";

export interface Style {
  /** A person's terminal: relative times, cut cells, headers. Else a pipe. */
  readonly terminal: boolean;
  /** Cells in a line. */
  readonly width: number;
  /** Milliseconds since 1970, to tell how long ago something was. */
  readonly now: number;
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

/** `NO_COLOR` wins over `FORCE_COLOR`, which colours a pipe too. */
export function styleOf(runtime: Runtime, stream: Output): Style {
  const terminal = stream.isTerminal();
  const colored = !runtime.env("NO_COLOR") &&
    (terminal || Boolean(runtime.env("FORCE_COLOR")));
  const paint = (on: number, off: number) => (text: string) =>
    colored ? `${MARK}${on}m${text}${MARK}${off}m` : text;
  return {
    terminal,
    width: stream.columns(),
    now: runtime.clock.now(),
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  };
}

/**
 * Begins a change of style within a text, in the place of the escape character:
 * noncharacters that nobody else can guess, so that the doors can tell our
 * styling from an escape sequence in a foreign text.
 */
const MARK = String.fromCharCode(
  ...Array.from(
    crypto.getRandomValues(new Uint8Array(8)),
    (byte) => 0xfdd0 + (byte & 0x1f),
  ),
);

/** A text split where its style changes, with the number of the style. */
export function styledParts(text: string): { style?: string; text: string }[] {
  const [first = "", ...rest] = text.split(MARK);
  return [
    { text: first },
    ...rest.map((part) => {
      const end = part.indexOf("m");
      return { style: part.slice(0, end), text: part.slice(end + 1) };
    }),
  ];
}
