/** Refusals of words that no command and no option has, with the nearest one. */
import { nearest } from "../api/nearest.ts";
import { type Failure, usageError } from "../errors.ts";
import type { AnyCommand } from "./cli.ts";
import { readCommandLine } from "./command_line.ts";

/** @param path The command it should have belonged to: `["sinch", "auth"]`. */
export function unknownCommand(
  word: string,
  path: readonly string[],
  names: readonly string[],
): Failure {
  return unknown("command", word, path, names);
}

/** The refusal of the first flag that is unknown, if one is. */
export function unknownFlag(
  root: AnyCommand,
  args: readonly string[],
): Failure | undefined {
  const { command, unknownFlags: [flag] } = readCommandLine(root, args);
  if (flag === undefined) return undefined;
  const known = command.getOptions().flatMap(({ flags }) => flags)
    .filter((flag) => flag.startsWith("--"));
  return unknown("option", flag, command.getPath().split(" "), known);
}

function unknown(
  noun: string,
  word: string,
  path: readonly string[],
  known: readonly string[],
): Failure {
  const similar = nearest(word, known);
  const see = `See \`${path.join(" ")} --help\`.`;
  return usageError(
    `Unknown ${noun} "${word}"`,
    similar === undefined ? see : `Did you mean ${similar}? ${see}`,
  );
}
