/** What a file of recipients holds once it is read, and what was wrong with it. */

/** One person of the file. */
export interface Row {
  /** The number that a spreadsheet shows beside it; the header is row 1. */
  number: number;
  /** The values, in the order of the file's columns, without spaces around them. */
  cells: readonly string[];
  /** A phone number in E.164, a channel identity, or the ID of a contact. */
  identity: string;
  /** ISO 3166 code of a phone number's country; `undefined` where it is not known. */
  country?: string;
  /** IANA name, as its column gives it. */
  timezone?: string;
}

/** A row that cannot be sent to. */
export interface RowFault {
  row: number;
  kind: FaultKind;
  /** The column it is in; `undefined` where it is the whole row. */
  column?: string;
  /** The cell as the file has it. */
  value?: string;
  /** What is wrong with this very value, where the kind does not say all. */
  detail?: string;
}

/** What is wrong with a row: each kind is counted, and named in words. */
export type FaultKind =
  | "missing"
  | "scientific"
  | "letters"
  | "extension"
  | "two numbers"
  | "characters"
  | "no country code"
  | "ambiguous"
  | "impossible"
  | "premium"
  | "fictional"
  | "identity"
  | "short row"
  | "long row"
  | "quotes"
  | "json"
  | "unknown column"
  | "time zone"
  | "no time"
  | "duplicate"
  | "message";

/** A change that only one reading of a cell allows: made, counted and listed. */
export type RepairKind =
  | "country code"
  | "plus"
  | "zeros"
  | "national zero"
  | "decimals"
  | "thousands"
  | "formula"
  | "link"
  | "invisible"
  | "digits"
  | "old form"
  | "quote"
  | "date"
  | "merged";

/** What is worth knowing of a row that is sent all the same. */
export type DoubtKind =
  | "unusual"
  | "landline"
  | "rounded"
  | "shortened"
  | "midnight";

/** A repair or a doubt of one row. */
export interface Remark<Kind extends RepairKind | DoubtKind> {
  row: number;
  kind: Kind;
  column: string;
  /** The cell as the file has it. */
  value: string;
  /** What it was repaired to. */
  result?: string;
}

/** How often each kind was found, and the first of them. */
export class Tally<Found extends { kind: string }> {
  readonly counts = new Map<Found["kind"], number>();
  readonly first: Found[] = [];

  /** @param keep How many are kept, of each kind or of all. */
  constructor(
    private readonly keep: number,
    private readonly each: "kind" | "all" = "all",
  ) {}

  add(found: Found): void {
    const count = (this.counts.get(found.kind) ?? 0) + 1;
    this.counts.set(found.kind, count);
    const kept = this.each === "kind" ? count : this.first.length + 1;
    if (kept <= this.keep) this.first.push(found);
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }
}
