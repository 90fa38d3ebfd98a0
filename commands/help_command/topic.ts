import type { Row } from "../help.ts";

/** A text and tables below it. */
export interface Topic {
  text: string;
  sections: [title: string, rows: Row[]][];
}
