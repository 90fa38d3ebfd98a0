/** `sinch sandbox start`: serves the sandbox to SDKs, tests and curl. */
import { Command } from "@cliffy/command";
import { Failure, usageError } from "../../errors.ts";
import { details } from "../../output/details.ts";
import type { Server } from "../../runtime/runtime.ts";
import { isReachable } from "../../sandbox/http/own_host.ts";
import {
  API_RATE_LIMIT,
  type Sandbox,
  type SandboxHost,
} from "../../sandbox/sandbox.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import { ask, askedIn } from "./control.ts";
import { defaultStore, openSandbox } from "./open.ts";
import { readRules } from "./rule/rule_file.ts";
import { forget, remember, type RunningSandbox } from "./running.ts";

const DEFAULT_PORT = 4010;

export interface StartOptions {
  port?: number;
  batchPort?: number;
  host?: string;
  store?: string;
  rules?: string;
  rateLimit?: number | true;
  allowAnyTarget?: boolean;
}

export function create(cli: Cli): AnyCommand {
  return new Command()
    .description(
      "Serve the sandbox over HTTP until Ctrl-C. Point any Sinch SDK at the URL it prints.",
    )
    .option("--port <port:integer>", "Port; 0 picks a free one.", {
      default: DEFAULT_PORT,
    })
    .option(
      "--batch-port <port:integer>",
      "Port of the Batch API; one above the other if left out, or a free one.",
    )
    .option("--host <address:string>", "Address to listen on.", {
      default: "127.0.0.1",
    })
    .option(
      "--store <file:string>",
      "File to keep the state in, or :memory: (default: SINCH_SANDBOX_STORE or the data folder).",
    )
    .option(
      "--rules <file:string>",
      "Begin with these rules alone (see `sinch sandbox rule add --file`).",
    )
    .option(
      "--rate-limit [per-second:integer]",
      `Refuse more requests a second with 429, as the real API does; ${API_RATE_LIMIT} without a number.`,
    )
    .option(
      "--allow-any-target",
      "Also post callbacks to link-local addresses, such as a cloud's metadata service.",
    )
    .example("For SDKs and curl", "sinch sandbox start")
    .example(
      "For a test: a free port, nothing kept, details as JSON",
      "sinch sandbox start --port 0 --store :memory: --json",
    )
    .example(
      "For a test of what goes wrong",
      "sinch sandbox start --port 0 --store :memory: --rules rules.json --rate-limit --json",
    )
    .action(action(cli, start)) as AnyCommand;
}

async function start(context: Context, options: StartOptions): Promise<void> {
  const { port = DEFAULT_PORT, batchPort, host = "127.0.0.1", rateLimit } =
    options;
  checkPort("--port", port);
  if (batchPort !== undefined) checkPort("--batch-port", batchPort);
  if (typeof rateLimit === "number" && rateLimit < 1) {
    throw usageError("--rate-limit must be a whole number from 1");
  }
  const store = options.store ?? defaultStore(context.runtime);
  const rules = options.rules === undefined
    ? undefined
    : await readRules(context.runtime, options.rules, "--rules");
  const sandbox = await openSandbox(context.runtime, store, {
    live: {
      fetch: context.runtime.fetch,
      anyTarget: options.allowAnyTarget ?? false,
    },
    host,
    // The usual one is public.
    keySecret: isReachable(host) ? crypto.randomUUID() : undefined,
    rateLimit: rateLimit === true ? API_RATE_LIMIT : rateLimit,
  });
  try {
    if (rules) {
      const asked = askedIn(sandbox);
      await ask(asked, context, "DELETE", "rules");
      await ask(asked, context, "POST", "rules", { rules });
    }
    await using server = await listen(context, host, port, sandbox);
    await using batch = batchPort === undefined
      ? await listen(context, host, server.port + 1, sandbox.batch)
        .catch(() => listen(context, host, 0, sandbox.batch))
      : await listen(context, host, batchPort, sandbox.batch);
    const running = describe(sandbox, host, server, batch, store);
    try {
      await remember(context.runtime, running);
      await announce(context, running);
      if (isReachable(host) && !context.flags.json) {
        context.note(
          `Warning: other machines can reach this sandbox on ${host}. Its key secret is random, and new with each start.`,
        );
      }
      await stopped(context.signal);
    } finally {
      await forget(context.runtime, running);
    }
  } finally {
    await sandbox.close();
  }
}

function checkPort(flag: string, port: number): void {
  if (port >= 0 && port <= 65535) return;
  throw usageError(`${flag} ${port} is not a port (0 to 65535)`);
}

async function listen(
  context: Context,
  hostname: string,
  port: number,
  api: SandboxHost,
): Promise<Server> {
  try {
    return await context.runtime.serve({
      hostname,
      port,
      handler: (request) => api.fetch(request),
      refuse: (status) => api.refuse(status),
    });
  } catch (error) {
    throw new Failure(
      "network",
      `Cannot listen on ${hostname}:${port}: ${error}`,
      {
        hint: "Give another --port, or --batch-port; 0 picks a free one.",
        cause: error,
      },
    );
  }
}

function describe(
  { account }: Sandbox,
  host: string,
  server: Server,
  batch: Server,
  store: string,
): RunningSandbox {
  const url = `http://${urlHost(host)}:${server.port}`;
  return {
    url,
    auth_url: url,
    conversation_url: url,
    template_url: url,
    batch_url: `http://${urlHost(host)}:${batch.port}`,
    project_id: account.projectId,
    key_id: account.keyId,
    key_secret: account.keySecret,
    app_id: account.appId,
    store,
  };
}

/** The wildcard addresses are for listening; a client needs one to call. */
function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

/** One line of JSON for programs that wait for it, or the same for a person. */
async function announce(
  context: Context,
  running: RunningSandbox,
): Promise<void> {
  const { stdout } = context.runtime;
  if (context.flags.json) {
    await stdout.reveal(`${JSON.stringify(running)}\n`);
    return;
  }
  await stdout.reveal(
    `Sandbox is ready at ${running.url}\n` + details([
      ["Batch API", running.batch_url],
      ["Project ID", running.project_id],
      ["Key ID", running.key_id],
      ["Key secret", running.key_secret],
      ["App ID", running.app_id],
      ["Store", running.store],
    ], context.style),
  );
  context.note(
    'In another terminal: eval "$(sinch sandbox env)". Ctrl-C stops it.',
  );
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
