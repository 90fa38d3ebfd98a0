/**
 * What `sandbox start` shows of the requests that it serves: a line for each in a
 * terminal, with `--debug` also the bodies, and nothing with `--quiet`.
 */
import { describeExchange } from "../../api/http/debug_log.ts";
import type { Outcome } from "../../api/http/exchange.ts";
import { parseJson } from "../../json.ts";
import { safeLine } from "../../output/safe_text.ts";
import {
  ConnectionLost,
  type ServedAnswer,
  type ServedRequest,
} from "../../runtime/runtime.ts";
import type { Secrets } from "../../runtime/secrets.ts";
import { RULE_HEADER } from "../../sandbox/http/faults.ts";
import { NOTES_HEADER } from "../../sandbox/http/router.ts";
import type { SandboxHost } from "../../sandbox/sandbox.ts";
import type { Context } from "../context.ts";

type Handler = SandboxHost["answer"];

/** The handler that answers like the API, and logs what this run asks for. */
export function withLog(
  context: Context,
  { answer }: SandboxHost,
  quiet = false,
): Handler {
  if (quiet) return answer;
  if (context.debugLog) return logged(context, answer, bodies);
  const { stderr } = context.runtime;
  return stderr.isTerminal() ? logged(context, answer, line) : answer;
}

interface Served {
  request: ServedRequest;
  ms: number;
  /** None where a rule dropped the connection. */
  answer?: ServedAnswer;
}

/** Answers a request, and writes to stderr at once, with `--json` too. */
function logged(
  { runtime: { clock, secrets, stderr } }: Context,
  answer: Handler,
  describe: (served: Served, secrets: Secrets) => string,
): Handler {
  return async (request) => {
    const startedAt = clock.now();
    const log = (answer?: ServedAnswer) => {
      const ms = Math.round(clock.now() - startedAt);
      stderr.write(`${describe({ request, ms, answer }, secrets)}\n`);
    };
    const answered = await answer(request).catch((error) => {
      if (error instanceof ConnectionLost) log();
      throw error;
    });
    log(answered);
    return answered;
  };
}

const DROPPED = "a rule dropped the connection";

function bodies(served: Served, secrets: Secrets): string {
  const { request, ms, answer } = served;
  const outcome: Outcome = answer
    ? {
      kind: "answer",
      status: answer.status,
      headers: new Headers(answer.headers),
      text: answer.body,
    }
    : { kind: "lost", reason: DROPPED };
  const { method, url } = request;
  const exchange = describeExchange({
    request: { method, body: bodyOf(request) },
    url: url.href,
    outcome,
    ms,
  }, secrets);
  return [exchange, ...notesOf(served)].join("\n");
}

/** Method, path, status and milliseconds, and what is worth a note. */
function line(served: Served, secrets: Secrets): string {
  const { request: { method, url }, ms, answer } = served;
  const what = `${method} ${safeLine(url.pathname)}`;
  return secrets.mask(
    [
      `${what}  ${answer ? answer.status : DROPPED}  ${ms} ms`,
      ...notesOf(served),
    ].join("\n"),
  );
}

function notesOf({ answer }: Served): string[] {
  const { [NOTES_HEADER]: notes, [RULE_HEADER]: rule } = answer?.headers ?? {};
  return [
    ...notes ? [`  Note: ${notes}`] : [],
    ...rule ? [`  Note: this answer is from sandbox rule ${rule}`] : [],
  ];
}

function bodyOf({ body }: ServedRequest): unknown {
  const text = new TextDecoder().decode(body);
  try {
    return text === "" ? undefined : parseJson(text);
  } catch {
    return text;
  }
}
