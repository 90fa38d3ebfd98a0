/** Waits for input and readers that end when the program is to stop. */
import type { Output, Runtime } from "./runtime.ts";

/**
 * A runtime whose waits for files, standard input, locks, other programs and
 * readers of its output reject with the reason of `signal` when it is aborted: a
 * named pipe, say, may never be written to. Whatever is begun afterwards, to clean up, goes on.
 */
export function interruptible(runtime: Runtime, signal: AbortSignal): Runtime {
  const { files, stdin } = runtime;
  const until = <T>(wait: Promise<T>) => unlessAborted(wait, signal);
  const output = (stream: Output): Output => ({
    ...stream,
    write: (text) => stream.write(text),
    send: (text) => until(stream.send(text)),
  });
  return {
    ...runtime,
    files: {
      ...files,
      read: (path) => until(files.read(path)),
      readBytes: (path) => until(files.readBytes(path)),
      withLock: (path, waitMs, body) =>
        files.withLock(path, waitMs, body, signal.aborted ? undefined : signal),
    },
    run: (command, args, options) => until(runtime.run(command, args, options)),
    stdin: {
      ...stdin,
      read: (into) => until(stdin.read(into)),
      readText: () => until(stdin.readText()),
      readBytes: () => until(stdin.readBytes()),
    },
    stdout: output(runtime.stdout),
    stderr: output(runtime.stderr),
  };
}

function unlessAborted<T>(wait: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return wait;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    wait.then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", stop));
  });
}
