/** `templates`: from argv to what the API was asked and what was printed. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { CliOptions, CliRun } from "../../../run_cli.ts";
import { calls, SandboxedCli } from "../../../sandboxed_cli.ts";

const TEMPLATES = ["conversation", "templates"];
const TERMINAL: CliOptions = { terminal: true, env: { NO_COLOR: "1" } };
const clock = {
  now: () => Date.parse("2026-11-03T12:00:00Z"),
  sleep: () => Promise.resolve(),
};

const ENGLISH = {
  language_code: "en-US",
  version: "1",
  text_message: { text: "Hi ${name},\nyour order is confirmed." },
  variables: [{ key: "name", preview_value: "Jane" }],
};
const SWEDISH = {
  language_code: "sv-SE",
  version: "3",
  card_message: { title: "Hej", media_message: { url: "${picture}" } },
  variables: [{ key: "picture" }],
  channel_template_overrides: { WHATSAPP: {} },
};
const TEMPLATE = {
  id: "order_confirmed",
  description: "Order\x1b[2J confirmation",
  version: 4,
  default_translation: "en-US",
  translations: [
    ENGLISH,
    SWEDISH,
    { ...ENGLISH, version: "latest" },
    { ...SWEDISH, version: "latest" },
  ],
  create_time: "2026-11-03T09:00:00Z",
  update_time: "2026-11-03T11:00:00Z",
};

async function answered(
  answer: unknown,
  args: string[],
  options: CliOptions = {},
): Promise<CliRun> {
  await using cli = new SandboxedCli();
  cli.answers = [Response.json(answer)];
  return await cli.run([...TEMPLATES, ...args], {
    ...options,
    runtime: { clock },
  });
}

/** The body of the last request. */
function sent({ requests }: CliRun): Promise<Record<string, unknown>> {
  return requests.at(-1)!.clone().json();
}

Deno.test("templates list shows each template once", async (t) => {
  const one = { templates: [TEMPLATE] };
  await t.step("terminal", async () => {
    const run = await answered(one, ["list"], TERMINAL);
    assertEquals(run.stdout.split("\n"), [
      "DESCRIPTION             VERSION  DEFAULT  LANGUAGES     TYPE        UPDATED  ID",
      "Order␛[2J confirmation  4        en-US    en-US, sv-SE  text, card  1h ago   order_confirmed",
      "",
    ]);
    assertEquals([run.code, run.stderr], [0, "\n1 template\n"]);
  });
  await t.step("pipe", async () => {
    const run = await answered(one, ["list"]);
    assertEquals(
      run.stdout,
      "order_confirmed\tOrder␛[2J confirmation\t4\ten-US\ten-US, sv-SE\ttext, card\t2026-11-03T11:00:00Z\n",
    );
    assertEquals([run.code, run.stderr], [0, ""]);
  });
  await t.step("JSON, as the API has it", async () => {
    const run = await answered(one, ["list", "--json"]);
    assertEquals(JSON.parse(run.stdout), one);
  });
  await t.step("none", async () => {
    const run = await answered({}, ["list"]);
    assertEquals([run.code, run.stdout], [0, ""]);
    assertStringIncludes(run.stderr, "No templates found.");
    const json = await answered({ templates: [] }, ["list", "--json"]);
    assertEquals(JSON.parse(json.stdout), { templates: [] });
  });
  await t.step("it lives on a host of its own, in version 2", async () => {
    const run = await answered(one, ["list", "--region", "eu"], {
      env: { SINCH_API_URL: "" },
      // Nothing of this reaches the network.
      fetch: () => Promise.resolve(Response.json({ access_token: "t" })),
    });
    const url = run.requests.at(-1)!.url;
    assertStringIncludes(url, "https://eu.template.api.sinch.com/v2/projects/");
  });
});

