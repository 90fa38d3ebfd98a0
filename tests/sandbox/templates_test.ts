/** Templates, version 2. */
import { assertEquals, assertMatch } from "@std/assert";
import { faults, openClient, TEMPLATES } from "./client.ts";

const HELLO = {
  language_code: "en-US",
  version: "3",
  text_message: { text: "Hello ${name}" },
};
const GOOD = { default_translation: "en-US", translations: [HELLO] };

Deno.test("a created template starts at version 1, its translations as sent", async () => {
  using client = openClient();
  const { status, body } = await client.call("POST", TEMPLATES, GOOD);
  assertEquals(status, 200);
  assertMatch(body.id, /^[0-9A-HJKMNP-TV-Z]{26}$/);
  const times = {
    create_time: "2026-01-15T09:30:00.123Z",
    update_time: "2026-01-15T09:30:00.123Z",
  };
  assertEquals(body, {
    id: body.id,
    description: "",
    version: 1,
    default_translation: "en-US",
    translations: [{
      ...HELLO,
      variables: [],
      channel_template_overrides: {},
      ...times,
    }],
    ...times,
  });
});

Deno.test("get and list show the newest translation of a language once more as latest", async () => {
  using client = openClient();
  const sv = { language_code: "sv-SE", text_message: { text: "Hej" } };
  const { body: made } = await client.call("POST", TEMPLATES, {
    id: "greeting",
    default_translation: "en-US",
    translations: [{ ...HELLO, version: "1" }, HELLO, sv],
  });
  assertEquals(made.translations.length, 3);
  const { body } = await client.call("GET", `${TEMPLATES}/greeting`);
  const shown = body.translations.map((
    one: { language_code: string; version: string },
  ) => `${one.language_code} ${one.version}`);
  assertEquals(shown, [
    "en-US 1",
    "en-US 3",
    "sv-SE 1",
    "en-US latest",
    "sv-SE latest",
  ]);
  const { body: list } = await client.call("GET", TEMPLATES);
  assertEquals(list.templates.map(({ id }: { id: string }) => id), [
    "greeting",
    "welcome_template",
  ]);
  assertEquals(list.templates[0], body);
});

Deno.test("translations are found by language and version", async () => {
  using client = openClient();
  await client.call("POST", TEMPLATES, {
    id: "t",
    default_translation: "en-US",
    translations: [{ ...HELLO, version: "1" }, HELLO, {
      ...HELLO,
      language_code: "sv-SE",
    }],
  });
  for (
    const [query, expected] of [
      ["", ["en-US 1", "en-US 3", "sv-SE 3"]],
      ["language_code=en-US", ["en-US 1", "en-US 3"]],
      ["translation_version=1", ["en-US 1"]],
      ["translation_version=latest", ["en-US 3", "sv-SE 3"]],
      ["language_code=sv-SE&translation_version=latest", ["sv-SE 3"]],
      ["language_code=de", []],
    ] as const
  ) {
    const { body } = await client.call(
      "GET",
      `${TEMPLATES}/t/translations?${query}`,
    );
    const found = body.translations.map((
      one: { language_code: string; version: string },
    ) => `${one.language_code} ${one.version}`);
    assertEquals(found, [...expected], query);
  }
});

Deno.test("a replacement raises the version and keeps the create time", async () => {
  using client = openClient();
  const { body: made } = await client.call("POST", TEMPLATES, {
    ...GOOD,
    id: "t",
    description: "old",
  });
  client.clock.ms += 1000;
  const { status, body } = await client.call("PUT", `${TEMPLATES}/t`, {
    ...GOOD,
    version: 1,
  });
  assertEquals(status, 200);
  assertEquals(
    [body.version, body.description, body.create_time, body.update_time],
    [2, "", made.create_time, "2026-01-15T09:30:01.123Z"],
  );
});

const REFUSED: [string, Record<string, unknown>, string][] = [
  ["with a language that is none", {
    default_translation: "x",
    translations: [{ ...HELLO, language_code: "x" }],
  }, "default_translation"],
  [
    "with the same translation twice",
    { translations: [HELLO, HELLO] },
    "translations[1]",
  ],
  ["with a translation called latest", {
    translations: [{ ...HELLO, version: "latest" }],
  }, "translations[0].version"],
];
for (const [name, fields, field] of REFUSED) {
  Deno.test(`a template ${name} is refused at ${field}`, async () => {
    using client = openClient();
    const answer = await client.call("POST", TEMPLATES, { ...GOOD, ...fields });
    assertEquals([answer.status, faults(answer)[0]], [400, field]);
    assertEquals(
      (await client.call("GET", TEMPLATES)).body.templates.length,
      1,
    );
  });
}

Deno.test("a deleted template is gone", async () => {
  using client = openClient();
  assertEquals(
    (await client.call("DELETE", `${TEMPLATES}/welcome_template`)).body,
    {},
  );
  for (
    const [method, path] of [["GET", ""], ["DELETE", ""], [
      "GET",
      "/translations",
    ]]
  ) {
    const answer = await client.call(
      method!,
      `${TEMPLATES}/welcome_template${path}`,
    );
    assertEquals([answer.status, answer.body.error.message], [
      404,
      "Template not found.",
    ]);
  }
});
