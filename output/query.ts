/**
 * `--query`: a JMESPath expression that picks from any JSON output. The library
 * is loaded only when there is a query.
 *
 * @see https://jmespath.site
 */
import type { TreeInterpreter } from "@jmespath-community/jmespath";
import { usageError } from "../errors.ts";
import { exactNumber, isNumber, isRecord, sameNumber } from "../json.ts";

/**
 * What the expression finds in a value; `null` where there is nothing.
 *
 * @throws {Failure} "usage" where the value has not what the expression needs.
 */
export type Query = (value: unknown) => unknown;

/**
 * @throws {Failure} "usage" for an expression that cannot be read, and for a
 * function that does not exist or has too few or too many arguments.
 */
export async function compileQuery(expression: string): Promise<Query> {
  const { compile, registerFunction, TreeInterpreter, TYPE_ANY } = await import(
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
  const tree = attempt(() => {
    const tree = compile(expression);
    checkFunctions(tree, TreeInterpreter.runtime._functionTable);
    return tree;
  });
  return (value) =>
    attempt(() => {
      const numbers = new NumberTexts();
      registerFunction(
        "to_string",
        ([given]) =>
          typeof given === "string"
            ? given
            : JSON.stringify(numbers.putBack(given)),
        [{ types: [TYPE_ANY] }],
        { override: true },
      );
      const plain = numbers.takeOut(value) as Json;
      return numbers.putBack(TreeInterpreter.search(tree, plain)) ?? null;
    });
}

type Json = Parameters<typeof TreeInterpreter.search>[1];

/** The library finds these only when it comes to them: with the answer. */
function checkFunctions(
  node: unknown,
  known: typeof TreeInterpreter.runtime._functionTable,
): void {
  if (Array.isArray(node)) {
    for (const inner of node) checkFunctions(inner, known);
  }
  if (!isRecord(node) || node.type === "Literal") return;
  if (node.type === "Function") {
    const { name, children } = node as { name: string; children: unknown[] };
    if (!Object.hasOwn(known, name)) {
      throw new Error(`Unknown function: ${name}()`);
    }
    const signature = known[name]!._signature;
    const min = signature.filter(({ optional }) => !optional).length;
    const max = signature.at(-1)?.variadic ? Infinity : signature.length;
    if (children.length < min || children.length > max) {
      throw new Error(
        `${name}() takes ${min === max ? min : `${min} to ${max}`} ${
          max === 1 ? "argument" : "arguments"
        }, got ${children.length}`,
      );
    }
  }
  for (const inner of Object.values(node)) checkFunctions(inner, known);
}

/**
 * The library computes with JavaScript's numbers alone. How each was written is
 * kept beside the value, and put back into what the query finds.
 */
class NumberTexts {
  readonly #texts = new Map<number, string>();

  /**
   * A copy with plain numbers, and without what every object inherits:
   * `constructor` is a field only where the answer has it.
   *
   * @throws {Error} Where two numbers differ only beyond what JavaScript keeps.
   */
  takeOut(value: unknown): unknown {
    if (isNumber(value)) {
      const number = Number(value);
      const text = String(value);
      const other = this.#texts.get(number);
      if (other !== undefined && !sameNumber(text, other)) {
        throw new Error(`${other} and ${text} are too close to be told apart`);
      }
      this.#texts.set(number, text);
      return number;
    }
    if (Array.isArray(value)) return value.map((inner) => this.takeOut(inner));
    if (!isRecord(value)) return value;
    const copy: Record<string, unknown> = Object.create(null);
    for (const [name, inner] of Object.entries(value)) {
      copy[name] = this.takeOut(inner);
    }
    return copy;
  }

  putBack(found: unknown): unknown {
    if (typeof found === "number") {
      const text = this.#texts.get(found);
      return text === undefined ? found : exactNumber(text);
    }
    if (Array.isArray(found)) return found.map((inner) => this.putBack(inner));
    if (!isRecord(found)) return found;
    return Object.fromEntries(
      Object.entries(found).map(([name, inner]) => [name, this.putBack(inner)]),
    );
  }
}
