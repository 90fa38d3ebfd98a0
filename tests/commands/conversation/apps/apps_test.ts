/** `apps`: from argv to what the API was asked and what was printed. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Failure } from "../../../../errors.ts";
import { denoRuntime } from "../../../../runtime/deno.ts";
import type { CliOptions } from "../../../run_cli.ts";
import { calls, SandboxedCli } from "../../../sandboxed_cli.ts";

const APPS = ["conversation", "apps"];
const TERMINAL: CliOptions = { terminal: true, env: { NO_COLOR: "1" } };

const APP = {
  id: "01HW7APP0000000000000000AA",
  display_name: "Support",
  processing_mode: "CONVERSATION",
  channel_credentials: [
    {
      channel: "SMS",
      static_bearer: { claimed_identity: "plan", token: "sesame" },
      callback_secret: "",
      state: { status: "ACTIVE", description: "" },
    },
    {
      channel: "WHATSAPP",
      static_bearer: { claimed_identity: "sender", token: "sesame" },
      callback_secret: "sesame",
      state: { status: "FAILING", description: "wrong\x1b[2J token" },
    },
  ],
  retention_policy: { retention_type: "MESSAGE_EXPIRE_POLICY", ttl_days: 180 },
  dispatch_retention_policy: { ttl_days: 0 },
};
const MASKED = JSON.parse(JSON.stringify(APP).replaceAll("sesame", "••••"));
const ALERTS = {
  id: "01HW7APP0000000000000000DD",
  display_name: "Alerts",
  processing_mode: "DISPATCH",
  channel_credentials: [],
  dispatch_retention_policy: { ttl_days: 0 },
};
const DEFAULT = { SINCH_APP_ID: APP.id };

/** A run against one canned answer. */
async function answered(
  answer: unknown,
  args: string[],
  { env, ...options }: CliOptions = {},
) {
  await using cli = new SandboxedCli();
  cli.answers = [Response.json(answer)];
  return await cli.run([...APPS, ...args], {
    ...options,
    env: { ...DEFAULT, ...env },
  });
}

Deno.test("apps list shows every app, the default one marked", async (t) => {
  const both = { apps: [APP, ALERTS] };
  await t.step("terminal", async () => {
    const run = await answered(both, ["list"], TERMINAL);
    assertEquals(run.stdout.split("\n"), [
      "NAME     CHANNELS       MODE          DEFAULT  ID",
      "Support  SMS, WHATSAPP  CONVERSATION  *        01HW7APP0000000000000000AA",
      "Alerts   -              DISPATCH      -        01HW7APP0000000000000000DD",
      "",
    ]);
    assertEquals([run.code, run.stderr], [0, "\n2 apps\n"]);
  });
  await t.step("pipe", async () => {
    const run = await answered(both, ["list"]);
    assertEquals(
      run.stdout,
      "01HW7APP0000000000000000AA\tSupport\tSMS, WHATSAPP\tCONVERSATION\t*\n" +
        "01HW7APP0000000000000000DD\tAlerts\t\tDISPATCH\t\n",
    );
    assertEquals([run.code, run.stderr], [0, ""]);
  });
  await t.step("JSON, with the secrets masked", async () => {
    const run = await answered(both, ["list", "--json"]);
    assertEquals(JSON.parse(run.stdout), { apps: [MASKED, ALERTS] });
    assertEquals([run.code, run.stderr], [0, ""]);
  });
  await t.step("JSON with the secrets", async () => {
    const run = await answered(both, ["list", "--json", "--show-secrets"]);
    assertEquals(JSON.parse(run.stdout), both);
  });
  await t.step("one of them, and that there are more", async () => {
    const run = await answered(both, ["list", "-l", "1"], TERMINAL);
    assertEquals(run.stdout.trimEnd().split("\n").length, 2);
    assertStringIncludes(run.stderr, "1 app (more available");
    assertEquals(calls(run), ["GET apps"]);
  });
  await t.step("none", async () => {
    const run = await answered({ apps: [] }, ["list"], TERMINAL);
    assertEquals([run.code, run.stdout], [0, ""]);
    assertStringIncludes(run.stderr, "No apps found.");
    assertStringIncludes(run.stderr, "apps create");
    const json = await answered({}, ["list", "--json"]);
    assertEquals(JSON.parse(json.stdout), { apps: [] });
  });
});

