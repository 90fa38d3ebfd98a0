/** Values of channel properties. */
import type { Property } from "./rules.ts";

export function oneOf(words: readonly string[], source: string): Property {
  return {
    form: `must be ${words.join(" or ")}`,
    isValid: (value) => words.includes(value),
    source,
  };
}

export const flag = (source: string) => oneOf(["true", "false"], source);

/** A whole number from 1, as a string. */
export const positive = (source: string): Property => ({
  form: "must be a whole number from 1",
  isValid: (value) => /^[1-9]\d*$/.test(value),
  source,
});
