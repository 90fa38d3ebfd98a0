/**
 * What every command that manages apps, webhooks and templates has in common:
 * how it fails, what it shows beforehand, what its help promises, and that no
 * secret gets out.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { CliOptions } from "../../run_cli.ts";
import { calls, failing, SandboxedCli } from "../../sandboxed_cli.ts";

const APP = '{"id":"01HW7APP","display_name":"A"}';
const WEBHOOK = ["--target", "https://a.example/b", "--triggers", "OPT_IN"];

const READS: string[][] = [
  ["apps", "list"],
  ["apps", "get", "X"],
  ["apps", "use", "X"],
  ["webhooks", "list"],
  ["webhooks", "get", "X"],
  ["templates", "list"],
  ["templates", "get", "X"],
];
/** With the body of the request, that `--dry-run` and `--curl` show. */
const CHANGES: [args: string[], call: string, body?: unknown][] = [
  [["apps", "create", "A"], "POST apps", {
    display_name: "A",
    channel_credentials: [],
  }],
  [
    ["apps", "update", "a/b", "--name", "O'Hara"],
    "PATCH apps/a%2Fb?update_mask=display_name",
    { display_name: "O'Hara" },
  ],
  [["apps", "delete", "X", "--force"], "DELETE apps/X"],
  [["webhooks", "create", "--app", "X", ...WEBHOOK], "POST webhooks", {
    app_id: "X",
    target_type: "HTTP",
    target: "https://a.example/b",
    triggers: ["OPT_IN"],
  }],
  [
    ["webhooks", "update", "X", "--triggers", "OPT_OUT"],
    "PATCH webhooks/X?update_mask=triggers",
    { triggers: ["OPT_OUT"] },
  ],
  [["webhooks", "delete", "X", "--force"], "DELETE webhooks/X"],
  [["templates", "create", "--text", "Hi"], "POST templates", {
    default_translation: "en-US",
    translations: [{
      language_code: "en-US",
      version: "1",
      text_message: { text: "Hi" },
    }],
  }],
  [["templates", "delete", "X", "--force"], "DELETE templates/X"],
];

async function answered(
  answers: (Response | undefined)[],
  args: string[],
  options: CliOptions = {},
) {
  await using cli = new SandboxedCli();
  cli.answers = answers;
  return await cli.run(["conversation", ...args], options);
}

for (const args of [...READS, ...CHANGES.map(([args]) => args)]) {
  const line = args.slice(0, 2).join(" ");
  const isRead = READS.includes(args);
  Deno.test(`${line} fails as the API does`, async (t) => {
    await t.step("404: exit 4, and the region is a suspect", async () => {
      const run = await answered([failing(404, "NOT_FOUND")], args);
      assertEquals([run.code, run.stdout], [4, ""]);
      assertStringIncludes(run.stderr, "It is NOT_FOUND.");
      assertStringIncludes(run.stderr, "--region");
    });
    await t.step(
      "401 twice: exit 3, one more try with a new token",
      async () => {
        const refusal = () => failing(401, "UNAUTHENTICATED");
        const run = await answered([refusal(), refusal()], [...args, "--json"]);
        assertEquals([run.code, run.stdout], [3, ""]);
        assertEquals(JSON.parse(run.stderr).error.status, 401);
        assertEquals(calls(run).length, 2);
      },
    );
    await t.step("403: exit 3", async () => {
      const run = await answered([failing(403, "PERMISSION_DENIED")], args);
      assertEquals([run.code, run.stdout], [3, ""]);
    });
    if (isRead) {
      await t.step("500 that recovers: tried again", async () => {
        const answers = [
          failing(500, "INTERNAL"),
          new Response(APP, {
            headers: { "content-type": "application/json" },
          }),
        ];
        const run = await answered(answers, args);
        assertEquals(run.code, 0, run.stderr);
        assertEquals(calls(run).length, 2);
      });
    } else {
      await t.step(
        "500: not sent again, and the outcome is unknown",
        async () => {
          const answers = [failing(500, "INTERNAL")];
          const run = await answered(answers, [...args, "--json"]);
          assertEquals([run.code, run.stdout], [5, ""]);
          assertEquals(JSON.parse(run.stderr).error.code, "OUTCOME_UNKNOWN");
          assertEquals(calls(run).length, 1);
        },
      );
    }
  });
}

