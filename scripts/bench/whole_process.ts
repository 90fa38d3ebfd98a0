/** Times whole processes, as a shell would see them. */

/** Wall-clock milliseconds of one run; fails loudly when the program does. */
export async function timeProgram(
  [command, ...args]: [command: string, ...args: string[]],
  env: Record<string, string> = {},
): Promise<number> {
  const startedAt = performance.now();
  const { code } = await new Deno.Command(command, {
    args,
    env,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
  if (code !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with ${code}`);
  }
  return performance.now() - startedAt;
}

/** The most memory that a run has, as GNU time tells it; `-` without that. */
export async function peakMemory(
  program: string[],
  env: Record<string, string>,
): Promise<string> {
  const time = new Deno.Command("/usr/bin/time", {
    args: ["-f", "%M", ...program],
    env,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  });
  const result = await time.output().catch(() => undefined);
  const text = new TextDecoder().decode(result?.stderr);
  const kib = /^(\d+)$/m.exec(text)?.[1];
  return kib ? `${(Number(kib) / 1024).toFixed(0)} MiB` : "-";
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]!
    : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
