/** What `sinch doctor` finds. A check that fails is a finding too. */
import { Failure, isStop } from "../../errors.ts";

/** `note` is information; `warning` works, but may not be intended. */
export type FindingState = "ok" | "note" | "warning" | "broken";

export interface Finding {
  check: string;
  state: FindingState;
  found: string;
  /** A command or another step that fixes it. */
  fix?: string;
  /** The credentials are missing or refused: exit code 3. */
  signedOut?: true;
}

/** How long each check may take. */
export const DEADLINE_MS = 10_000;

/**
 * The findings of one check; where it fails, the failure is the finding.
 *
 * @throws {Failure} interrupted: Ctrl-C
 */
export async function attempt(
  check: string,
  find: () => Promise<Finding | Finding[]>,
): Promise<Finding[]> {
  try {
    return [await find()].flat();
  } catch (error) {
    return [failed(check, error)];
  }
}

function failed(check: string, error: unknown): Finding {
  if (error instanceof Failure && !isStop(error)) {
    return {
      check,
      state: "broken",
      found: error.message,
      fix: error.hint,
      signedOut: error.kind === "auth" || undefined,
    };
  }
  if (error instanceof DOMException && error.name === "TimeoutError") {
    const found = `no answer within ${DEADLINE_MS / 1000} s`;
    return { check, state: "broken", found, fix: NETWORK_FIX };
  }
  throw error;
}

export const NETWORK_FIX =
  "Check the network, and HTTPS_PROXY and DENO_CERT if you use a proxy.";
