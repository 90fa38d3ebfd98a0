/** Waits for input that end when the program is to stop. */
import type { Runtime } from "./runtime.ts";

/**
 * A runtime whose reads of files and of standard input reject with the reason of
 * `signal` when it is aborted: a named pipe, say, may never be written to.
 */
export function interruptible(runtime: Runtime, signal: AbortSignal): Runtime {
  const { files, stdin } = runtime;
  const until = <T>(wait: Promise<T>) => unlessAborted(wait, signal);
  return {
    ...runtime,
    files: { ...files, read: (path) => until(files.read(path)) },
    stdin: {
      ...stdin,
      read: (into) => until(stdin.read(into)),
      readText: () => until(stdin.readText()),
    },
  };
}

function unlessAborted<T>(wait: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    wait.then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", stop));
  });
}
