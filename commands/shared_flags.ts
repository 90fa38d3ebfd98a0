/** Flags that many commands declare, each written once. */
import { usageError } from "../errors.ts";
import type { AnyCommand } from "./cli.ts";
import type { CommonFlags } from "./context.ts";

/** The flags of every list. */
export interface ListFlags {
  limit?: string;
  all?: boolean;
  jsonl?: boolean;
  csv?: boolean;
  columns?: string;
}

export const DRY_RUN_OPTION = [
  "--dry-run",
  "Show the request and change nothing.",
] as const;

export const SHOW_SECRETS_OPTION = [
  "--show-secrets",
  "Show secrets in JSON, --dry-run and --curl; they read •••• otherwise.",
] as const;

const DEFAULT_LIMIT = 20;

/** Under this name a list command keeps its columns, for completion. */
export const COLUMNS_META = "columns";

/** `--limit`: documented for every list, so it stands with the list's own. */
export function addLimit(command: AnyCommand): AnyCommand {
  return command.option(
    "-l, --limit <number:plain>",
    `Most rows to return; ${DEFAULT_LIMIT} if left out.`,
  );
}

/** How much of a list, and in which form, beyond `--limit` and `--json`. */
export function addListForms(
  command: AnyCommand,
  columns: readonly { name: string }[],
): AnyCommand {
  const names = columns.map(({ name }) => name);
  return command
    .meta(COLUMNS_META, names.join(","))
    .option("--all", "Return every row.")
    .option(
      "--columns <names:plain>",
      `Columns to show, between commas: ${names.join(", ")}.`,
    )
    .option("--jsonl", "Print one JSON object a line.")
    .option(
      "--csv",
      "Print comma-separated values; a cell that begins like a formula gets a '.",
    );
}

/** Of two forms one would be ignored; columns mean nothing in JSON. */
const CONFLICTS: readonly [keyof Forms, keyof Forms][] = [
  ["all", "limit"],
  ["csv", "json"],
  ["csv", "jsonl"],
  ["csv", "query"],
  ["jsonl", "json"],
  ["columns", "json"],
  ["columns", "jsonl"],
  ["columns", "query"],
];

type Forms = ListFlags & CommonFlags;

/** @throws {Failure} "usage" naming two flags that exclude each other. */
export function refuseConflicts(flags: Forms): void {
  for (const [one, other] of CONFLICTS) {
    if (flags[one] !== undefined && flags[other] !== undefined) {
      throw usageError(`--${one} and --${other} exclude each other`);
    }
  }
}

/**
 * How many rows are wanted; `Infinity` for all.
 *
 * @throws {Failure} "usage" unless it is a whole number from 1 on.
 */
export function limitOf({ limit, all }: ListFlags): number {
  if (limit === undefined) return all ? Infinity : DEFAULT_LIMIT;
  if (!/^\d+$/.test(limit) || Number(limit) < 1) {
    throw usageError(
      `--limit must be a whole number of at least 1, got "${limit}"`,
    );
  }
  return Number(limit);
}