Deno.test("apps get shows an app, its channels' states and no credential", async (t) => {
  await t.step("terminal", async () => {
    const run = await answered(APP, ["get", APP.id], TERMINAL);
    assertEquals(run.stdout.split("\n"), [
      "  ID         01HW7APP0000000000000000AA",
      "  Name       Support",
      "  Region     us",
      "  Mode       CONVERSATION",
      "  Channels   SMS (ACTIVE), WHATSAPP (FAILING: wrong␛[2J token)",
      "  Retention  messages for 180 days",
      "  Default    yes",
      "",
    ]);
    assertEquals([run.code, run.stderr], [0, ""]);
    assertEquals(calls(run), [`GET apps/${APP.id}`]);
  });
  await t.step("pipe", async () => {
    const run = await answered(ALERTS, ["get", ALERTS.id]);
    assertEquals(run.stdout.split("\n"), [
      "  ID         01HW7APP0000000000000000DD",
      "  Name       Alerts",
      "  Region     us",
      "  Mode       DISPATCH",
      "  Channels   none yet",
      "  Retention  messages are not kept",
      "",
    ]);
  });
  await t.step("JSON", async () => {
    const run = await answered(APP, ["get", APP.id, "--json"]);
    assertEquals(JSON.parse(run.stdout), MASKED);
    const open = await answered(APP, ["get", APP.id, "--show-secrets"]);
    assert(!open.stdout.includes("sesame"), "the block has no credentials");
    const json = await answered(
      APP,
      ["get", APP.id, "--json", "--show-secrets"],
    );
    assertEquals(JSON.parse(json.stdout), APP);
  });
});

Deno.test("apps create makes an app, channels or none", async (t) => {
  await t.step("terminal: what it is and what comes next", async () => {
    await using cli = new SandboxedCli();
    const run = await cli.run([...APPS, "create", "Shop"], TERMINAL);
    const { apps } = await cli.ask("GET", "apps");
    const { id } = apps.find((app: typeof APP) => app.display_name === "Shop");
    assertEquals(run.stdout.split("\n").slice(0, 3), [
      "✔ App created",
      `  ID         ${id}`,
      "  Name       Shop",
    ]);
    assertStringIncludes(run.stdout, "none yet");
    assertStringIncludes(run.stderr, `apps update ${id}`);
    assertStringIncludes(run.stderr, `apps use ${id}`);
    assertStringIncludes(run.stderr, "DISPATCH");
  });
  await t.step("pipe: the block alone", async () => {
    await using cli = new SandboxedCli();
    const run = await cli.run([
      ...[...APPS, "create", "Shop"],
      ...["--processing-mode", "conversation"],
    ]);
    assertStringIncludes(run.stdout, "Mode       CONVERSATION");
    assertEquals([run.code, run.stderr], [0, ""]);
    assertEquals(await run.requests.at(-1)!.json(), {
      display_name: "Shop",
      channel_credentials: [],
      processing_mode: "CONVERSATION",
    });
  });
  await t.step("with channels from standard input, as JSON", async () => {
    await using cli = new SandboxedCli();
    const run = await cli.run(
      [...APPS, "create", "Shop", "--channel-credentials", "-", "--json"],
      {
        stdin: JSON.stringify({
          channel: "viber",
          static_bearer: { claimed_identity: "plan", token: "sesame" },
        }),
      },
    );
    assertEquals(run.code, 0);
    const [credential] = JSON.parse(run.stdout).channel_credentials;
    assertEquals(credential.channel, "VIBERBM");
    assertEquals(credential.static_bearer.token, "••••");
    const stored = await cli.ask("GET", `apps/${JSON.parse(run.stdout).id}`);
    assertEquals(stored.channel_credentials[0].static_bearer.token, "sesame");
  });
  await t.step("as the default app of the profile", async () => {
    await using cli = new SandboxedCli();
    const home = await Deno.makeTempDir();
    const options = { home, env: { SINCH_APP_ID: "" } };
    const run = await cli.run(
      [...APPS, "create", "Shop", "--set-default", "--json"],
      options,
    );
    const { id } = JSON.parse(run.stdout);
    const list = await cli.run(
      [...APPS, "list", "--columns", "id,default"],
      options,
    );
    assertStringIncludes(list.stdout, `${id}\t*\n`);
    await Deno.remove(home, { recursive: true });
  });
  await t.step("what the API refuses names the field", async () => {
    await using cli = new SandboxedCli();
    const run = await cli.run([
      ...[...APPS, "create", "Shop", "--channel-credentials"],
      '[{"channel":"SMS","static_token":{"token":"sesame"}}]',
    ]);
    assertEquals([run.code, run.stdout], [1, ""]);
    assertStringIncludes(run.stderr, "channel_credentials[0]");
    assertStringIncludes(run.stderr, "static_bearer");
    assert(!run.stderr.includes("sesame"));
  });
});

Deno.test("a default that cannot be kept hides no app that was created", async () => {
  await using cli = new SandboxedCli();
  cli.answers = [Response.json(APP)];
  const { files } = denoRuntime();
  const run = await cli.run([...APPS, "create", "A", "--set-default"], {
    runtime: {
      files: {
        ...files,
        writePrivate: () =>
          Promise.reject(new Failure("config", "The disk is full")),
      },
    },
  });
  assertEquals([run.code, run.stdout], [1, ""]);
  assertStringIncludes(run.stderr, `App created (ID ${APP.id})`);
  assertStringIncludes(run.stderr, "The disk is full");
});

