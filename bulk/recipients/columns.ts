/** The columns of a file by name, and which of them has the recipients. */
import { type Failure, usageError } from "../../errors.ts";
import { allOf } from "../../options/checks.ts";
import { nearest } from "../../options/nearest.ts";

/** Whether a file's recipients are phone numbers, or identities of a channel. */
export type RecipientKind = "phone" | "identity";

/** How columns of recipients are called, as `plain` writes it. */
const NAMES: Record<RecipientKind, readonly string[]> = {
  phone: [
    "phone phonenumber phoneno phonenr telephone telephonenumber tel",
    "mobile mobilenumber mobilephone mobileno cell cellphone cellnumber",
    "msisdn number recipient recipients to sms whatsapp e164",
  ].join(" ").split(" "),
  identity: [
    "recipient recipients to identity channelidentity userid chatid",
    "psid igsid openid lineid messenger instagram telegram line wechat",
  ].join(" ").split(" "),
};

/** More are not read: a sheet of thousands of empty columns is a mistake. */
const MAX_COLUMNS = 1000;

export class Columns {
  /** As the header has them; `""` for a column without a name. */
  readonly names: readonly string[];
  readonly #places = new Map<string, number[]>();

  /** @throws {Failure} "usage" for a header of more than 1,000 names. */
  constructor(header: readonly string[]) {
    const named = header.map((name) => visible(name));
    const count = named.findLastIndex((name) => name !== "") + 1;
    this.names = named.slice(0, count);
    if (count > MAX_COLUMNS) {
      throw usageError(
        `The file has ${count} columns, more than ${MAX_COLUMNS}`,
        "Remove the columns that the message does not need.",
      );
    }
    for (const [place, name] of this.names.entries()) {
      if (name === "") continue;
      const places = this.#places.get(plain(name)) ?? [];
      this.#places.set(plain(name), [...places, place]);
    }
  }

  /**
   * The place of a column; names are compared without case, spaces, `_` and `-`.
   *
   * @throws {Failure} "usage" where several columns have the name.
   */
  place(name: string): number | undefined {
    const [place, other] = this.#places.get(plain(name)) ?? [];
    if (other === undefined) return place;
    throw usageError(
      `The file has two columns "${this.names[place!]}": ${
        letters(place!)
      } and ${letters(other)}`,
      "Rename or remove one of them.",
    );
  }

  /**
   * The column with the recipients.
   *
   * @param chosen `--recipient-column`
   * @throws {Failure} "usage" where there is none, or more than one.
   */
  recipient(kind: RecipientKind, chosen?: string): number {
    if (chosen !== undefined) {
      const place = this.place(chosen);
      if (place !== undefined) return place;
      throw unknownColumns([chosen], this.names);
    }
    const found = NAMES[kind].filter((name) => this.#places.has(name));
    if (found.length > 1) {
      const names = found.map((name) => this.names[this.place(name)!]!);
      throw usageError(
        `The file has ${found.length} columns that may have the recipients: ${
          allOf(names.map((name) => `"${name}"`))
        }`,
        `Choose one with --recipient-column ${
          names.map((name) => `"${name}"`).join(" or ")
        }.`,
      );
    }
    if (found.length === 1) return this.place(found[0]!)!;
    throw this.#noRecipient(kind);
  }

  /** Whether a name of the header is one of recipients. */
  hasRecipient(kind: RecipientKind, chosen?: string): boolean {
    return chosen === undefined
      ? NAMES[kind].some((name) => this.#places.has(name))
      : this.#places.has(plain(chosen));
  }

  #noRecipient(kind: RecipientKind): Failure {
    const number = this.names.find(looksLikeNumber);
    if (number !== undefined) {
      return usageError(
        `The file has no header row: its first row has "${number}"`,
        "Add a first row with the names of the columns, or name them with --columns phone,name.",
      );
    }
    return usageError(
      `The file has no column with the recipients. Its columns: ${
        this.names.map((name) => `"${name}"`).join(", ")
      }`,
      kind === "phone"
        ? 'Name the column "phone", or choose one with --recipient-column.'
        : 'Name the column "recipient", or choose one with --recipient-column.',
    );
  }
}

/** `A`, `B` … `AA`, as spreadsheets call them. */
function letters(place: number): string {
  const rest = Math.floor(place / 26) - 1;
  return (rest < 0 ? "" : letters(rest)) +
    String.fromCharCode(65 + place % 26);
}

/** Without what has no width, and without spaces around it. */
export function visible(text: string): string {
  return HAS_INVISIBLE.test(text)
    ? text.replace(INVISIBLE, "").trim()
    : text.trim();
}

const HAS_INVISIBLE = /[^\x20-\x7e]/;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\0]/gu;

/** A name without case, spaces, `_` and `-`. */
function plain(name: string): string {
  return visible(name).toLowerCase().replace(/[\s_\p{Dash}]/gu, "");
}

function looksLikeNumber(name: string): boolean {
  return /^[+\d\s().-]{6,}$/.test(name) &&
    /\d{5}/.test(name.replace(/\D/g, ""));
}

/** @throws {Failure} "usage" */
export function unknownColumns(
  names: readonly string[],
  columns: readonly string[],
): Failure {
  const similar = nearest(names[0]!, columns);
  const quoted = allOf(names.map((name) => `"${name}"`));
  return usageError(
    `The file has no column${names.length > 1 ? "s" : ""} ${quoted}`,
    [
      similar ? `Did you mean "${similar}"?` : "",
      `Its columns: ${columns.filter(Boolean).join(", ")}.`,
    ].filter(Boolean).join("\n"),
  );
}
