/** Times whole processes, as a shell would see them. */

/** Wall-clock milliseconds of one run; fails loudly when the command does. */
export async function timeOnce(
  args: string[],
  env: Record<string, string> = {},
): Promise<number> {
  const startedAt = performance.now();
  const { code } = await new Deno.Command(Deno.execPath(), {
    args,
    env,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
  if (code !== 0) throw new Error(`deno ${args.join(" ")} ended with ${code}`);
  return performance.now() - startedAt;
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]!
    : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
