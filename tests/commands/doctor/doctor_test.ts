import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Finding } from "../../../commands/doctor/finding.ts";
import { SandboxedCli } from "../../sandboxed_cli.ts";
import { type CliOptions, type CliRun, runCli } from "../../run_cli.ts";
import { startMachine } from "../account.ts";

/** What `--json` reports, by name: `App: ok`. */
function findings({ stdout }: CliRun): Finding[] {
  return JSON.parse(stdout).findings;
}

function of(run: CliRun, check: string): Finding[] {
  return findings(run).filter((finding) => finding.check === check);
}

/** No keychain: it is the subject of one test only. */
const NO_TOOLS = { run: () => Promise.resolve(undefined) };

async function examine(
  prepare: (cli: SandboxedCli) => Promise<unknown> = () => Promise.resolve(),
  options: CliOptions = {},
): Promise<CliRun> {
  await using cli = new SandboxedCli();
  await prepare(cli);
  return await cli.run(["doctor", "--json"], {
    ...options,
    runtime: { ...NO_TOOLS, ...options.runtime },
  });
}

Deno.test("doctor: with a webhook, all is well, exit 0", async () => {
  const run = await examine((cli) => webhook(cli, {}));
  assertEquals(run.code, 0);
  assertEquals(JSON.parse(run.stdout).healthy, true);
  const bad = findings(run).filter(({ state }) =>
    state === "warning" || state === "broken"
  );
  assertEquals(bad, []);
  const checks = findings(run).map(({ check }) => check);
  for (
    const check of [
      "Credentials",
      "Host",
      "Clock",
      "Token",
      "App",
      "Channels",
      "Webhooks",
      "Templates",
      "Keychain",
    ]
  ) assert(checks.includes(check), check);
  assert(!run.stdout.includes("sandbox-secret"));
});

Deno.test("doctor: a person gets a mark, the finding and the command a line", async () => {
  await using cli = new SandboxedCli();
  const { code, stdout } = await cli.run(["health"], { runtime: NO_TOOLS });
  assertEquals(code, 0);
  assertStringIncludes(
    stdout,
    "✔ Token        new token received, valid for 60 min\n",
  );
  assertStringIncludes(stdout, "! Webhooks     no webhooks: ");
  assertStringIncludes(
    stdout,
    "\n               sinch conversation webhooks create --app 01SANDB0X",
  );
  assertStringIncludes(stdout, "\nNo problems found, 1 warning\n");
});

function webhook(cli: SandboxedCli, fields: Record<string, unknown>) {
  return cli.ask("POST", "webhooks", {
    app_id: cli.sandbox.account.appId,
    target: "https://example.com/hook",
    target_type: "HTTP",
    triggers: ["MESSAGE_INBOUND"],
    ...fields,
  });
}

const WEBHOOKS: [
  fields: Record<string, unknown>,
  found: string,
  fix: string,
][] = [
  [{ target_type: "DISMISS" }, "DISMISS", "--target-type HTTP"],
  [
    { target: "http://example.com/hook" },
    "http://example.com/hook",
    "--target https://example.com/hook",
  ],
  [{ triggers: [] }, "has no triggers", "--triggers MESSAGE_INBOUND"],
];

for (const [fields, found, fix] of WEBHOOKS) {
  Deno.test(`doctor: a webhook with ${JSON.stringify(fields)} gets a warning`, async () => {
    await using cli = new SandboxedCli();
    const app_id = cli.sandbox.account.appId;
    const webhooks = [{
      id: "01HW8WHK0000000000000000EE",
      app_id,
      target: "https://example.com/hook",
      target_type: "HTTP",
      triggers: ["MESSAGE_INBOUND"],
      ...fields,
    }];
    const run = await runCli(["doctor", "--json"], {
      env: cli.env,
      runtime: NO_TOOLS,
      fetch: (request) =>
        request.url.endsWith("/webhooks")
          ? Promise.resolve(Response.json({ webhooks }))
          : fetch(request),
    });
    const [finding] = of(run, "Webhooks");
    assertEquals([run.code, finding!.state], [0, "warning"]);
    assertStringIncludes(finding!.found, found);
    assertStringIncludes(
      finding!.fix!,
      "sinch conversation webhooks update 01HW8WHK0000000000000000EE",
    );
    assertStringIncludes(finding!.fix!, fix);
  });
}

