/**
 * What apps, webhooks and templates refuse: exit code 2, the flag by its name,
 * and no request.
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { runCli } from "../../run_cli.ts";

const env = {
  SINCH_PROJECT_ID: "project",
  SINCH_KEY_ID: "key",
  SINCH_KEY_SECRET: "secret",
  SINCH_APP_ID: "01HW7APP0000000000000000AA",
};

const HOOK = ["webhooks", "create", "-t", "OPT_IN"];
const TARGET = ["--target", "https://example.com"];
const target = (url: string) => [...HOOK, "--target", url];
const app = (
  json: string,
) => ["apps", "create", "A", "--channel-credentials", json];
const triggers = (names: string) => [
  ...["webhooks", "create", ...TARGET, "--triggers"],
  names,
];
const change = (...flags: string[]) => ["webhooks", "update", "X", ...flags];
const text = (...flags: string[]) => [
  ...["templates", "create", "--text", "Hi ${name}"],
  ...flags,
];
const edit = (...flags: string[]) => ["templates", "update", "X", ...flags];
const message = (json: unknown) => [
  ...["templates", "create", "--message", JSON.stringify(json)],
];
const whole = (json: unknown) => [
  ...["templates", "create", "--json-template", JSON.stringify(json)],
];
const ENGLISH = { language_code: "en-US", text_message: { text: "Hi" } };
const TEMPLATE = { default_translation: "en-US", translations: [ENGLISH] };
const tooLong = `https://example.com/${"a".repeat(723)}`;
const cards = (count: number) => ({
  carousel_message: { cards: Array(count).fill({ title: "A" }) },
});

/** Arguments, and what stands in stderr. */
const REFUSALS: Record<string, [args: string[], ...says: string[]][]> = {
  "nobody can be asked": [
    [["apps", "get"], "<id>"],
    [["apps", "use"], "<id>"],
    [["apps", "update", "--name", "A"], "<id>"],
    [["apps", "delete", "--force"], "<id>"],
    [["apps", "create"], "name"],
    [["webhooks", "get"], "<id>"],
    [["webhooks", "update", "--clear-oauth"], "<id>"],
    [["webhooks", "delete", "-f"], "<id>"],
    [["webhooks", "create"], "--target", "--triggers"],
    [["webhooks", "create", ...TARGET], "--triggers"],
    [HOOK, "--target"],
    [["templates", "get"], "<id>"],
    [["templates", "update", "--text", "Hi"], "<id>"],
    [["templates", "delete", "--yes"], "<id>"],
    [["templates", "create"], "--text", "--message", "--json-template"],
    [["templates", "create", "--translation", "en-GB=Hi"], "--text"],
  ],
  "nothing to update": [
    [["apps", "update", "X"], "Nothing to update", "--name"],
    [["webhooks", "update", "X"], "Nothing to update", "--target"],
    [["templates", "update", "X"], "Nothing to update", "--text"],
  ],
  "ids that point elsewhere": [
    [["apps", "get", ".."], '".."'],
    [["webhooks", "get", "."], '"."'],
    [["templates", "delete", "..", "-f"], '".."'],
  ],
  "apps": [
    [["apps", "create", " "], "name"],
    [
      ["apps", "create", "A", "--processing-mode", "x"],
      "--processing-mode",
      '"x"',
      "CONVERSATION",
    ],
    [
      ["apps", "update", "X", "--processing-mode", "disp"],
      "--processing-mode",
      "DISPATCH",
    ],
    [["apps", "update", "X", "--name", " "], "name"],
    [app("{"), "--channel-credentials", "not valid JSON"],
    [app("7"), "--channel-credentials[0]", "channel"],
    [app("[null]"), "--channel-credentials[0]", "channel"],
    [app('[{"token":"x"}]'), "--channel-credentials[0]", "channel"],
    [
      app('[{"channel":"SMS"},{"channel":"FAX"}]'),
      "--channel-credentials[1]",
      '"FAX"',
    ],
    [
      app('{"channel":"SMS","static_bearer":{"token":"••••"}}'),
      "--channel-credentials[0]",
      "--show-secrets",
    ],
    [app("@no-such-file"), "--channel-credentials", "no-such-file"],
    [["apps", "create", "A", "B"], 'Unexpected argument "B"'],
    [["apps", "create", "A", "--colour", "red"], "--colour"],
    [["apps", "list", "--limit", "0"], "--limit"],
    [["apps", "list", "--columns", "token"], "--columns", "channels"],
    [["apps", "lst"], "lst", "list"],
  ],
  "targets": [
    [target("example.com"), "--target", "example.com"],
    [target("ftp://example.com"), "--target"],
    [target("http://example.com"), "--target", "https"],
    [target("http://127.0.0.1.example.com"), "--target", "https"],
    [target("http://localhost.example.com"), "--target", "https"],
    [target("https:example.com"), "--target"],
    [target("https://"), "--target"],
    [target("https://exa mple.com"), "--target"],
    [target(" "), "--target"],
    [target(tooLong), "--target", "742", "743"],
    [
      target("https://conversation-api.prod.sinch.com/x"),
      "--target",
      "API",
    ],
    [change("--target", "http://example.com"), "--target"],
    [change("--url", "nowhere"), "--target"],
  ],
  "triggers": [
    [
      triggers("MESAGE_INBOUND"),
      "--triggers",
      "MESAGE_INBOUND",
      "mean MESSAGE_INBOUND",
    ],
    [triggers("MESSAGE_INBOUND,OPT_UOT"), "OPT_UOT", "mean OPT_OUT"],
    [triggers("UNSPECIFIED_TRIGGER"), "--triggers", "UNSPECIFIED_TRIGGER"],
    [triggers("everything"), "--triggers", "everything", "or all"],
    [triggers(","), "--triggers", "MESSAGE_INBOUND"],
    [change("-t", "message inbound"), "--triggers", "message inbound"],
  ],
  "webhook settings": [
    [
      [...HOOK, ...TARGET, "--target-type", "ftp"],
      "--target-type",
      "HTTP or DISMISS",
    ],
    [[...HOOK, ...TARGET, "--secret", " "], "--secret"],
    [[...HOOK, ...TARGET, "--secret", "••••"], "--secret", "mask"],
    [
      [...HOOK, ...TARGET, "--secret", "@no-such-file"],
      "--secret",
      "no-such-file",
    ],
    [
      [...HOOK, ...TARGET, "--secret", "-", "--oauth-client-secret", "-"],
      "--secret",
    ],
    [
      [...HOOK, ...TARGET, "--oauth-endpoint", "https://example.com"],
      "--oauth-client-id",
      "--oauth-client-secret",
    ],
    [
      [...HOOK, ...TARGET, "--oauth-scope", "a"],
      "--oauth-endpoint",
      "--oauth-client-id",
    ],
    [
      change("--oauth-endpoint", "http://example.com"),
      "--oauth-endpoint",
      "https",
    ],
    [change("--oauth-client-id", " "), "--oauth-client-id"],
    [change("--oauth-scope", "a".repeat(1025)), "--oauth-scope", "1024"],
    [change("--oauth-client-secret", "••••"), "--oauth-client-secret"],
    [change("--secret", "a", "--clear-secret"), "--secret", "--clear-secret"],
    [
      change("--oauth-scope", "a", "--clear-oauth"),
      "--oauth-scope",
      "--clear-oauth",
    ],
    [[...HOOK, ...TARGET, "--clear-secret"], "--clear-secret"],
    [["webhooks", "lits"], "lits", "list"],
    [["webhooks", "list", "--limit", "x"], "--limit"],
  ],
  "texts and languages": [
    [["templates", "create", "--text", " "], "--text"],
    [text("--message", '{"text_message":{"text":"a"}}'), "--text", "--message"],
    [text("--id", " "), "--id"],
    [text("--language", "en_US"), "--language", '"en_US"'],
    [text("--language", "english please"), "--language"],
    [["templates", "create", "--language", "en-US"], "--language"],
    [text("--translation", "Hej"), "--translation", "sv-SE=Hej"],
    [text("--translation", "=Hej"), "--translation"],
    [text("--translation", "sv_SE=Hej"), "--translation", '"sv_SE"'],
    [text("--translation", "sv-SE= "), "--translation sv-SE"],
    [text("--translation", "en-US=Hi"), "--translation", "en-US"],
    [
      text("--translation", "sv-SE=a", "--translation", "sv-SE=b"),
      "sv-SE",
      "second",
    ],
    [
      text("--translation", 'sv-SE={"text":"a"}'),
      "--translation sv-SE",
      '"text"',
    ],
    [
      text("--translation", "sv-SE=@no-such-file"),
      "--translation sv-SE",
      "no-such-file",
    ],
    [text("--variable", "name"), "--variable", "name=Jane"],
    [text("--variable", "nmae=Jane"), "--variable nmae", "${nmae}"],
    [edit("--language", "sv-SE"), "--language", "--text"],
    [
      edit("--text", "a", "--message", '{"text_message":{"text":"a"}}'),
      "--text",
      "--message",
    ],
    [edit("--variable", "=x"), "--variable"],
    [edit("--translation", "sv-SE=a", "--translation", "sv-SE=b"), "second"],
  ],
  "messages": [
    [["templates", "create", "--message", "{"], "--message", "not valid JSON"],
    [["templates", "create", "--message", "[]"], "--message", "JSON object"],
    [message({}), "--message", "exactly one", "none"],
    [
      message({ text_message: { text: "a" }, card_message: { title: "b" } }),
      "--message",
      "exactly one",
    ],
    [message({ txt_message: { text: "a" } }), "--message", "txt_message"],
    [message({ text_message: { txt: "a" } }), "text_message.text is missing"],
    [message({ card_message: {} }), "--message", "title or a description"],
    [message(cards(1)), "--message", "cards", "at least 2"],
    [message(cards(11)), "--message", "cards", "at most 10"],
    [message({ media_message: { url: "nowhere" } }), "--message", "nowhere"],
    [
      message({
        location_message: {
          title: "a",
          coordinates: { latitude: 91, longitude: 0 },
        },
      }),
      "--message",
      "latitude",
    ],
    [
      message({ choice_message: { text_message: { text: "a" }, choices: [] } }),
      "--message",
      "choices",
    ],
    [message({ list_message: { title: "a" } }), "--message", "sections"],
    [
      ["templates", "create", "--message", "@no-such-file"],
      "--message",
      "no-such-file",
    ],
  ],
  "whole templates": [
    [
      ["templates", "create", "--json-template", "{"],
      "--json-template",
      "not valid JSON",
    ],
    [whole([]), "--json-template", "JSON object"],
    [whole({}), "--json-template", "default_translation"],
    [
      whole({ default_translation: "en-US" }),
      "--json-template",
      "translations",
    ],
    [whole({ ...TEMPLATE, translations: [] }), "translations", "at least 1"],
    [
      whole({ ...TEMPLATE, default_translation: "sv-SE" }),
      "default_translation",
      '"sv-SE"',
      "en-US",
    ],
    [whole({ ...TEMPLATE, languages: [] }), "unknown field", "languages"],
    [whole({ ...TEMPLATE, version: "1" }), "version"],
    [
      whole({ ...TEMPLATE, translations: [{ text_message: { text: "a" } }] }),
      "language_code is missing",
    ],
    [
      whole({ ...TEMPLATE, translations: [{ language_code: "en-US" }] }),
      "exactly one",
    ],
    [
      whole({ ...TEMPLATE, translations: [{ ...ENGLISH, card_message: {} }] }),
      "exactly one",
    ],
    [
      whole({ ...TEMPLATE, translations: [{ ...ENGLISH, variables: [{}] }] }),
      "key is missing",
    ],
    [
      whole({ ...TEMPLATE, translations: [{ ...ENGLISH, varables: [] }] }),
      "varables",
    ],
    [[...whole(TEMPLATE), "--text", "a"], "--json-template", "--text"],
    [[...whole(TEMPLATE), "--id", "a"], "--json-template", "--id"],
    [
      edit("--json-template", JSON.stringify({ ...TEMPLATE, id: "Y" })),
      "--json-template",
      '"Y"',
      '"X"',
    ],
    [
      edit("--json-template", JSON.stringify(TEMPLATE), "--description", "a"),
      "--description",
    ],
  ],
};

for (const [subject, refusals] of Object.entries(REFUSALS)) {
  Deno.test(`refused before anything is sent: ${subject}`, async (t) => {
    for (const [args, ...says] of refusals) {
      await t.step(args.join(" ").slice(0, 120), async () => {
        const run = await runCli(["conversation", ...args], { env });
        assertEquals([run.code, run.stdout], [2, ""], run.stderr);
        assertEquals(run.requests, []);
        for (const word of says) assertStringIncludes(run.stderr, word);
        const json = await runCli(["conversation", ...args, "--json"], { env });
        assertEquals([json.code, json.stdout], [2, ""]);
        assertEquals(JSON.parse(json.stderr).error.code, "USAGE");
      });
    }
  });
}
