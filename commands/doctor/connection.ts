/** Checks of the credentials and of the servers. */
import { exchange } from "../../api/http/exchange.ts";
import { listTemplates } from "../../api/templates.ts";
import { requireCredentials, type Settings } from "../../config/resolve.ts";
import { Failure } from "../../errors.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { Context } from "../context.ts";
import { DEADLINE_MS, type Finding, NETWORK_FIX } from "./finding.ts";

export async function findCredentials(
  settings: Settings,
): Promise<Finding> {
  const check = "Credentials";
  try {
    const { projectId, keyId, keySecret, secretSource } = requireCredentials(
      settings,
    );
    await keySecret();
    return {
      check,
      state: "ok",
      found:
        `project ${projectId.value} (${projectId.source}), key ${keyId.value} (${keyId.source}), secret from ${secretSource}`,
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { message: found, hint: fix } = error;
    return { check, state: "broken", found, fix, signedOut: true };
  }
}

/** A new token: a cached one does not prove that the key still works. */
export async function findToken(context: Context): Promise<Finding> {
  const { expiresAt } = await (await context.tokenSource()).fetch();
  const minutes = Math.round(
    (expiresAt - context.runtime.clock.now()) / 60_000,
  );
  return {
    check: "Token",
    state: "ok",
    found: `new token received, valid for ${minutes} min`,
  };
}

/** The Date header has whole seconds. */
const SKEW_MS = 30_000;

const SET_CLOCK: Record<Runtime["os"], string> = {
  linux: "sudo timedatectl set-ntp true",
  darwin: "sudo sntp -sS time.apple.com",
  windows: "w32tm /resync",
};

/** Whether the API host responds, and whether its clock agrees. */
export async function findHostAndClock(
  { runtime, signal }: Context,
  { urls }: Settings,
): Promise<Finding[]> {
  const host = new URL(urls.conversation).host;
  const outcome = await exchange(urls.conversation, {}, {
    fetch: runtime.fetch,
    timeoutMs: DEADLINE_MS,
    signal,
    secrets: runtime.secrets,
  });
  if (outcome.kind !== "answer") {
    const { reason } = outcome;
    return [{
      check: "Host",
      state: "broken",
      found: reason.includes(host) ? reason : `${host}: ${reason}`,
      fix: outcome.kind === "not_sent" ? outcome.hint : NETWORK_FIX,
    }];
  }
  const answers: Finding = {
    check: "Host",
    state: "ok",
    found: `${host} responds`,
  };
  const time = Date.parse(outcome.headers.get("date") ?? "");
  if (Number.isNaN(time)) return [answers];
  const skewMs = runtime.clock.now() - time;
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const clock: Finding = Math.abs(skewMs) <= SKEW_MS
    ? { check: "Clock", state: "ok", found: "in sync with the server" }
    : {
      check: "Clock",
      state: "warning",
      found: `${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} the server`,
      fix: SET_CLOCK[runtime.os],
    };
  return [answers, clock];
}

export async function findTemplates(context: Context): Promise<Finding> {
  const { templates = [] } = await context.read(listTemplates());
  const { length } = templates;
  return {
    check: "Templates",
    state: "ok",
    found: `template host responds: ${length} template${
      length === 1 ? "" : "s"
    }`,
  };
}