Deno.test("templates get shows each translation once", async (t) => {
  await t.step("terminal", async () => {
    const run = await answered(TEMPLATE, ["get", TEMPLATE.id], TERMINAL);
    assertEquals(run.stdout.split("\n"), [
      "  ID           order_confirmed",
      "  Description  Order␛[2J confirmation",
      "  Version      4",
      "  Default      en-US",
      "  Languages    en-US, sv-SE",
      "  Created      2026-11-03 09:00:00 UTC (3 hours ago)",
      "  Updated      2026-11-03 11:00:00 UTC (1 hour ago)",
      "",
      "en-US",
      "  Version    1",
      "  Type       text",
      "  Variables  name = Jane",
      "  Content    Hi ${name},",
      "             your order is confirmed.",
      "",
      "sv-SE",
      "  Version    3",
      "  Type       card",
      "  Variables  picture",
      "  Content    {",
      '               "title": "Hej",',
      '               "media_message": {',
      '                 "url": "${picture}"',
      "               }",
      "             }",
      "  Overrides  WHATSAPP",
      "",
    ]);
    assertEquals([run.code, run.stderr], [0, ""]);
  });
  await t.step("pipe: times as the API has them", async () => {
    const run = await answered(TEMPLATE, ["get", TEMPLATE.id]);
    assertStringIncludes(run.stdout, "  Created      2026-11-03T09:00:00Z\n");
  });
  await t.step("JSON: exactly the answer", async () => {
    const run = await answered(TEMPLATE, ["get", TEMPLATE.id, "--json"]);
    assertEquals(JSON.parse(run.stdout), TEMPLATE);
  });
});

const HI = "Hi ${name}";

Deno.test("templates create sends what the flags say", async (t) => {
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, `${HI}\n`);
  const hi = {
    language_code: "en-US",
    version: "1",
    text_message: { text: HI },
  };
  const named = { key: "name", preview_value: "Jane" };
  const unnamed = { key: "name", preview_value: "" };
  const created: Record<
    string,
    { args: string[]; stdin?: string; body: Record<string, unknown> }
  > = {
    "a text without a variable": {
      args: ["--text", "Hi"],
      body: {
        default_translation: "en-US",
        translations: [{ ...hi, text_message: { text: "Hi" } }],
      },
    },
    "id, description, language and a preview": {
      args: [
        ...["--id", "hi", "--description", "Greeting", "--language", "en-GB"],
        ...["--text", HI, "--variable", "name=Jane"],
      ],
      body: {
        id: "hi",
        description: "Greeting",
        default_translation: "en-GB",
        translations: [{
          ...hi,
          language_code: "en-GB",
          variables: [named],
        }],
      },
    },
    "texts from a file, a variable without a preview": {
      args: ["--text", `@${file}`, "--translation", `sv-SE=@${file}`],
      body: {
        default_translation: "en-US",
        translations: [
          { ...hi, variables: [unnamed] },
          { ...hi, language_code: "sv-SE", variables: [unnamed] },
        ],
      },
    },
    "a preview that has an equals sign": {
      args: ["--text", HI, "--variable", "name=a=b"],
      body: {
        default_translation: "en-US",
        translations: [
          { ...hi, variables: [{ key: "name", preview_value: "a=b" }] },
        ],
      },
    },
    "other kinds, placeholders where URLs go": {
      args: [
        "--message",
        '{"media_message":{"url":"${picture}"}}',
        "--translation",
        'sv-SE={"card_message":{"title":"${name}"}}',
        "--variable",
        "picture=https://example.com/a.jpg",
      ],
      body: {
        default_translation: "en-US",
        translations: [
          {
            language_code: "en-US",
            version: "1",
            media_message: { url: "${picture}" },
            variables: [
              {
                key: "picture",
                preview_value: "https://example.com/a.jpg",
              },
            ],
          },
          {
            language_code: "sv-SE",
            version: "1",
            card_message: { title: "${name}" },
            variables: [unnamed],
          },
        ],
      },
    },
    "an answer of the API, from standard input": {
      args: ["--json-template", "-"],
      stdin: JSON.stringify(TEMPLATE),
      body: {
        id: TEMPLATE.id,
        description: TEMPLATE.description,
        default_translation: "en-US",
        translations: [ENGLISH, { ...SWEDISH, channel_template_overrides: {} }],
      },
    },
  };
  for (const [subject, { args, stdin, body }] of Object.entries(created)) {
    await t.step(subject, async () => {
      await using cli = new SandboxedCli();
      // The sandbox wants overrides to be whole; they are no subject here.
      const options = { stdin: stdin?.replaceAll('{"WHATSAPP":{}}', "{}") };
      const run = await cli.run([...TEMPLATES, "create", ...args], options);
      assertEquals([run.code, run.stderr], [0, ""]);
      assertStringIncludes(run.stdout, "✔ Template created\n");
      assertEquals(calls(run), ["POST templates"]);
      assertEquals(await sent(run), body);
    });
  }
  await t.step("JSON: the answer", async () => {
    await using cli = new SandboxedCli();
    const args = [...TEMPLATES, "create", "--text", "Hi", "--json"];
    const run = await cli.run(args);
    assertEquals(JSON.parse(run.stdout).version, 1);
  });
  await t.step("a second one with this id names the field", async () => {
    await using cli = new SandboxedCli();
    const args = [...TEMPLATES, "create", "--id", "hi", "--text", "Hi"];
    await cli.run(args);
    const run = await cli.run(args);
    assertEquals([run.code, run.stdout], [1, ""]);
    assertStringIncludes(run.stderr, "id: must not be");
  });
  await Deno.remove(file);
});

