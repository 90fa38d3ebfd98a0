/** How text may look on a stream: colours, width, and whether a person reads it. */
import type { Output, Runtime } from "../runtime/runtime.ts";
import type { Column } from "./columns.ts";

export interface Style {
  /** A person's terminal: relative times, cut cells, headers. Else a pipe. */
  readonly terminal: boolean;
  /** Cells in a line. */
  readonly width: number;
  /** Milliseconds since 1970, to tell how long ago something was. */
  readonly now: number;
  /** Whether times are in UTC rather than in local time. */
  readonly utc: boolean;
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

/** How text may look on `stream`. */
export function styleOf(
  runtime: Pick<Runtime, "env" | "clock">,
  stream: Output,
  { utc = false }: { utc?: boolean } = {},
): Style {
  const terminal = stream.isTerminal();
  const colored = isColored(runtime, stream);
  const paint = (on: number, off: number) => (text: string) =>
    colored ? `${MARK}${on}m${text}${MARK}${off}m` : text;
  return {
    terminal,
    width: stream.columns(),
    now: runtime.clock.now(),
    utc,
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  };
}

/**
 * Whether `stream` gets colours: `NO_COLOR` wins over `FORCE_COLOR`, which is for
 * a pipe too (`0` turns colours off); a dumb terminal has none.
 */
export function isColored(
  { env }: Pick<Runtime, "env">,
  stream: Output,
): boolean {
  if (env("NO_COLOR")) return false;
  const forced = env("FORCE_COLOR");
  if (forced) return forced !== "0" && forced !== "false";
  return stream.isTerminal() && env("TERM") !== "dumb";
}

/** What gives a cell of a list its colour. */
export function painter(
  kind: Column<unknown>["kind"],
  cell: string,
  style: Style,
): ((text: string) => string) | undefined {
  if (kind === "state") return stateColor(cell, style);
  return kind === "id" || kind === "time" ? style.dim : undefined;
}

/** Green for what went well, red for what failed, yellow for what is on its way. */
function stateColor(
  state: string,
  style: Style,
): (text: string) => string {
  const word = /^[A-Z_]+/.exec(state)?.[0] ?? "";
  if (/^(ACTIVE|DELIVERED|READ|OK)$/.test(word)) return style.green;
  if (/FAIL|REJECT|ERROR|INVALID/.test(word)) return style.red;
  if (/PENDING|WAITING|QUEUED/.test(word)) return style.yellow;
  return word === "INACTIVE" ? style.dim : (text) => text;
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