Deno.test("apps update sends what is given, and its mask", async (t) => {
  await using cli = new SandboxedCli();
  const { appId } = cli.sandbox.account;
  const updates: [string[], string, unknown][] = [
    [["--name", "A"], "display_name", { display_name: "A" }],
    [
      ["--processing-mode", "dispatch"],
      "processing_mode",
      { processing_mode: "DISPATCH" },
    ],
    [
      ["--name", "B", "--channel-credentials", "[]"],
      "display_name,channel_credentials",
      { display_name: "B", channel_credentials: [] },
    ],
  ];
  for (const [flags, mask, body] of updates) {
    await t.step(mask, async () => {
      const run = await cli.run([...APPS, "update", appId, ...flags]);
      assertEquals(run.code, 0, run.stderr);
      assertStringIncludes(run.stdout, "✔ App updated\n");
      assertEquals(calls(run), [`PATCH apps/${appId}?update_mask=${mask}`]);
      assertEquals(await run.requests.at(-1)!.json(), body);
    });
  }
  await t.step("JSON", async () => {
    const args = [...APPS, "update", appId, "--name", "C", "--json"];
    const run = await cli.run(args);
    assertEquals(JSON.parse(run.stdout).display_name, "C");
    assertEquals(run.stderr, "");
  });
});

Deno.test("apps use keeps an app as the default once it is known to exist", async (t) => {
  await using cli = new SandboxedCli();
  const home = await Deno.makeTempDir();
  const { appId } = cli.sandbox.account;
  const options = { home, env: { SINCH_APP_ID: "" } };
  await t.step("an unknown app is not kept", async () => {
    const run = await cli.run([...APPS, "use", "nobody"], options);
    assertEquals(run.code, 4);
    const config = await cli.run(["config", "get", "app"], options);
    assertEquals(config.stdout.includes("nobody"), false);
  });
  await t.step("a known one is", async () => {
    const run = await cli.run([...APPS, "use", appId], options);
    assertEquals(
      run.stdout,
      `✔ Default app set to "Sandbox" (${appId}) (profile default)\n`,
    );
    assertEquals(calls(run), [`GET apps/${appId}`]);
    const config = await cli.run(["config", "get", "app"], options);
    assertEquals(config.stdout, `${appId}\n`);
  });
  await t.step("JSON, and what goes before it", async () => {
    const run = await cli.run([...APPS, "use", appId, "--json"], {
      home,
      env: { SINCH_APP_ID: "another" },
    });
    assertEquals(JSON.parse(run.stdout), {
      profile: "default",
      key: "appId",
      value: appId,
    });
    assertStringIncludes(run.stderr, "SINCH_APP_ID");
  });
  await t.step("the sandbox has one of its own", async () => {
    const env = { SINCH_SANDBOX_STORE: ":memory:" };
    const run = await cli.run([...APPS, "use", appId, "--sandbox"], { env });
    assertEquals(run.code, 2);
  });
  await Deno.remove(home, { recursive: true });
});

Deno.test("apps delete says what goes, and asks", async (t) => {
  const QUESTION = 'Delete app "Sandbox" (01SANDB0XAPP00000000000001)?';
  await t.step("terminal: a yes deletes", async () => {
    await using cli = new SandboxedCli();
    const { appId } = cli.sandbox.account;
    const run = await cli.run([...APPS, "delete", appId], {
      ...TERMINAL,
      stdin: "y\r",
    });
    assertEquals(run.stdout, `✔ App ${appId} deleted\n`);
    assertStringIncludes(run.stderr, QUESTION);
    assertStringIncludes(run.stderr, "cannot be undone");
    assertEquals(calls(run), [`GET apps/${appId}`, `DELETE apps/${appId}`]);
  });
  await t.step("terminal: Enter is a no", async () => {
    await using cli = new SandboxedCli();
    const { appId } = cli.sandbox.account;
    const run = await cli.run([...APPS, "delete", appId], {
      ...TERMINAL,
      stdin: "\r",
    });
    assertEquals([run.code, run.stdout], [1, ""]);
    assertStringIncludes(run.stderr, "Cancelled");
    assertEquals(calls(run), [`GET apps/${appId}`]);
  });
  for (const flag of ["-f", "--force", "--yes", "--non-interactive"]) {
    await t.step(`${flag} asks nobody`, async () => {
      await using cli = new SandboxedCli();
      const { appId } = cli.sandbox.account;
      const run = await cli.run([...APPS, "delete", appId, flag, "--json"]);
      assertEquals(JSON.parse(run.stdout), { id: appId, deleted: true });
      assertEquals([run.code, run.stderr], [0, ""]);
      assertEquals(calls(run), [`DELETE apps/${appId}`]);
    });
  }
});
