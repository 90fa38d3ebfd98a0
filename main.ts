/** Wires the world together, runs one command line, and sets the exit code. */
import { VERSION_LINE } from "./commands/version.ts";
import { denoRuntime, exit, tooOldDeno } from "./runtime/deno.ts";
import { ClosedPipe, type Runtime } from "./runtime/runtime.ts";

/** Runs `runtime.args`; the result is the exit code, nothing is thrown. */
export async function main(runtime: Runtime): Promise<number> {
  const { args } = runtime;
  // Asked by scripts and package managers over and over: nothing is loaded.
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
    try {
      runtime.stdout.write(`${VERSION_LINE}\n`);
      return 0;
    } catch {
      // `run` tries once more, and reports why it fails.
    }
  }
  try {
    const { run } = await import("./commands/run.ts");
    return await run(runtime);
  } catch (error) {
    // The reader has what it wanted (`| head -1`): a quiet end.
    if (error instanceof ClosedPipe) return 0;
    throw error;
  }
}

if (import.meta.main) {
  const fault = tooOldDeno();
  if (fault) {
    denoRuntime().stderr.write(`${fault}\n`);
    exit(1);
  }
  const code = await main(denoRuntime());
  // One turn of the event loop later: Deno writes its code cache first, and the
  // next start compiles less. `setTimeout` would load the timers of Node: 5 ms.
  AbortSignal.timeout(0).onabort = () => exit(code);
}
