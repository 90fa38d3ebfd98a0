/** The other wizards and the pickers, key by key in a terminal. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { SandboxServer } from "../sandbox_server.ts";
import { terminalTest } from "../terminal.ts";
import { sinch, type SinchTerminal } from "./sinch_terminal.ts";

const TARGET = "https://example.com/sinch";

/** The calls that changed something. */
function changes({ api }: SinchTerminal): string[] {
  return api.calls.filter((call) => !call.startsWith("GET"));
}

terminalTest(
  "a webhook is created from its triggers, ticked in groups",
  async () => {
    await using terminal = await sinch(["conversation", "webhooks", "create"]);
    const { api } = terminal;
    await terminal.answer("Target URL", TARGET);
    await terminal.waitFor("Other: choose");
    await terminal.press("Up", "Enter");
    await terminal.waitFor("── Messages ──");
    // MESSAGE_INBOUND loses its tick, the one below MESSAGE_DELIVERY gets one.
    await terminal.press("Space", "Down", "Down", "Space", "Enter");
    await terminal.waitFor("Secret that signs");
    await terminal.press("Down", "Enter");
    await terminal.answer("? Secret ›", "hunter2");
    await terminal.answer("Create this webhook?");
    assertEquals(await terminal.exitCode(), 0, await terminal.screen());
    assertEquals((await terminal.screen()).includes("hunter2"), false);
    const { webhooks: [webhook] } = await api.ask(
      "GET",
      `apps/${api.sandbox.account.appId}/webhooks`,
    );
    assertEquals(
      [webhook.target, webhook.triggers.toSorted(), webhook.secret],
      [
        TARGET,
        ["EVENT_INBOUND", "MESSAGE_DELIVERY", "MESSAGE_SUBMIT"],
        "hunter2",
      ],
    );
  },
);

function createWebhook(api: SandboxServer): Promise<unknown> {
  return api.ask("POST", "webhooks", {
    app_id: api.sandbox.account.appId,
    target: TARGET,
    target_type: "HTTP",
    triggers: ["MESSAGE_INBOUND"],
  });
}

terminalTest("an update that changes nothing sends nothing", async () => {
  await using terminal = await sinch(["conversation", "webhooks", "update"], {
    prepare: createWebhook,
  });
  await terminal.answer("? Webhook", "example");
  await terminal.answer(`Target URL (${TARGET})`);
  await terminal.answer("[x] MESSAGE_INBOUND");
  await terminal.answer("None, as now");
  assertEquals(await terminal.exitCode(), 0);
  assertStringIncludes(await terminal.screen(), "Nothing to update");
  assertEquals(changes(terminal), []);
});

terminalTest("an update sends what was changed alone", async () => {
  await using terminal = await sinch(["conversation", "webhooks", "update"], {
    prepare: createWebhook,
  });
  await terminal.answer("? Webhook");
  await terminal.answer("Target URL", "https://example.com/v2");
  await terminal.answer("[x] MESSAGE_INBOUND");
  await terminal.answer("None, as now");
  await terminal.answer("Update this webhook?");
  assertEquals(await terminal.exitCode(), 0, await terminal.screen());
  const [call = "", ...more] = changes(terminal);
  assertEquals(more, []);
  assertStringIncludes(call, "update_mask=target");
  assertEquals(call.includes("triggers"), false);
});

terminalTest(
  "an app gets its name and mode from questions, the result is first",
  async () => {
    await using terminal = await sinch(["conversation", "apps", "create"]);
    await terminal.answer("App name");
    await terminal.waitFor("must not be empty");
    await terminal.answer("App name", "Süpport 😀");
    await terminal.waitFor("Processing mode");
    await terminal.press("Down");
    await terminal.press("Enter");
    assertEquals(await terminal.exitCode(), 0, await terminal.screen());
    assertMatch(await terminal.screen(), /App created[^]*DISPATCH[^]*Next:/);
    const { apps } = await terminal.api.ask("GET", "apps");
    assertEquals(
      apps.some(({ display_name }: { display_name: string }) =>
        display_name === "Süpport 😀"
      ),
      true,
    );
  },
);

