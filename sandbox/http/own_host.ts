/**
 * Keeps web pages out of a sandbox that is served: a page may let a name of its
 * own point to this machine (DNS rebinding), or call from another origin.
 */
import { isLoopback } from "../../runtime/loopback.ts";
import type { ServedRequest } from "../../runtime/runtime.ts";
import { Refusal } from "../contract/errors.ts";

/** Names the sandbox inside this process; no server has names below `localhost`. */
export const EMBEDDED_ORIGIN = "http://sandbox.localhost";

/** Its Batch API, whose paths collide with the others. */
export const EMBEDDED_BATCH_ORIGIN = "http://batch.sandbox.localhost";

const EMBEDDED_HOST = new URL(EMBEDDED_ORIGIN).hostname;

const WILDCARDS = ["0.0.0.0", "[::]"];

/**
 * @param host the address or name that the sandbox listens on
 * @returns why the request is refused, if it is
 */
export function foreignRequest(
  { url: { hostname, origin }, header }: ServedRequest,
  host: string,
): Refusal | undefined {
  if (!isOwn(hostname, host)) {
    return new Refusal(
      421,
      "INVALID_ARGUMENT",
      `The sandbox does not answer as "${hostname}". Use \`sinch sandbox start --host\` for another name.`,
    );
  }
  const from = header("origin");
  if (from === undefined || from === origin) return undefined;
  return new Refusal(
    403,
    "PERMISSION_DENIED",
    `The sandbox refuses requests from web pages of "${from}".`,
  );
}

function isOwn(hostname: string, host: string): boolean {
  if (isLoopback(hostname) || hostname === EMBEDDED_HOST) return true;
  const own = urlHost(host);
  // No name can be made to point to an address that is written out.
  return WILDCARDS.includes(own)
    ? /^\[|^[\d.]+$/.test(hostname)
    : hostname === own;
}

/** An address or name as the URL parser spells it. */
function urlHost(host: string): string {
  return new URL(`http://${host.includes(":") ? `[${host}]` : host}`).hostname;
}

/** Whether other machines can reach what listens there. */
export function isReachable(host: string): boolean {
  return !isLoopback(urlHost(host));
}
