/** One HTTP exchange, and what is known of it afterwards. */

/** Larger answers are cut off: a page of a thousand messages is below 2 MiB. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

export type Outcome =
  | { kind: "answer"; status: number; headers: Headers; text: string }
  /** The connection was never made: the server has not seen the request. */
  | { kind: "not_sent"; reason: string }
  /** The request may have arrived; its answer did not. */
  | { kind: "lost"; reason: string };

export interface ExchangeOptions {
  fetch: typeof fetch;
  /** Covers connecting, the headers and the whole body. */
  timeoutMs: number;
  /** Ends the exchange from outside (Ctrl-C); its reason is thrown. */
  signal?: AbortSignal;
}

/** Sends `init` to `url` once. Rejects only when `signal` was aborted. */
export async function exchange(
  url: string,
  init: RequestInit,
  { fetch, timeoutMs, signal }: ExchangeOptions,
): Promise<Outcome> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      ...init,
      // A redirect would carry the token, and a POST, to a host nobody named.
      redirect: "manual",
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const { status, headers } = response;
    return { kind: "answer", status, headers, text: await read(response) };
  } catch (error) {
    signal?.throwIfAborted();
    if (timeout.aborted) {
      return { kind: "lost", reason: `no answer within ${timeoutMs / 1000} s` };
    }
    const reason = connectReason(error);
    return reason
      ? { kind: "not_sent", reason }
      : { kind: "lost", reason: "the connection was lost" };
  }
}

/**
 * Why no connection was made (name not found, refused, TLS refused), or
 * `undefined` where one was. Deno tells by words alone, in the error or its cause.
 */
function connectReason(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return /client error \(Connect\): (.*)/s.exec(error.message)?.[1] ??
    connectReason(error.cause);
}

async function read(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) break;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