terminalTest("a template is made of the answers", async () => {
  await using terminal = await sinch([
    ...["conversation", "templates", "create"],
    ...["--description", "Greeting"],
  ]);
  await terminal.answer("Template ID", "hello");
  await terminal.answer("Language", "sv-SE");
  await terminal.answer("Message type");
  await terminal.answer("? Text", "Hej ${name} 😀");
  await terminal.answer("translation");
  await terminal.answer("Preview of ${name}", "Åsa");
  await terminal.answer("Create this template?");
  assertEquals(await terminal.exitCode(), 0, await terminal.screen());
  assertEquals(changes(terminal).length, 1);
  const shown = await terminal.screen();
  assertStringIncludes(shown, "✔ Template created");
  assertStringIncludes(shown, "Hej ${name} 😀");
  assertStringIncludes(shown, "name = Åsa");
});

/** A message, and with it a conversation of the contact who gets it. */
async function sendMessages(api: SandboxServer, count: number) {
  for (let number = 1; number <= count; number++) {
    await api.ask("POST", "messages:send", {
      app_id: api.sandbox.account.appId,
      recipient: {
        identified_by: {
          channel_identities: [{ channel: "SMS", identity: "+15551234567" }],
        },
      },
      message: { text_message: { text: `Message ${number}.` } },
    });
  }
}

/** Each picker: the command, what is typed to search, what the answer shows. */
const PICKERS: [command: string, search: string, shown: string][] = [
  ["apps get", "sandb", "Sandbox"],
  ["messages get", "message 2", "Message 2."],
  ["webhooks get", "example", TARGET],
  ["contacts get", "ruiz", "Carla Ruiz"],
  ["conversations get", "sms", "SMS"],
  ["templates get", "welcome", "welcome_template"],
];

for (const [command, search, shown] of PICKERS) {
  terminalTest(`${command} without an id lets a person choose`, async () => {
    await using terminal = await sinch(
      ["conversation", ...command.split(" ")],
      {
        prepare: async (api) => {
          await createWebhook(api);
          await sendMessages(api, 3);
        },
      },
    );
    await terminal.waitFor("🔎");
    await terminal.type(search);
    await terminal.press("Enter");
    assertEquals(await terminal.exitCode(), 0, await terminal.screen());
    const [, result = ""] = (await terminal.screen()).split(/\? \w+ › .*\n/);
    assertStringIncludes(result, shown);
  });
}

terminalTest("a picker reads the next page when it is asked for", async () => {
  await using terminal = await sinch(["conversation", "messages", "get"], {
    prepare: (api) => sendMessages(api, 60),
  });
  await terminal.waitFor("Message 60.");
  assertEquals(terminal.api.calls.length, 1);
  await terminal.press("Up", "Enter");
  await terminal.waitFor("Message 10.");
  assertEquals(terminal.api.calls.length, 2);
  await terminal.type("Message 7.");
  await terminal.press("Enter");
  assertEquals(await terminal.exitCode(), 0, await terminal.screen());
});

terminalTest("an empty list says what to do", async () => {
  await using terminal = await sinch(["conversation", "webhooks", "get"]);
  assertEquals(await terminal.exitCode(), 4);
  assertStringIncludes(
    await terminal.screen(),
    "sinch conversation webhooks create",
  );
});

const INTERRUPTED = [
  ["webhooks create", "Target URL"],
  ["webhooks update", "? Webhook"],
  ["webhooks delete", "? Webhook"],
  ["apps create", "App name"],
  ["apps delete", "? App"],
  ["templates create", "Template ID"],
  ["templates delete", "? Template"],
  ["messages delete", "? Message"],
] as const;

for (const [command, question] of INTERRUPTED) {
  terminalTest(`Ctrl-C in ${command} changes nothing`, async () => {
    await using terminal = await sinch(
      ["conversation", ...command.split(" ")],
      {
        prepare: async (api) => {
          await createWebhook(api);
          await sendMessages(api, 1);
        },
      },
    );
    await terminal.waitFor(question);
    await terminal.press("C-c");
    assertEquals(await terminal.exitCode(), 130, await terminal.screen());
    assertEquals(changes(terminal), []);
  });
}