for (const [args, call, body] of CHANGES) {
  const [method, path] = call.split(" ") as [string, string];
  const line = args.slice(0, 2).join(" ");
  Deno.test(`${line} --dry-run shows the request and sends none`, async (t) => {
    const dry = ["conversation", ...args, "--dry-run"];
    await t.step("without an account", async () => {
      await using cli = new SandboxedCli();
      const env = {
        SINCH_PROJECT_ID: "",
        SINCH_KEY_ID: "",
        SINCH_KEY_SECRET: "",
      };
      const run = await cli.run(dry, { env });
      assertEquals([run.code, run.stderr, run.requests], [0, "", []]);
      const shown = JSON.parse(run.stdout);
      assertEquals([shown.method, shown.body], [method, body]);
      assert(shown.url.endsWith(`/projects/YOUR_PROJECT_ID/${path}`));
    });
    await t.step("as JSON the same", async () => {
      const run = await answered([], [...args, "--dry-run", "--json"]);
      assertEquals(JSON.parse(run.stdout).method, method);
      assertEquals(run.requests, []);
    });
    await t.step("with --curl as a command, without the token", async () => {
      const run = await answered([], [...args, "--dry-run", "--curl"]);
      assert(run.stdout.startsWith(`curl --request ${method} `));
      assertStringIncludes(run.stdout, path);
      assertStringIncludes(
        run.stdout,
        '"Authorization: Bearer $SINCH_ACCESS_TOKEN"',
      );
      assertEquals(run.requests, []);
    });
    await t.step("--curl alone shows it on stderr and goes ahead", async () => {
      const answer = new Response(APP);
      const run = await answered([answer], [...args, "--curl"]);
      assertEquals(run.code, 0, run.stderr);
      assertStringIncludes(run.stderr, `curl --request ${method} `);
      assertEquals(calls(run), [call]);
    });
  });
}

const SECRET = "open-sesame-4711";
const CREDENTIALS = JSON.stringify([{
  channel: "WECHAT",
  wechat_credentials: {
    ...{ app_id: "a", app_secret: SECRET, token: SECRET, aes_key: SECRET },
  },
  callback_secret: SECRET,
}, {
  channel: "MMS",
  mms_credentials: {
    account_id: "a",
    api_key: SECRET,
    basic_auth: { username: "u", password: SECRET },
  },
}, {
  channel: "KAKAOTALK",
  kakaotalk_credentials: {
    kakaotalk_plus_friend_id: "a",
    kakaotalk_sender_key: SECRET,
  },
}, {
  channel: "LINE",
  line_enterprise_credentials: {
    line_japan: { token: SECRET, secret: SECRET },
  },
}]);
const SECRETIVE: string[][] = [
  ["apps", "create", "A", "--channel-credentials", CREDENTIALS],
  ["apps", "update", "APP", "--channel-credentials", CREDENTIALS],
  ["apps", "get", "APP"],
  ["apps", "list"],
  [
    ...["webhooks", "create", ...WEBHOOK, "--secret", SECRET],
    ...["--oauth-endpoint", "https://a.example", "--oauth-client-id", "b"],
    ...["--oauth-client-secret", SECRET],
  ],
  ["webhooks", "update", "HOOK", "--secret", SECRET],
  ["webhooks", "update", "HOOK", "--oauth-client-secret", SECRET],
  ["webhooks", "get", "HOOK"],
  ["webhooks", "list"],
  // What is refused is not repeated either.
  ["apps", "create", "A", "--channel-credentials", `[{"x":"${SECRET}"}]`],
  ["apps", "create", "A", "--channel-credentials", `{"token":"${SECRET}"`],
  ["apps", "create", "A", "--channel-credentials", SECRET],
  ["apps", "create", "A", "--channel-credentials", `["${SECRET}"]`],
];

for (const args of SECRETIVE) {
  const line = args.slice(0, 2).join(" ");
  Deno.test(`no secret gets out of ${line} ${args.at(-2)}`, async (t) => {
    await using cli = new SandboxedCli();
    const { appId } = cli.sandbox.account;
    await cli.ask("PATCH", `apps/${appId}?update_mask=channel_credentials`, {
      channel_credentials: JSON.parse(CREDENTIALS),
    });
    const hook = await cli.ask("POST", "webhooks", {
      app_id: appId,
      target: "https://c.example/d",
      secret: SECRET,
      client_credentials: {
        endpoint: "https://a.example",
        client_id: "b",
        client_secret: SECRET,
      },
    });
    const ids = args.map((arg) =>
      arg === "APP" ? appId : arg === "HOOK" ? hook.id : arg
    );
    const isChange = /create|update/.test(args[1]!);
    const forms = [
      [],
      ["--json"],
      ["--debug"],
      ["--curl"],
      ...isChange
        ? [["--dry-run"], ["--dry-run", "--curl"]]
        : [["--query", "@"]],
      ...args[1] === "list" ? [["--csv"], ["--jsonl"]] : [],
    ];
    for (const form of forms) {
      for (const terminal of [false, true]) {
        await t.step(
          `${form.join(" ")} ${terminal ? "terminal" : "pipe"}`,
          async () => {
            const run = await cli.run(["conversation", ...ids, ...form], {
              terminal,
            });
            assert(!run.stdout.includes(SECRET), run.stdout);
            assert(!run.stderr.includes(SECRET), run.stderr);
          },
        );
      }
    }
  });
}

