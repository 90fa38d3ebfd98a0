/**
 * `--query`: a JMESPath expression that picks from any JSON output. The library
 * is loaded only when there is a query.
 *
 * @see https://jmespath.site
 */
import { usageError } from "../errors.ts";

/** What the expression finds in a value; `null` where there is nothing. */
export type Query = (value: unknown) => unknown;

/** @throws {Failure} "usage" for an expression that cannot be read. */
export async function compileQuery(expression: string): Promise<Query> {
  const { compile, TreeInterpreter } = await import(
    "@jmespath-community/jmespath"
  );
  const attempt = <T>(step: () => T): T => {
    try {
      return step();
    } catch (error) {
      throw usageError(
        `--query "${expression}": ${
          error instanceof Error ? error.message : error
        }`,
        "JMESPath looks like messages[].id; https://jmespath.site has the language.",
      );
    }
  };
  const tree = attempt(() => compile(expression));
  return (value) =>
    attempt(() =>
      TreeInterpreter.search(
        tree,
        value as Parameters<
          typeof TreeInterpreter.search
        >[1],
      )
    );
}
