/**
 * Stand-in for `@std/dotenv`: reads a file as that does, but leaves each `$` as
 * it is, as the project hands it none.
 */
const ENTRY =
  /^\s*(?:export\s+)?([^\s=#]+)\s*=[ \t]*(?:'([^']*)'|"((?:\\[^]|[^"\\])*)"|([^\r\n#]*)).*$/gm;

const ESCAPES = new Map([["n", "\n"], ["r", "\r"], ["t", "\t"]]);

export function parse(text: string): Record<string, string> {
  const values: Record<string, string> = Object.create(null);
  for (const [, key, single, double, bare = ""] of text.matchAll(ENTRY)) {
    if (!/^[a-z_]\w*$/i.test(key!)) console.warn(`Ignored the key "${key}"`);
    else if (single !== undefined) values[key!] = withoutOuterBreaks(single);
    else if (double !== undefined) {
      values[key!] = withoutOuterBreaks(double)
        .replaceAll(
          /\\([nrt"'\\])/g,
          (_, letter) => ESCAPES.get(letter) ?? letter,
        );
    } else values[key!] = bare.trim();
  }
  return values;
}

function withoutOuterBreaks(text: string): string {
  return text.replace(/^\r?\n?/, "").replace(/\r?\n?$/, "");
}