Deno.test("doctor: signed out is exit 3, and the host is asked all the same", async () => {
  const run = await runCli(["doctor", "--json"], {
    runtime: NO_TOOLS,
    fetch: () => Promise.resolve(new Response()),
  });
  assertEquals(run.code, 3);
  const [credentials] = of(run, "Credentials");
  assertEquals(credentials!.state, "broken");
  assertStringIncludes(credentials!.fix!, "`sinch auth login`");
  assertEquals(of(run, "Host")[0]!.state, "ok");
  assertEquals(of(run, "Token"), []);
});

Deno.test("doctor: a refused key is exit 3", async () => {
  const run = await examine(undefined, { env: { SINCH_KEY_SECRET: "wrong" } });
  assertEquals(run.code, 3);
  assertEquals(of(run, "Token")[0]!.state, "broken");
});

Deno.test("doctor: two of three variables are no account", async () => {
  const run = await runCli(["doctor", "--json"], {
    env: { SINCH_PROJECT_ID: "p", SINCH_KEY_ID: "k" },
    runtime: NO_TOOLS,
    fetch: () => Promise.resolve(new Response()),
  });
  assertEquals(run.code, 3);
  assertStringIncludes(of(run, "Credentials")[0]!.found, "SINCH_KEY_SECRET");
});

for (
  const [aheadMs, found] of [[120_000, "ahead of"], [
    -3_600_000,
    "behind",
  ]] as const
) {
  Deno.test(`doctor: a clock ${found} the server's gets a warning`, async () => {
    const run = await examine(undefined, {
      runtime: {
        ...NO_TOOLS,
        os: "linux",
        clock: {
          now: () => Date.now() + aheadMs,
          sleep: () => Promise.resolve(),
        },
      },
    });
    const [clock] = of(run, "Clock");
    assertEquals([clock!.state, run.code], ["warning", 0]);
    assertStringIncludes(clock!.found, found);
    assertEquals(clock!.fix, "sudo timedatectl set-ntp true");
  });
}

Deno.test("doctor: an app of another region is found there", async () => {
  await using cli = new SandboxedCli();
  const { SINCH_API_URL: _, ...env } = cli.env;
  const asked: string[] = [];
  const run = await runCli(["doctor", "--json"], {
    env: { ...env, SINCH_REGION: "us" },
    runtime: NO_TOOLS,
    fetch: async (request) => {
      const { host, pathname } = new URL(request.url);
      const [, id] = /\/apps(?:\/(\w+))?$/.exec(pathname) ?? [];
      if (/\/apps\b/.test(pathname)) asked.push(host);
      return host.startsWith("us.") && pathname.endsWith("/apps")
        ? Response.json({ apps: [] })
        : id !== undefined && !host.startsWith("eu.")
        ? new Response("{}", { status: 404 })
        : await cli.sandbox.fetch(request);
    },
  });
  assertEquals(run.code, 1);
  assertEquals(asked.map((host) => host.slice(0, 2)).sort(), [
    "br",
    "eu",
    "us",
  ]);
  const [region] = of(run, "Region");
  assertStringIncludes(region!.found, "is in eu, not in us (SINCH_REGION)");
  assertEquals(region!.fix, "export SINCH_REGION=eu");
});

Deno.test("doctor: an app that no region knows is broken, and named", async () => {
  const unknown = await examine(undefined, { env: { SINCH_APP_ID: "01NONE" } });
  assertEquals([unknown.code, of(unknown, "App")[0]!.state], [1, "broken"]);
});

Deno.test("doctor: without a default app the project's only one is used, several are a warning", async () => {
  const env = { SINCH_APP_ID: "" };
  const only = await examine(undefined, { env });
  assertEquals([only.code, of(only, "App")[0]!.state], [0, "ok"]);
  const several = await examine(
    (cli) =>
      cli.ask("POST", "apps", {
        display_name: "Second",
        channel_credentials: [],
      }),
    { env },
  );
  const [app] = of(several, "App");
  assertEquals([several.code, app!.state], [0, "warning"]);
  assertStringIncludes(app!.found, "2 apps");
});