Deno.test("templates update replaces the whole, but for what is given", async (t) => {
  await using cli = new SandboxedCli();
  const update = [...TEMPLATES, "update", "hi"];
  await cli.run([
    ...[...TEMPLATES, "create", "--id", "hi", "--description", "Greeting"],
    ...["--text", HI, "--variable", "name=Jane"],
    ...["--translation", "sv-SE=Hej ${name}"],
  ]);
  const english = {
    language_code: "en-US",
    version: "1",
    text_message: { text: HI },
    channel_template_overrides: {},
    variables: [{ key: "name", preview_value: "Jane" }],
  };
  const swedish = {
    ...english,
    language_code: "sv-SE",
    text_message: { text: "Hej ${name}" },
  };
  const welcome = {
    ...english,
    text_message: { text: "Welcome ${name} of ${town}" },
    variables: [
      { key: "name", preview_value: "Jane" },
      { key: "town", preview_value: "Oslo" },
    ],
  };
  const steps: [string, string[], unknown[], string][] = [
    ["the description", ["--description", "D"], [english, swedish], "D"],
    [
      "the default translation, previews kept",
      [
        ...["--text", "Welcome ${name} of ${town}"],
        ...["--variable", "town=Oslo"],
      ],
      [welcome, swedish],
      "D",
    ],
    [
      "another language, and one more",
      [
        ...["--translation", 'sv-SE={"media_message":{"url":"${url}"}}'],
        ...["--language", "fr-FR", "--text", "Salut"],
      ],
      [
        welcome,
        {
          language_code: "sv-SE",
          version: "1",
          media_message: { url: "${url}" },
          channel_template_overrides: {},
          variables: [{ key: "url", preview_value: "" }],
        },
        {
          language_code: "fr-FR",
          version: "1",
          text_message: { text: "Salut" },
        },
      ],
      "D",
    ],
  ];
  let version = 0;
  for (const [subject, args, translations, description] of steps) {
    version++;
    await t.step(subject, async () => {
      const run = await cli.run([...update, ...args]);
      assertEquals([run.code, run.stderr], [0, ""]);
      assertStringIncludes(run.stdout, "✔ Template updated\n");
      assertEquals(calls(run), ["GET templates/hi", "PUT templates/hi"]);
      const { translations: own, ...rest } = await sent(run);
      assertEquals(rest, {
        ...{ id: "hi", description, version },
        default_translation: "en-US",
      });
      assertEquals(
        new Set((own as unknown[]).map(sorted)),
        new Set(translations.map(sorted)),
      );
    });
  }
  await t.step("the whole, given back as it was got", async () => {
    const got = await cli.run([...TEMPLATES, "get", "hi", "--json"]);
    const run = await cli.run([...update, "--json-template", "-", "--json"], {
      stdin: got.stdout,
    });
    assertEquals([run.code, run.stderr], [0, ""]);
    assertEquals(calls(run), ["PUT templates/hi"]);
    assertEquals((await sent(run)).version, 4);
    assertEquals(JSON.parse(run.stdout).version, 5);
  });
  await t.step(
    "the whole without a version: over the current one",
    async () => {
      const { default_translation } = TEMPLATE;
      const run = await cli.run([...update, "--json-template", "-"], {
        stdin: JSON.stringify({ default_translation, translations: [ENGLISH] }),
      });
      assertEquals([run.code, run.stderr], [0, ""]);
      assertEquals(calls(run), ["GET templates/hi", "PUT templates/hi"]);
      assertEquals((await sent(run)).version, 5);
    },
  );
});

