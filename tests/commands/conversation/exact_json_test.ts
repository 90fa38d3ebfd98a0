/** JSON leaves and comes back with the digits and keys that it has. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { runCli } from "../../run_cli.ts";
import { ScriptedApi } from "../../scripted_api.ts";

const SEND = ["conversation", "send", "+15551234567", "-c", "sms"];
const TEMPLATE = [...SEND, "--template", "T"];
const ACCEPTED = '{"message_id":"M1","accepted_time":"2026-01-01T00:00:00Z"}';

/** Numbers that JavaScript would change, and a key that it treats as its own. */
const VALUES =
  '"order":12345678901234567890,"n":1e400,"price":1.50,"z":-0,"__proto__":7';

const SENT: Record<string, { args: string[]; body: string }> = {
  "--params": {
    args: [...TEMPLATE, "--params", `{${VALUES}}`],
    body:
      '"parameters":{"order":"12345678901234567890","n":"1e400","price":"1.50","z":"-0","__proto__":"7"}',
  },
  "--json-message": {
    args: [...SEND, "--json-message", `{"x_message":{${VALUES}}}`],
    body: `"message":{"x_message":{${VALUES}}}`,
  },
  "--metadata": {
    args: [...SEND, "hi", "--metadata", `{ ${VALUES} }`],
    body: `"message_metadata":${JSON.stringify(`{${VALUES}}`)}`,
  },
  "--conversation-metadata": {
    args: [...SEND, "hi", "--conversation-metadata", `{${VALUES}}`],
    body: `"conversation_metadata":{${VALUES}}`,
  },
  "--card": {
    args: [
      ...SEND,
      "--type",
      "carousel",
      "--card",
      card("55.60500000000000000001"),
      "--card",
      card("1.0"),
    ],
    body: '"latitude":55.60500000000000000001',
  },
  "--property": {
    args: [...SEND, "hi", "--property", "__proto__=x"],
    body: '"__proto__":"x"',
  },
  "templates create --json-template": {
    args: [
      "conversation",
      "templates",
      "create",
      "--json-template",
      `{"default_translation":"en-US","translations":[{"language_code":"en-US","list_message":{${VALUES}}}]}`,
    ],
    body: `"list_message":{${VALUES}}`,
  },
  "messages update --metadata": {
    args: [
      "conversation",
      "messages",
      "update",
      "M1",
      "--metadata",
      `{${VALUES}}`,
    ],
    body: `{"metadata":${JSON.stringify(`{${VALUES}}`)}}`,
  },
};

function card(latitude: string): string {
  return `{"title":"Shop","choices":[{"location_message":{"title":"Here","coordinates":{"latitude":${latitude},"longitude":13}}}]}`;
}

Deno.test("numbers are sent with the digits they were given", async (t) => {
  await using api = new ScriptedApi();
  for (const [name, { args, body }] of Object.entries(SENT)) {
    await t.step(name, async () => {
      const { code, stderr } = await api.run(
        args,
        '{"id":"X","message_id":"M1"}',
      );
      assertEquals(code, 0, stderr);
      assertStringIncludes(api.lastBody, body);
    });
    await t.step(`${name} --dry-run --curl`, async () => {
      const { stdout } = await api.run([...args, "--dry-run", "--curl"], "{}");
      assertStringIncludes(stdout, body);
    });
  }
});

Deno.test("JSON that would reach the API as something else is refused", async (t) => {
  await using api = new ScriptedApi();
  const refusals: [json: string, text: string][] = [
    ['{"a":1,"b":{"a":2},"a":3}', 'Duplicate key "a" at position 19'],
    ['{"a":{"b":1,"\\u0062":2}}', 'Duplicate key "b" at position 12'],
    ['{"a":"x\\ud800"}', "Half a surrogate pair at position 5"],
    ['{"\\udc00":1}', "Half a surrogate pair at position 1"],
    [`${"[".repeat(501)}${"]".repeat(501)}`, "More than 500 levels"],
  ];
  const flags = ["--params", "--json-message", "--metadata", "--card"];
  for (const [json, text] of refusals) {
    for (const flag of flags) {
      await t.step(`${flag} ${json.slice(0, 30)}`, async () => {
        const args = flag === "--params"
          ? TEMPLATE
          : flag === "--card"
          ? [...SEND, "--type", "carousel"]
          : flag === "--metadata"
          ? [...SEND, "hi"]
          : SEND;
        const given = flag === "--card" ? [flag, json, flag, json] : [
          flag,
          json,
        ];
        const run = await api.run([...args, ...given], ACCEPTED);
        assertEquals(run.code, 2, run.stderr);
        assertStringIncludes(run.stderr, text);
        assertEquals(run.requests, []);
      });
    }
  }
});

