/** `sinch sandbox start`: serves the sandbox to SDKs, tests and curl. */
import { Failure } from "../../errors.ts";
import { COUNT, wholeNumber } from "../../options/kinds.ts";
import { details } from "../../output/details.ts";
import type { Server } from "../../runtime/runtime.ts";
import { isReachable } from "../../sandbox/http/own_host.ts";
import {
  API_RATE_LIMIT,
  type Sandbox,
  type SandboxHost,
} from "../../sandbox/sandbox.ts";
import type { Cli } from "../cli.ts";
import { command, type OptionsOf } from "../command.ts";
import type { Context } from "../context.ts";
import { ask, endpointOf } from "./control.ts";
import { openSandbox, storeOf } from "./open.ts";
import { withLog } from "./request_log.ts";
import { RULES_FILE } from "./rule/rules_file.ts";
import { forget, remember, type RunningSandbox } from "./running.ts";
import { action } from "../action.ts";
import { defaultShell, useLine } from "./shells.ts";

const DEFAULT_PORT = 4010;
const DEFAULT_HOST = "127.0.0.1";

const declare = () =>
  command(
    "Serve the sandbox over HTTP until Ctrl-C, for SDKs, tests and curl. Prints the URL and credentials to use.",
  )
    .type("port", wholeNumber(0, 65_535))
    .type("per-second", COUNT)
    .type("rules-file", RULES_FILE)
    .option(
      "--port <port:port>",
      `Port to listen on; 0 picks a free one (default: ${DEFAULT_PORT})`,
    )
    .option(
      "--batch-port <port:port>",
      "Port of the Batch API (default: --port plus 1, or a free one)",
    )
    .option(
      "--host <address:line>",
      `Address to listen on (default: ${DEFAULT_HOST})`,
    )
    .option(
      "--store <path:file>",
      "Store file, or :memory: to store nothing (default: SINCH_SANDBOX_STORE or the data folder)",
    )
    .option(
      "--rules <path:rules-file>",
      "Replace all fault rules with those of a file, as `sinch sandbox rule list --json` prints them",
    )
    .option(
      "--rate-limit [per-second:per-second]",
      `Refuse requests above this rate with 429, as the API does (without a number: ${API_RATE_LIMIT})`,
    )
    .option(
      "--allow-any-target",
      "Allow callbacks to link-local and cloud metadata addresses",
    )
    .option(
      "--quiet",
      "Do not log requests (default: a line for each in a terminal; with --debug, also the bodies)",
    )
    .example("Serve the sandbox to SDKs and curl", "sinch sandbox start")
    .example(
      "Serve an empty sandbox on a free port to a test",
      "sinch sandbox start --port 0 --store :memory: --json",
    )
    .example(
      "Test how a client handles faults",
      "sinch sandbox start --port 0 --store :memory: --rules rules.json --rate-limit --json",
    );

type Options = OptionsOf<typeof declare>;

export const create = (cli: Cli) => declare().action(action(cli, start));

async function start(
  context: Context,
  {
    port = DEFAULT_PORT,
    batchPort,
    host = DEFAULT_HOST,
    store: given,
    rules,
    rateLimit,
    allowAnyTarget,
    quiet,
  }: Options,
): Promise<void> {
  const { runtime, flags } = context;
  const store = given ?? await storeOf(runtime, flags.envFile);
  const sandbox = await openSandbox(runtime, store, {
    live: { fetch: runtime.fetch, anyTarget: allowAnyTarget ?? false },
    host,
    // The usual one is public.
    keySecret: isReachable(host) ? crypto.randomUUID() : undefined,
    rateLimit: rateLimit === true ? API_RATE_LIMIT : rateLimit,
  });
  try {
    if (rules) {
      const endpoint = endpointOf(sandbox);
      await ask(endpoint, context, { method: "DELETE", path: "rules" });
      const body = { rules };
      await ask(endpoint, context, { method: "POST", path: "rules", body });
    }
    await using server = await listen(context, { host, port, quiet }, sandbox);
    await using batch = batchPort === undefined
      ? await listen(
        context,
        { host, port: server.port + 1, quiet },
        sandbox.batch,
      ).catch(() => listen(context, { host, port: 0, quiet }, sandbox.batch))
      : await listen(context, { host, port: batchPort, quiet }, sandbox.batch);
    const running = describe(sandbox, host, server, batch, store);
    try {
      await remember(runtime, running);
      // A stop while this is printed ends the server as it does afterwards.
      await announce(context, running).catch((error) => {
        if (!context.signal.aborted) throw error;
      });
      if (isReachable(host) && !flags.json) {
        context.note(
          `Warning: other machines can reach this sandbox on ${host}. Its key secret is random and changes at every start.`,
        );
      }
      await stopped(context.signal);
    } finally {
      await forget(runtime, running);
    }
  } finally {
    await sandbox.close();
  }
}

async function listen(
  context: Context,
  { host: hostname, port, quiet }: {
    host: string;
    port: number;
    quiet?: boolean;
  },
  api: SandboxHost,
): Promise<Server> {
  try {
    return await context.runtime.serve({
      hostname,
      port,
      handler: withLog(context, api, quiet),
      refuse: (status) => api.refuse(status),
    });
  } catch (error) {
    throw new Failure(
      "network",
      `Cannot listen on ${hostname}:${port}: ${error}`,
      {
        hint: "Set another --port or --batch-port; 0 picks a free one.",
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
  const { runtime, flags, query } = context;
  const { stdout } = runtime;
  if (flags.json) {
    const json = query ? query(running) : running;
    await stdout.reveal(`${JSON.stringify(json)}\n`);
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
    `In another terminal, run ${
      useLine(defaultShell(runtime))
    }. Press Ctrl-C to stop.`,
  );
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