terminalTest("a delete is confirmed, and a no keeps everything", async () => {
  await using terminal = await sinch(["conversation", "webhooks", "delete"], {
    prepare: createWebhook,
  });
  await terminal.answer("? Webhook");
  await terminal.answer("(y/N)");
  assertEquals(await terminal.exitCode(), 1);
  assertStringIncludes(await terminal.screen(), "Cancelled");
  assertEquals(changes(terminal), []);
});

terminalTest(
  "a reset of the sandbox is confirmed, and a no keeps everything",
  async () => {
    const folder = await Deno.makeTempDir();
    const store = `${folder}/sandbox.db`;
    await Deno.writeTextFile(store, "");
    const files = () => [...Deno.readDirSync(folder)].length;
    for (const [answer, code, left] of [["", 1, 1], ["y", 0, 0]] as const) {
      await using terminal = await sinch([
        "sandbox",
        "reset",
        "--store",
        store,
      ]);
      await terminal.answer("(y/N)", answer);
      assertEquals(await terminal.exitCode(), code, await terminal.screen());
      assertEquals(files(), left);
    }
    await Deno.remove(folder, { recursive: true });
  },
);

terminalTest(
  "Esc at the last question asks the one before, and a change is made once",
  async () => {
    await using terminal = await sinch(["conversation", "webhooks", "delete"], {
      prepare: createWebhook,
    });
    await terminal.answer("? Webhook");
    await terminal.waitFor("(y/N)");
    await terminal.press("Escape");
    await terminal.answer(/Webhook ›[^]*Webhook 🔎[^]*❯ /);
    await terminal.answer("(y/N)", "y");
    assertEquals(await terminal.exitCode(), 0, await terminal.screen());
    assertEquals(changes(terminal).length, 1);
  },
);

/** Answers of the other wizards, the question at Ctrl-C, and what that shows. */
const RESUMED: [
  args: string[],
  answers: [string, string?][],
  question: string,
  shows: RegExp,
][] = [
  [
    ["webhooks", "create", "--secret", "hunter2"],
    [["Target URL", TARGET]],
    "Triggers",
    /webhooks create --secret \S+ --target https:\/\/example.com\/sinch/,
  ],
  [
    ["apps", "create"],
    [["App name", "Support desk"]],
    "Processing mode",
    /sinch conversation apps create 'Support desk'/,
  ],
  [
    ["apps", "delete"],
    [["? App"]],
    "Delete app",
    /sinch conversation apps delete 01\w+/,
  ],
  [
    ["contacts", "merge"],
    [["Contact to merge and delete"]],
    "Contact to keep",
    /sinch conversation contacts merge 01\w+/,
  ],
  [
    ["templates", "create"],
    [
      ["Template ID", "welcome"],
      ["? Description", "Says hello"],
      ["Language"],
      ["Message type"],
      ["? Text", "Hi"],
    ],
    "Add a translation?",
    /templates create --id welcome --description 'Says hello' --language en-US --message '\{"text_message":\{"text":"Hi"\}\}'/,
  ],
];

for (const [args, answers, question, shows] of RESUMED) {
  terminalTest(
    `Ctrl-C shows ${args.slice(0, 2).join(" ")} so far`,
    async () => {
      await using terminal = await sinch(["conversation", ...args]);
      for (const [question, text] of answers) {
        await terminal.answer(question, text);
      }
      await terminal.waitFor(question);
      await terminal.press("C-c");
      assertEquals(await terminal.exitCode(), 130, await terminal.screen());
      const screen = (await terminal.screen()).replaceAll(/\s+/g, " ");
      const [, shown = screen] = screen.split("To continue: ");
      assertMatch(shown, shows);
      assertEquals(shown.includes("hunter2"), false);
      assertEquals(changes(terminal), []);
    },
  );
}