Deno.test("numbers are shown with the digits of the answer", async (t) => {
  await using api = new ScriptedApi();
  const answer =
    `{"id":"C1","metadata_json":{${VALUES}},"last_received":"2026-01-01T00:00:00Z"}`;
  const get = ["conversation", "conversations", "get", "C1"];
  const shown: [flags: string[], text: string][] = [
    [["--json"], '"order": 12345678901234567890'],
    [["--json"], '"n": 1e400'],
    [["--json"], '"price": 1.50'],
    [["--json"], '"__proto__": 7'],
    [["--query", "metadata_json.order"], "12345678901234567890\n"],
    [["--query", "metadata_json.[order,n]"], "12345678901234567890,\n  1e400"],
    [["--query", "to_string(metadata_json.order)"], '"12345678901234567890"'],
    [["--query", "metadata_json.order > `5`"], "true\n"],
    [["--query", "metadata_json.price == `1.5`"], "true\n"],
    [["--query", "metadata_json.constructor"], "null\n"],
    [["--query", "@.constructor"], "null\n"],
    [[], '"order":12345678901234567890,"n":1e400,"price":1.50'],
  ];
  for (const [flags, text] of shown) {
    await t.step(flags.join(" ") || "as text", async () => {
      const { code, stdout, stderr } = await api.run(
        [...get, ...flags],
        answer,
      );
      assertEquals(code, 0, stderr);
      assertStringIncludes(stdout, text);
    });
  }
  await t.step("lists", async () => {
    const list = `{"conversations":[${answer}]}`;
    for (const form of ["--json", "--jsonl"]) {
      const args = ["conversation", "conversations", "list", form];
      const { stdout } = await api.run(args, list);
      assertStringIncludes(stdout.replace(/\s/g, ""), VALUES);
    }
  });
});

Deno.test("the sandbox gives numbers back with their value", async (t) => {
  const home = await Deno.makeTempDir();
  const run = async (...args: string[]) => {
    const options = { home, env: { SINCH_SANDBOX: "1" } };
    const { code, stdout, stderr } = await runCli(
      ["conversation", ...args],
      options,
    );
    assertEquals(code, 0, stderr);
    return stdout.trim();
  };
  const values = '"order":12345678901234567890,"n":1e400,"small":-1e-400';
  const message =
    `{"location_message":{"title":"T","coordinates":{"latitude":55.60500000000000000001,"longitude":1.30e1}},"x_more":{${values}}}`;
  const id = await run(
    ...["send", "+15551234567", "-c", "SMS", "--json-message", message],
    ...["--conversation-metadata", `{${values}}`],
    ...["--query", "message_id", "--raw"],
  );
  await t.step("in a message", async () => {
    for (const args of [["get", id], ["list"]]) {
      const json = await run("messages", ...args, "--json");
      assertStringIncludes(json.replace(/\s/g, ""), values);
      assertStringIncludes(json, '"longitude": 13\n');
    }
  });
  await t.step(
    "in a conversation's metadata, also after an update",
    async () => {
      const conversation = await run(
        ...["messages", "get", id, "--query", "conversation_id", "--raw"],
      );
      const get = ["conversations", "get", conversation, "--json"];
      assertStringIncludes((await run(...get)).replace(/\s/g, ""), values);
      await run(
        ...["send", "+15551234567", "hi", "-c", "SMS"],
        ...["--conversation-metadata", '{"more":98765432109876543210}'],
      );
      assertStringIncludes(await run(...get), '"more": 98765432109876543210');
    },
  );
  await Deno.remove(home, { recursive: true });
});
