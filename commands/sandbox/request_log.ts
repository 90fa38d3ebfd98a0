/** What `sandbox start --debug` shows of the requests that are served. */
import { describeExchange } from "../../api/http/debug_log.ts";
import type { Outcome } from "../../api/http/exchange.ts";
import { parseJson } from "../../json.ts";
import { ConnectionLost } from "../../runtime/runtime.ts";
import type { SandboxHost } from "../../sandbox/sandbox.ts";
import type { Context } from "../context.ts";

/** Answers a request, and writes both to stderr at once, with `--json` too. */
export async function logged(
  { runtime: { clock, secrets, stderr } }: Context,
  api: SandboxHost,
  request: Request,
): Promise<Response> {
  const { method, url } = request;
  const startedAt = clock.now();
  const body = await bodyOf(request.clone());
  const log = (outcome: Outcome) =>
    stderr.write(`${
      describeExchange({
        request: { method, body },
        url,
        outcome,
        ms: clock.now() - startedAt,
      }, secrets)
    }\n`);
  const response = await api.fetch(request).catch((error) => {
    if (error instanceof ConnectionLost) {
      log({ kind: "lost", reason: "a rule dropped the connection" });
    }
    throw error;
  });
  const { status, headers } = response;
  const text = await response.clone().text();
  log({ kind: "answer", status, headers, text });
  return response;
}

async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text();
  try {
    return text === "" ? undefined : parseJson(text);
  } catch {
    return text;
  }
}