Deno.test("doctor: DISPATCH mode is noted, channels are told by their state", async () => {
  await using cli = new SandboxedCli();
  const appId = cli.sandbox.account.appId;
  const app = {
    id: appId,
    display_name: "Alerts",
    processing_mode: "DISPATCH",
    channel_credentials: [
      { channel: "SMS", state: { status: "ACTIVE" } },
      { channel: "RCS", state: { status: "PENDING" } },
      {
        channel: "LINE",
        state: { status: "FAILING", description: "bad token" },
      },
    ],
  };
  const run = await runCli(["doctor", "--json"], {
    env: cli.env,
    runtime: NO_TOOLS,
    fetch: (request) =>
      request.url.endsWith("/apps")
        ? Promise.resolve(Response.json({ apps: [app] }))
        : fetch(request),
  });
  assertEquals(run.code, 1);
  assertStringIncludes(
    of(run, "App")[1]!.fix!,
    `apps update ${appId} --processing-mode CONVERSATION`,
  );
  assertEquals(
    of(run, "Channels").map(({ state, found }) => [state, found]),
    [
      ["ok", "ACTIVE: SMS"],
      ["warning", "RCS is PENDING"],
      ["broken", "LINE is FAILING: bad token"],
    ],
  );
});

Deno.test("doctor: files that others can read are broken, with the command", async () => {
  await using machine = await startMachine();
  for (const name of ["config.json", "credentials.json"]) {
    await machine.write(`.config/sinch/${name}`, {});
    await Deno.chmod(`${machine.home}/.config/sinch/${name}`, 0o644);
  }
  const run = await machine.sinch(["doctor", "--json"]);
  const files = of(run, "File");
  assertEquals(files.map(({ state }) => state), ["ok", "ok", "broken"]);
  assertEquals(
    files[2]!.fix,
    `chmod 600 ${machine.home}/.config/sinch/credentials.json`,
  );
  assertStringIncludes(of(run, "Keychain")[0]!.found, "Secret Service");
});

Deno.test("doctor: a broken profiles file is a finding, not the end", async () => {
  await using machine = await startMachine();
  await machine.write(".config/sinch/config.json", "{ broken");
  const run = await machine.sinch(["doctor", "--json"]);
  assertEquals([run.code, of(run, "Settings")[0]!.state], [1, "broken"]);
});

Deno.test("doctor: variables in force are shown, a proxy's password is not", async () => {
  const proxies = {
    "http://me:hunter2@proxy:8080": "http://••••@proxy:8080",
    "me:hunter2@proxy:8080": "••••@proxy:8080",
    "socks5://me:h/u@n@proxy:8080": "socks5://••••@proxy:8080",
    "me:pw@proxy": "••••@proxy",
    "proxy:8080": "proxy:8080",
  };
  for (const [HTTPS_PROXY, shown] of Object.entries(proxies)) {
    const run = await examine(undefined, { env: { HTTPS_PROXY } });
    const found = of(run, "Variable").map(({ found }) => found);
    assertEquals(found[0], `HTTPS_PROXY is ${shown}`);
  }
});

Deno.test("doctor: no connection is one finding a check, and exit 1", async () => {
  const refused = { SINCH_API_URL: "http://127.0.0.1:1" };
  const run = await examine(undefined, { env: refused, fetch });
  assertEquals(run.code, 1);
  assertEquals(of(run, "Host")[0]!.state, "broken");
  assertEquals(of(run, "Token")[0]!.state, "broken");
});

Deno.test("doctor --sandbox asks no network, and needs no account", async () => {
  const env = { SINCH_SANDBOX_STORE: ":memory:" };
  const run = await runCli(["doctor", "--sandbox", "--json"], { env });
  assertEquals([run.code, run.requests.length], [0, 0]);
  assertEquals(of(run, "Token")[0]!.state, "ok");
});

Deno.test("doctor works without a home folder", async () => {
  const run = await examine((cli) => webhook(cli, {}), { env: { HOME: "" } });
  assertEquals([run.code, of(run, "File"), of(run, "Keychain")], [0, [], []]);
});