/** The same text for objects whose fields come in another order. */
function sorted(value: unknown): string {
  return JSON.stringify(Object.entries(value as object).sort());
}

Deno.test("templates update never overwrites what somebody else changed", async (t) => {
  await t.step(
    "a version in the JSON that is not the current one",
    async () => {
      await using cli = new SandboxedCli();
      const create = ["create", "--id", "hi", "--text", "Hi"];
      await cli.run([...TEMPLATES, ...create]);
      await cli.run([...TEMPLATES, "update", "hi", "--text", "Theirs"]);
      const run = await cli.run(
        [...TEMPLATES, "update", "hi", "--json-template", "-"],
        {
          stdin: JSON.stringify({
            version: 1,
            default_translation: "en-US",
            translations: [{
              language_code: "en-US",
              text_message: { text: "Ours" },
            }],
          }),
        },
      );
      assertEquals([run.code, run.stdout], [1, ""]);
      assertStringIncludes(run.stderr, "no longer at version 1");
      assertStringIncludes(run.stderr, "nothing was changed");
      assertStringIncludes(run.stderr, "Get it again");
      const { stdout } = await cli.run([...TEMPLATES, "get", "hi"]);
      assertStringIncludes(stdout, "Theirs");
    },
  );
  for (
    const [status, word] of [
      [400, "FAILED_PRECONDITION"],
      [409, "ABORTED"],
      [409, "CONFLICT"],
    ] as const
  ) {
    await t.step(
      `a change between read and write: ${status} ${word}`,
      async () => {
        await using cli = new SandboxedCli();
        const error = { code: status, message: "stale", status: word };
        cli.answers = [
          Response.json(TEMPLATE),
          Response.json({ error }, { status }),
        ];
        const run = await cli.run([
          ...[...TEMPLATES, "update", TEMPLATE.id],
          ...["--description", "D", "--json"],
        ]);
        assertEquals([run.code, run.stdout], [1, ""]);
        const { error: shown } = JSON.parse(run.stderr);
        assertEquals([shown.code, shown.status], [word, status]);
        assertStringIncludes(shown.message, "no longer at version 4");
        assertStringIncludes(shown.hint, "changed");
      },
    );
  }
});

Deno.test("templates delete asks first", async (t) => {
  await t.step("terminal", async () => {
    await using cli = new SandboxedCli();
    cli.answers = [Response.json(TEMPLATE), Response.json({})];
    const run = await cli.run([...TEMPLATES, "delete", TEMPLATE.id], {
      ...TERMINAL,
      stdin: "y\r",
      runtime: { clock },
    });
    assertEquals(run.stdout, "✔ Template order_confirmed deleted\n");
    assertStringIncludes(run.stderr, "Delete template order_confirmed?");
    assertStringIncludes(run.stderr, "cannot be undone");
  });
  await t.step("terminal, for one that does not exist", async () => {
    await using cli = new SandboxedCli();
    const run = await cli.run([...TEMPLATES, "delete", "nosuch"], TERMINAL);
    assertEquals([run.code, run.stdout], [4, ""]);
    assert(!run.stderr.includes("Delete template"), run.stderr);
  });
  await t.step("pipe", async () => {
    const run = await answered(TEMPLATE, ["delete", TEMPLATE.id]);
    assertEquals([run.code, run.stdout], [2, ""]);
    assertEquals(calls(run), [`GET templates/${TEMPLATE.id}`]);
    assertStringIncludes(run.stderr, "--force");
  });
  for (const what of ["apps", "contacts", "messages", "templates"]) {
    await t.step(`pipe: ${what} that do not exist`, async () => {
      await using cli = new SandboxedCli();
      const run = await cli.run(["conversation", what, "delete", "nosuch"]);
      assertEquals([run.code, run.stdout], [4, ""]);
      assertStringIncludes(run.stderr, '"nosuch" not found');
      assert(!run.stderr.includes("--force"), run.stderr);
    });
  }
  await t.step("JSON", async () => {
    const run = await answered({}, ["delete", TEMPLATE.id, "-f", "--json"]);
    assertEquals(JSON.parse(run.stdout), { id: TEMPLATE.id, deleted: true });
    assertEquals(calls(run), [`DELETE templates/${TEMPLATE.id}`]);
  });
});
