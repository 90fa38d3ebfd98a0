/** `webhooks`: from argv to what the API was asked and what was printed. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TRIGGERS } from "../../../../api/webhooks.ts";
import type { CliOptions } from "../../../run_cli.ts";
import { calls, SandboxedCli } from "../../../sandboxed_cli.ts";

const WEBHOOKS = ["conversation", "webhooks"];
const TERMINAL: CliOptions = {
  terminal: true,
  columns: 130,
  env: { NO_COLOR: "1" },
};
const TARGET = "https://hooks.acme.test/sinch";
const NEW = ["--target", TARGET, "--triggers", "MESSAGE_INBOUND"];
const APP = "01HW7APP0000000000000000AA";

const WEBHOOK = {
  id: "01HW8WHK0000000000000000EE",
  app_id: APP,
  target: TARGET,
  target_type: "HTTP",
  triggers: ["MESSAGE_INBOUND", "MESSAGE_DELIVERY"],
  secret: "sesame",
  client_credentials: {
    endpoint: "https://auth.acme.test/token",
    client_id: "sinch",
    client_secret: "sesame",
    scope: "hooks",
  },
};
const MASKED = JSON.parse(JSON.stringify(WEBHOOK).replaceAll("sesame", "••••"));
const PLAIN = {
  ...WEBHOOK,
  id: "01HW8WHK0000000000000000FF",
  target: "https://hooks.acme.test/a-target-that-is-long-enough-to-be-cut",
  secret: "",
  client_credentials: null,
};

async function answered(
  answer: unknown,
  args: string[],
  options: CliOptions = {},
) {
  await using cli = new SandboxedCli();
  cli.answers = [Response.json(answer)];
  return await cli.run([...WEBHOOKS, ...args], options);
}

Deno.test("webhooks list shows an app's webhooks, targets whole", async (t) => {
  const both = { webhooks: [WEBHOOK, PLAIN] };
  const args = ["list", "--app", APP];
  await t.step("terminal", async () => {
    const run = await answered(both, args, { ...TERMINAL, columns: 150 });
    const lines = run.stdout.split("\n");
    assertStringIncludes(lines[0]!, "TARGET ");
    assert(lines[1]!.startsWith(TARGET) && lines[1]!.endsWith(WEBHOOK.id));
    assertStringIncludes(lines[2]!, PLAIN.target);
    assertEquals([run.code, run.stderr], [0, "\n2 webhooks\n"]);
    assertEquals(calls(run), [`GET apps/${APP}/webhooks`]);
  });
  await t.step("pipe", async () => {
    const run = await answered(both, args);
    assertEquals(
      run.stdout,
      `${WEBHOOK.id}\t${TARGET}\tMESSAGE_INBOUND, MESSAGE_DELIVERY\tset\n` +
        `${PLAIN.id}\t${PLAIN.target}\tMESSAGE_INBOUND, MESSAGE_DELIVERY\t\n`,
    );
  });
  await t.step("JSON", async () => {
    const run = await answered(both, [...args, "--json"]);
    assertEquals(JSON.parse(run.stdout), { webhooks: [MASKED, PLAIN] });
    const open = await answered(both, [...args, "--json", "--show-secrets"]);
    assertEquals(JSON.parse(open.stdout), both);
  });
  await t.step("one, in columns of one's choice", async () => {
    const run = await answered({ webhooks: [WEBHOOK] }, [
      ...args,
      ...["--columns", "app,type,secret", "--show-secrets"],
    ]);
    assertEquals(run.stdout, `${APP}\tHTTP\tsesame\n`);
  });
  await t.step("none", async () => {
    const run = await answered({}, args);
    assertEquals([run.code, run.stdout], [0, ""]);
    assertStringIncludes(run.stderr, "No webhooks found.");
    const json = await answered({ webhooks: [] }, [...args, "--json"]);
    assertEquals(JSON.parse(json.stdout), { webhooks: [] });
  });
});

Deno.test("webhooks find the app that is meant", async (t) => {
  const none = { env: { SINCH_APP_ID: "" } };
  const answers = (...apps: { id: string; display_name?: string }[]) => [
    Response.json({ apps }),
    Response.json({ webhooks: [] }),
  ];
  await t.step("the one named", async () => {
    await using cli = new SandboxedCli();
    const run = await cli.run([...WEBHOOKS, "list", "-a", "nobody"]);
    assertEquals(calls(run), ["GET apps/nobody/webhooks"]);
    assertEquals(run.code, 4);
  });
  await t.step("the default", async () => {
    await using cli = new SandboxedCli();
    const run = await cli.run([...WEBHOOKS, "list"]);
    const { appId } = cli.sandbox.account;
    assertEquals(calls(run), [`GET apps/${appId}/webhooks`]);
  });
  await t.step("the only one, which is said", async () => {
    await using cli = new SandboxedCli();
    cli.answers = answers({ id: "ONLY", display_name: "Shop\x1b[2J" });
    const run = await cli.run([...WEBHOOKS, "list", "--json"], none);
    assertEquals(calls(run), ["GET apps", "GET apps/ONLY/webhooks"]);
    assertEquals(
      run.stderr,
      'Using the project\'s only app: "Shop␛[2J" (ONLY)\n',
    );
    assertEquals(JSON.parse(run.stdout), { webhooks: [] });
  });
  for (const apps of [[], [{ id: "A" }, { id: "B" }]]) {
    await t.step(`none of ${apps.length}`, async () => {
      await using cli = new SandboxedCli();
      cli.answers = answers(...apps);
      const run = await cli.run([...WEBHOOKS, "create", ...NEW], none);
      assertEquals([run.code, run.stdout], [2, ""]);
      assertStringIncludes(run.stderr, "--app");
      assertStringIncludes(run.stderr, "SINCH_APP_ID");
      assertEquals(calls(run), ["GET apps"]);
    });
  }
});

Deno.test("webhooks get shows a webhook, its secrets only when asked", async (t) => {
  await t.step("terminal", async () => {
    const run = await answered(WEBHOOK, ["get", WEBHOOK.id], TERMINAL);
    assertEquals(run.stdout.split("\n"), [
      "  ID                   01HW8WHK0000000000000000EE",
      "  App                  01HW7APP0000000000000000AA",
      "  Target               https://hooks.acme.test/sinch",
      "  Type                 HTTP",
      "  Triggers             MESSAGE_INBOUND, MESSAGE_DELIVERY",
      "  Secret               set",
      "  OAuth endpoint       https://auth.acme.test/token",
      "  OAuth client ID      sinch",
      "  OAuth client secret  set",
      "  OAuth scope          hooks",
      "",
    ]);
    assertEquals([run.code, run.stderr], [0, ""]);
  });
  await t.step("pipe, with the secrets", async () => {
    const args = ["get", WEBHOOK.id, "--show-secrets"];
    const run = await answered(WEBHOOK, args);
    assertStringIncludes(run.stdout, "Secret               sesame");
  });
  await t.step("JSON", async () => {
    const run = await answered(WEBHOOK, ["get", WEBHOOK.id, "--json"]);
    assertEquals(JSON.parse(run.stdout), MASKED);
  });
  const silent = [
    [{ ...PLAIN, triggers: [] }, "no triggers"],
    [{ ...PLAIN, target_type: "DISMISS" }, "DISMISS"],
  ] as const;
  for (const [webhook, why] of silent) {
    await t.step(`a warning: ${why}`, async () => {
      const run = await answered(webhook, ["get", PLAIN.id]);
      assertStringIncludes(run.stderr, "never called");
      assertStringIncludes(run.stderr, why);
      assertEquals(run.code, 0);
    });
  }
});

Deno.test("webhooks create sends what the flags say", async (t) => {
  const created: Record<string, {
    args: string[];
    options?: CliOptions;
    body: Record<string, unknown>;
  }> = {
    "target and triggers": {
      args: NEW,
      body: { target: TARGET, triggers: ["MESSAGE_INBOUND"] },
    },
    "the official CLI's flags": {
      args: ["-u", TARGET, "-t", "message_inbound,OPT-IN", "-s", "sesame"],
      body: {
        target: TARGET,
        triggers: ["MESSAGE_INBOUND", "OPT_IN"],
        secret: "sesame",
      },
    },
    "repeated and doubled triggers": {
      args: [
        ...["--url", TARGET, "-t", "OPT_IN, OPT_OUT", "-t", "OPT_IN"],
        ...["--triggers", "smart_conversations"],
      ],
      body: {
        target: TARGET,
        triggers: ["OPT_IN", "OPT_OUT", "SMART_CONVERSATION"],
      },
    },
    "all triggers, to this machine": {
      args: ["--target", "http://localhost:3000/hook", "--triggers", "all"],
      body: {
        target: "http://localhost:3000/hook",
        triggers: Object.values(TRIGGERS).flat(),
      },
    },
    "a secret from standard input": {
      args: [...NEW, "--secret", "-"],
      options: { stdin: "sesame\n" },
      body: {
        target: TARGET,
        triggers: ["MESSAGE_INBOUND"],
        secret: "sesame",
      },
    },
    "a secret from the environment": {
      args: NEW,
      options: { env: { SINCH_WEBHOOK_SECRET: "sesame" } },
      body: {
        target: TARGET,
        triggers: ["MESSAGE_INBOUND"],
        secret: "sesame",
      },
    },
    "OAuth settings, the secret from the environment": {
      args: [
        ...[...NEW, "--oauth-endpoint", "https://auth.acme.test/token"],
        ...["--oauth-client-id", "sinch", "--oauth-scope", "hooks"],
      ],
      options: { env: { SINCH_WEBHOOK_CLIENT_SECRET: "sesame" } },
      body: {
        target: TARGET,
        triggers: ["MESSAGE_INBOUND"],
        client_credentials: WEBHOOK.client_credentials,
      },
    },
  };
  for (const [subject, { args, options, body }] of Object.entries(created)) {
    await t.step(subject, async () => {
      await using cli = new SandboxedCli();
      const app_id = cli.sandbox.account.appId;
      const run = await cli.run([...WEBHOOKS, "create", ...args], options);
      assertEquals([run.code, run.stderr], [0, ""]);
      assertStringIncludes(run.stdout, "✔ Webhook created\n");
      assertEquals(run.stdout.includes("sesame"), false);
      assertEquals(calls(run), ["POST webhooks"]);
      assertEquals(await run.requests.at(-1)!.json(), {
        app_id,
        target_type: "HTTP",
        ...body,
      });
    });
  }
  await t.step("DISMISS is a warning", async () => {
    await using cli = new SandboxedCli();
    const run = await cli.run([
      ...[...WEBHOOKS, "create", ...NEW],
      ...["--target-type", "dismiss", "--json"],
    ]);
    assertEquals(JSON.parse(run.stdout).target_type, "DISMISS");
    assertStringIncludes(run.stderr, "never called");
  });
  await t.step("a second one with this target names the field", async () => {
    await using cli = new SandboxedCli();
    await cli.run([...WEBHOOKS, "create", ...NEW]);
    const run = await cli.run([...WEBHOOKS, "create", ...NEW]);
    assertEquals([run.code, run.stdout], [1, ""]);
    assertStringIncludes(run.stderr, "target: must be unique");
    const json = await cli.run([...WEBHOOKS, "create", ...NEW, "--json"]);
    assertEquals(JSON.parse(json.stderr).error.fields[0].field, "target");
  });
  await t.step("a sixth one is refused", async () => {
    await using cli = new SandboxedCli();
    const codes: number[] = [];
    for (let at = 0; at < 6; at++) {
      const args = ["-u", `${TARGET}/${at}`, "-t", "OPT_IN"];
      codes.push((await cli.run([...WEBHOOKS, "create", ...args])).code);
    }
    assertEquals(codes, [0, 0, 0, 0, 0, 1]);
  });
});

Deno.test("webhooks update sends what changed, and its mask", async (t) => {
  const updates: Record<string, {
    args: string[];
    mask: string;
    body: Record<string, unknown>;
    reads?: true;
  }> = {
    "the target": {
      args: ["--target", "https://new.acme.test"],
      mask: "target",
      body: { target: "https://new.acme.test" },
    },
    "triggers and secret": {
      args: ["-t", "OPT_IN", "-s", "tree"],
      mask: "triggers,secret",
      body: { triggers: ["OPT_IN"], secret: "tree" },
    },
    "the type": {
      args: ["--target-type", "DISMISS"],
      mask: "target_type",
      body: { target_type: "DISMISS" },
    },
    "no secret": {
      args: ["--clear-secret"],
      mask: "secret",
      body: { secret: "" },
    },
    "no OAuth": {
      args: ["--clear-oauth"],
      mask: "client_credentials",
      body: { client_credentials: null },
    },
    "one OAuth setting, over the current ones": {
      args: ["--oauth-scope", "all"],
      mask: "client_credentials",
      body: {
        client_credentials: { ...WEBHOOK.client_credentials, scope: "all" },
      },
      reads: true,
    },
  };
  for (
    const [subject, { args, mask, body, reads }] of Object.entries(updates)
  ) {
    await t.step(subject, async () => {
      await using cli = new SandboxedCli();
      const { id: _, ...webhook } = WEBHOOK;
      const app_id = cli.sandbox.account.appId;
      const { id } = await cli.ask("POST", "webhooks", { ...webhook, app_id });
      const run = await cli.run([...WEBHOOKS, "update", id, ...args], {
        // Only a new webhook takes it: it would change this one in silence.
        env: { SINCH_WEBHOOK_SECRET: "other" },
      });
      assertEquals(run.code, 0, run.stderr);
      assertStringIncludes(run.stdout, "✔ Webhook updated\n");
      assertEquals(calls(run), [
        ...reads ? [`GET webhooks/${id}`] : [],
        `PATCH webhooks/${id}?update_mask=${mask}`,
      ]);
      assertEquals(await run.requests.at(-1)!.json(), body);
      assertEquals(await cli.ask("GET", `webhooks/${id}`), {
        ...webhook,
        ...{ id, app_id },
        ...body,
      });
    });
  }
  await t.step("OAuth settings that stay incomplete", async () => {
    await using cli = new SandboxedCli();
    cli.answers = [Response.json(PLAIN)];
    const run = await cli.run([
      ...[...WEBHOOKS, "update", PLAIN.id],
      ...["--oauth-client-id", "sinch"],
    ]);
    assertEquals([run.code, run.stdout], [2, ""]);
    assertStringIncludes(
      run.stderr,
      "Missing --oauth-endpoint and --oauth-client-secret",
    );
    assertEquals(calls(run), [`GET webhooks/${PLAIN.id}`]);
  });
});

Deno.test("webhooks delete asks, and names the target", async (t) => {
  await t.step("terminal", async () => {
    await using cli = new SandboxedCli();
    cli.answers = [Response.json(WEBHOOK), Response.json({})];
    const run = await cli.run([...WEBHOOKS, "delete", WEBHOOK.id], {
      ...TERMINAL,
      stdin: "y\r",
    });
    assertEquals(run.stdout, `✔ Webhook ${WEBHOOK.id} deleted\n`);
    assertStringIncludes(run.stderr, `Delete webhook ${WEBHOOK.id}`);
    assertStringIncludes(run.stderr, TARGET);
  });
  await t.step("pipe", async () => {
    const run = await answered(WEBHOOK, ["delete", WEBHOOK.id]);
    assertEquals([run.code, run.stdout], [2, ""]);
    assertEquals(calls(run), [`GET webhooks/${WEBHOOK.id}`]);
    assertStringIncludes(run.stderr, "--force");
  });
  await t.step("JSON", async () => {
    const run = await answered({}, ["delete", WEBHOOK.id, "--yes", "--json"]);
    assertEquals(JSON.parse(run.stdout), { id: WEBHOOK.id, deleted: true });
    assertEquals(calls(run), [`DELETE webhooks/${WEBHOOK.id}`]);
  });
});
