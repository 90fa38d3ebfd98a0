/** What a command shows: a value, and a text for people. */
import type { Style } from "./style.ts";

export interface View {
  /** What `--json` prints: the API's own shape wherever there is one. */
  json: unknown;
  /** What a terminal or a pipe gets, with its last line end. */
  text(style: Style): string;
  /** What a person at a terminal may do next. */
  hint?: string;
  /** Whether printing a secret is its purpose (`auth token`). */
  reveals?: boolean;
  /** Other than 0 where the answer itself is a no (`auth status`). */
  exitCode?: number;
}
