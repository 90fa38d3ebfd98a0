/** Stand-in for `@std/assert`: what the project uses of it, on node:assert. */
import node from "node:assert/strict";

export class AssertionError extends Error {
  override name = "AssertionError";
}

export function assert(value: unknown, message = ""): asserts value {
  if (!value) throw new AssertionError(message);
}

export function assertEquals<T>(
  actual: T,
  expected: T,
  message?: string,
): void {
  node.deepEqual(actual, expected, message);
}

export function assertNotEquals<T>(
  actual: T,
  other: T,
  message?: string,
): void {
  node.notDeepEqual(actual, other, message);
}

export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  message?: string,
): asserts actual is T {
  node.equal(actual, expected, message);
}

export function assertExists<T>(
  value: T,
  message = `expected a value, got ${value}`,
): asserts value is NonNullable<T> {
  assert(value !== undefined && value !== null, message);
}

export function assertMatch(
  actual: string,
  expected: RegExp,
  message?: string,
): void {
  node.match(actual, expected, message);
}

export function assertNotMatch(
  actual: string,
  expected: RegExp,
  message?: string,
): void {
  node.doesNotMatch(actual, expected, message);
}

export function assertStringIncludes(
  actual: string,
  expected: string,
  message = `expected ${JSON.stringify(actual)} to contain ${
    JSON.stringify(expected)
  }`,
): void {
  assert(actual.includes(expected), message);
}

// deno-lint-ignore no-explicit-any
type Constructor<T> = abstract new (...args: any[]) => T;

export function assertInstanceOf<T>(
  actual: unknown,
  expected: Constructor<T>,
  message = `expected an instance of ${expected.name}, got ${actual}`,
): asserts actual is T {
  assert(actual instanceof expected, message);
}

export function assertThrows<E extends Error = Error>(
  run: () => unknown,
  expected: Constructor<E>,
  includes = "",
): E {
  try {
    run();
  } catch (error) {
    assertInstanceOf(error, expected);
    assertStringIncludes(error.message, includes);
    return error;
  }
  throw new AssertionError(`expected ${expected.name} to be thrown`);
}

export async function assertRejects<E extends Error = Error>(
  run: () => PromiseLike<unknown>,
  expected: Constructor<E>,
  includes = "",
): Promise<E> {
  try {
    await run();
  } catch (error) {
    assertInstanceOf(error, expected);
    assertStringIncludes(error.message, includes);
    return error;
  }
  throw new AssertionError(`expected a rejection with ${expected.name}`);
}