Deno.test("no secret gets out of a refusal that repeats it", async () => {
  const secret = 'so "secret" \\ 4711';
  const args = ["webhooks", "create", ...WEBHOOK, "--secret", secret];
  for (const form of [[], ["--json"], ["--debug"]]) {
    const run = await answered([
      Response.json({
        error: {
          message: `The secret ${secret} will not do.`,
          details: [{
            field_violations: [{ field: "secret", description: secret }],
          }],
        },
      }, { status: 400 }),
    ], [...args, ...form]);
    assertEquals(run.code, 1);
    assertStringIncludes(run.stderr, "The secret •••• will not do.");
    assert(!run.stderr.includes("4711"), run.stderr);
  }
});

Deno.test("a masked request says how to see it, and shows it then", async () => {
  const args = [
    ...["webhooks", "create", ...WEBHOOK],
    ...["--secret", SECRET, "--dry-run"],
  ];
  const masked = await answered([], args);
  assertEquals(JSON.parse(masked.stdout).body.secret, "••••");
  assertStringIncludes(masked.stderr, "--show-secrets");
  const open = await answered([], [...args, "--show-secrets"]);
  assertEquals(JSON.parse(open.stdout).body.secret, SECRET);
  assertEquals(open.stderr, "");
});

const LEAVES = [...READS, ...CHANGES.map(([args]) => args), [
  "templates",
  "update",
]].map(([group, name]) => [group!, name!]);

for (const leaf of LEAVES) {
  Deno.test(`the examples in the help of ${leaf.join(" ")} run`, async (t) => {
    await using cli = new SandboxedCli();
    const { appId } = cli.sandbox.account;
    const hook = await cli.ask("POST", "webhooks", {
      app_id: appId,
      target: "https://c.example/d",
    });
    const home = await Deno.makeTempDir();
    const template = {
      default_translation: "en-US",
      translations: [{
        language_code: "en-US",
        text_message: { text: "Hi ${name}" },
      }],
    };
    const files = {
      "secret.txt": "tree",
      "channels.json": "[]",
      "order.json": JSON.stringify(template),
    };
    for (const [name, content] of Object.entries(files)) {
      await Deno.writeTextFile(`${home}/${name}`, content);
    }
    await cli.run(["config", "profile", "create", "work"], { home });
    const help = await cli.run(["conversation", ...leaf, "--help"]);
    const [, examples = ""] = help.stdout.split(
      /\nExamples\n|\nLearn more\n/,
    );
    const lines = examples.split("\n").filter((line) =>
      line.startsWith("  sinch ")
    );
    assert(lines.length >= 2, help.stdout);
    for (const line of lines) {
      await t.step(line.trim(), async () => {
        if (leaf[0] === "templates" && leaf[1] !== "create") {
          await cli.run([
            ...["conversation", "templates", "create"],
            ...["--id", "order_confirmed", "--text", "Hi ${name}"],
          ]);
        }
        const filled = line.trim().replace(/ > .*/, "")
          .replaceAll("01HW7APP0000000000000000AA", appId)
          .replaceAll("01HW8WHK0000000000000000EE", hook.id)
          .replaceAll("@", `@${home}/`);
        const isQuestion = leaf[1] === "delete" && !line.includes("--force");
        const run = await cli.run(words(filled).slice(1), {
          home,
          ...isQuestion && { terminal: true, stdin: "\r" },
        });
        assertEquals(run.code, isQuestion ? 1 : 0, run.stderr);
      });
    }
    await Deno.remove(home, { recursive: true });
  });
}

/** The words of a line as a shell splits them. */
function words(line: string): string[] {
  return [...line.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replace(/['"]/g, "")
  );
}
