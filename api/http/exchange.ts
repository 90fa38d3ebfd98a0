/** One HTTP exchange, and what is known of it afterwards. */
import { isLoopback } from "../../runtime/loopback.ts";
import { suggest } from "../../runtime/suggest.ts";
import type { Secrets } from "../../runtime/secrets.ts";

/** A page of a thousand messages is below 2 MiB. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

const SHORT_ANSWER_BYTES = 64 * 1024;

export type Outcome =
  | { kind: "answer"; status: number; headers: Headers; text: string }
  /** The server has not seen the request: no connection, or no request at all. */
  | { kind: "not_sent"; reason: string; hint: string }
  /** A success whose text is too large to read. */
  | { kind: "too_large"; reason: string }
  /** The request may have arrived; its answer did not. */
  | { kind: "lost"; reason: string };

export interface ExchangeOptions {
  fetch: typeof fetch;
  /** Covers connecting, the headers and the whole body. */
  timeoutMs: number;
  /** Makes the signal of `timeoutMs`; by default one that lives as long. */
  deadline?(ms: number): Deadline;
  /** Ends the exchange from outside (Ctrl-C); its reason is thrown. */
  signal?: AbortSignal;
  /** Masked in the text of an error answer, which may repeat what was sent. */
  secrets: Secrets;
}

export interface Deadline {
  signal: AbortSignal;
  [Symbol.dispose](): void;
}

/**
 * A deadline that ends with its exchange: thousands of exchanges a minute would
 * leave as many timers. A single one is quicker without (`setTimeout` loads the
 * timers of Node: 5 ms).
 */
export function shortDeadline(ms: number): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}

const longDeadline = (ms: number): Deadline => ({
  signal: AbortSignal.timeout(ms),
  [Symbol.dispose]() {},
});

/** Sends `init` to `url` once. Rejects only when `signal` was aborted. */
export async function exchange(
  url: string,
  init: RequestInit,
  { fetch, timeoutMs, deadline = longDeadline, signal, secrets }:
    ExchangeOptions,
): Promise<Outcome> {
  using limit = deadline(timeoutMs);
  const timeout = limit.signal;
  try {
    const response = await fetch(url, {
      ...init,
      // A redirect would carry the token, and a POST, to a host nobody named.
      redirect: "manual",
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const { status, headers, ok } = response;
    const text = await read(response).catch((reason) => {
      if (ok) throw reason;
      // The status alone says that it was refused.
      signal?.throwIfAborted();
      return "";
    });
    if (!ok) {
      const masked = secrets.mask(text ?? "");
      return { kind: "answer", status, headers, text: masked };
    }
    return text === undefined
      ? { kind: "too_large", reason: TOO_LARGE }
      : { kind: "answer", status, headers, text };
  } catch (error) {
    signal?.throwIfAborted();
    if (timeout.aborted) {
      return { kind: "lost", reason: `no answer within ${timeoutMs / 1000} s` };
    }
    const reason = unsentReason(error);
    return reason
      ? { kind: "not_sent", ...inPlainWords(reason, new URL(url)) }
      : { kind: "lost", reason: "the connection was lost" };
  }
}

/**
 * Why the server has seen nothing: no connection was made (name not found,
 * refused by a proxy, TLS), or there was nothing to send. `undefined` where the
 * request may have left. Only the words of Deno's error, or of its cause, differ.
 */
function unsentReason(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { message } = error;
  const port = /Requests to port \d+ are blocked/.exec(message)?.[0];
  // The whole message has the header in it, which may be a secret.
  if (/header value|Failed to construct/.test(message)) {
    return "a header has characters that HTTP does not allow";
  }
  return port ?? /client error \(Connect\): (.*)/s.exec(message)?.[1] ??
    unsentReason(error.cause);
}

/** What Deno says of a connection, for people, and what to do about it. */
function inPlainWords(
  reason: string,
  { host, hostname, port }: URL,
): { reason: string; hint: string } {
  const network = "Check the network, HTTPS_PROXY, and try again.";
  if (/\bare blocked\b/.test(reason)) {
    return {
      reason: `no HTTP client connects to port ${port}, which is reserved`,
      hint: "Check the port in the URL: is another one meant?",
    };
  }
  if (/\bdns error\b/.test(reason)) {
    return {
      reason: `the name ${hostname} cannot be resolved`,
      hint: network,
    };
  }
  if (/\bConnection refused\b|\bos error (?:61|111|10061)\b/i.test(reason)) {
    return {
      reason: `connection refused by ${host}`,
      hint: isLoopback(hostname)
        ? `Is \`${suggest`sandbox start`}\` running?`
        : network,
    };
  }
  if (/\bcertificate\b/.test(reason)) {
    return {
      reason,
      hint: "For a certificate of your own, set DENO_CERT to its PEM file.",
    };
  }
  if (/InvalidContentType/.test(reason)) {
    return {
      reason: `${host} does not use TLS`,
      hint: "If it is a server on this machine, use http:// in its URL.",
    };
  }
  return { reason, hint: network };
}

const TOO_LARGE = `the response is larger than ${
  MAX_ANSWER_BYTES / 1024 / 1024
} MiB`;

/** The text of the body; `undefined` where that is too large. */
async function read(response: Response): Promise<string | undefined> {
  const length = Number(response.headers.get("content-length") ?? NaN);
  // A stream takes 64 KiB for each answer, however short that is.
  if (
    length <= SHORT_ANSWER_BYTES && !response.headers.has("content-encoding")
  ) {
    return await response.text();
  }
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
