/** The refusal of a word that names no command, with the one that is meant. */
import { nearest } from "../options/nearest.ts";
import { type Failure, usageError } from "../errors.ts";
import { suggest } from "../runtime/suggest.ts";
import { elsewhere, wordsElsewhere } from "./mistakes.ts";

/**
 * @param path Its parent: `["sinch", "auth"]`.
 * @param rest The words after it.
 */
export function unknownCommand(
  word: string,
  path: readonly string[],
  names: readonly string[],
  rest: readonly string[] = [],
): Failure {
  const group = path.slice(1);
  const similar = nearest(word, names) ??
    nearest(word, wordsElsewhere(group));
  const other = elsewhere([...group, word], rest) ??
    (similar && elsewhere([...group, similar], rest));
  const see = `See \`${path.join(" ")} --help\`.`;
  return usageError(
    `Unknown command "${word}"`,
    other !== undefined
      ? `Did you mean \`${suggest`${other.split(" ")}`}\`? ${see}`
      : similar === undefined
      ? see
      : `Did you mean ${similar}? ${see}`,
  );
}
