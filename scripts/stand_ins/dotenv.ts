/** Stand-in for `@std/dotenv`: what the project uses of it, on node:util. */
import { parseEnv } from "node:util";

export function parse(text: string): Record<string, string> {
  return { ...parseEnv(text) } as Record<string, string>;
}
