/** Words that every object of JavaScript inherits, as texts, names, IDs and keys. */
import { assert, assertStringIncludes } from "@std/assert";
import { SandboxedCli } from "../sandboxed_cli.ts";

const WORDS = [
  "constructor",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "__proto__",
];

const SEND = ["conversation", "send", "+15551234567"];
const SMS = ["-c", "sms"];

/** Each once with every word. */
const LINES: ((word: string) => string[])[] = [
  (word) => [...SEND, word, ...SMS],
  (word) => ["conversation", "send", word, "hi", "-c", "telegram"],
  (word) => [...SEND, "hi", "-c", word],
  (word) => [...SEND, "hi", ...SMS, "--type", word],
  (word) => [...SEND, "hi", ...SMS, "--queue", word],
  (word) => [...SEND, "hi", ...SMS, "--property", `${word}=x`],
  (word) => [...SEND, ...SMS, "--json-message", `{"${word}":{}}`],
  (word) => [...SEND, ...SMS, "--json-message", `{"${word}_message":{"a":1}}`],
  (word) => [...SEND, "hi", ...SMS, "--conversation-metadata", `{"${word}":1}`],
  (word) => ["conversation", "messages", "list", "--columns", word],
  (word) => ["conversation", "messages", "list", "--source", word],
  (word) => ["conversation", "messages", "list", "--since", word],
  (word) => ["conversation", "messages", "list", "--query", `@.${word}`],
  (word) => ["conversation", "messages", "list", "--query", `{"${word}":@}`],
  (word) => ["conversation", "messages", "get", word],
  (word) => ["conversation", "contacts", "get", word],
  (word) => [
    ...["conversation", "contacts", "create", "--name", word],
    ...["--identity", `TELEGRAM=${word}`],
  ],
  (word) => ["conversation", "contacts", "create", "--identity", `${word}=x`],
  () => ["conversation", "contacts"],
  (word) => ["conversation", "conversations", "list", "--state", word],
  (word) => ["conversation", "apps", "create", word],
  (word) => [
    ...["conversation", "apps", "create", "x", "--channel-credentials"],
    `{"channel":"${word}"}`,
  ],
  (word) => [
    ...["conversation", "webhooks", "create", "--target", "https://x.test"],
    ...["--triggers", word],
  ],
  (word) => [
    ...["conversation", "templates", "create", "--variable", `${word}=x`],
    ...["--text", `Hi \${${word}}`],
  ],
  (
    word,
  ) => ["conversation", "templates", "create", "--translation", `${word}=x`],
  (word) => ["conversation", "templates", "get", word],
  (word) => ["config", "set", `${word}=x`],
  (word) => ["config", "set", "region=eu", "--profile", word],
  (word) => ["config", "profile", "use", word],
  (word) => ["auth", "status", "--profile", word],
  (word) => ["help", word],
  (word) => ["sandbox", "trigger", word],
  (word) => ["sandbox", "show", word],
  (word) => ["sandbox", "reply", "+15551234567", word],
  (word) => ["sandbox", "rule", "add", "--fail", word],
  (word) => ["sandbox", "clock", "advance", word],
];

for (const word of WORDS) {
  Deno.test(`${word} is a word like any other`, async () => {
    await using cli = new SandboxedCli();
    for (const line of LINES) {
      const args = line(word);
      const { code, stdout, stderr } = await cli.run(args);
      const told = `${args.join(" ")}: ${stdout}${stderr}`;
      assert(code <= 4, told);
      assert(!/bug in sinch|native code|\[object /.test(told), told);
    }
    const shown = await cli.run(["conversation", "messages", "list"]);
    assertStringIncludes(shown.stdout, word);
  });
}
