/** The refusal of a word that names no command, with the nearest one. */
import { nearest } from "../options/nearest.ts";
import { type Failure, usageError } from "../errors.ts";

/** @param path The command it should have belonged to: `["sinch", "auth"]`. */
export function unknownCommand(
  word: string,
  path: readonly string[],
  names: readonly string[],
): Failure {
  const similar = nearest(word, names);
  const see = `See \`${path.join(" ")} --help\`.`;
  return usageError(
    `Unknown command "${word}"`,
    similar === undefined ? see : `Did you mean ${similar}? ${see}`,
  );
}
