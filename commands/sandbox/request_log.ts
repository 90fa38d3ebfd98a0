/** What `sandbox start --debug` shows of the requests that are served. */
import { describeExchange } from "../../api/http/debug_log.ts";
import type { Outcome } from "../../api/http/exchange.ts";
import { parseJson } from "../../json.ts";
import {
  ConnectionLost,
  type ServedAnswer,
  type ServedRequest,
} from "../../runtime/runtime.ts";
import type { SandboxHost } from "../../sandbox/sandbox.ts";
import type { Context } from "../context.ts";

/** Answers a request, and writes both to stderr at once, with `--json` too. */
export async function logged(
  { runtime: { clock, secrets, stderr } }: Context,
  api: SandboxHost,
  request: ServedRequest,
): Promise<ServedAnswer> {
  const { method, url } = request;
  const startedAt = clock.now();
  const log = (outcome: Outcome) =>
    stderr.write(`${
      describeExchange({
        request: { method, body: bodyOf(request) },
        url: url.href,
        outcome,
        ms: clock.now() - startedAt,
      }, secrets)
    }\n`);
  const answer = await api.answer(request).catch((error) => {
    if (error instanceof ConnectionLost) {
      log({ kind: "lost", reason: "a rule dropped the connection" });
    }
    throw error;
  });
  const { status, headers, body } = answer;
  log({ kind: "answer", status, headers: new Headers(headers), text: body });
  return answer;
}

function bodyOf({ body }: ServedRequest): unknown {
  const text = new TextDecoder().decode(body);
  try {
    return text === "" ? undefined : parseJson(text);
  } catch {
    return text;
  }
}
