/** What `send` refuses: exit code 2, the flag by its name, and no request. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { runCli } from "../../run_cli.ts";

const env = {
  SINCH_PROJECT_ID: "project",
  SINCH_KEY_ID: "key",
  SINCH_KEY_SECRET: "secret",
  SINCH_APP_ID: "01HW7APP0000000000000000AA",
};
const SMS = ["+15551234567", "Hello", "-c", "SMS"];
const TO = ["+15551234567", "-c", "RCS"];
const URL = "https://example.com/image.jpg";
const CARD = '{"title":"A"}';
const card = (json: string) => ["--card", CARD, "--card", json];
/** It ends at 10:30 UTC. */
const BACKWARDS = JSON.stringify({
  calendar_message: {
    title: "Book",
    event_start: "2026-03-01T11:00:00Z",
    event_end: "2026-03-01T12:30:00+02:00",
    event_title: "Visit",
    fallback_url: "https://example.com",
  },
});
const choices = (count: number) =>
  Array.from({ length: count }, (_, at) => ["--choice", `Choice ${at}`]).flat();

interface Refusal {
  args: string[];
  /** All of them stand in stderr. */
  says: string[];
  stdin?: string;
  env?: Record<string, string>;
}

function refusal(args: string[], ...says: string[]): Refusal {
  return { args, says };
}

const REFUSALS: Record<string, Refusal[]> = {
  "a recipient that is no phone number": [
    refusal(["not-a-number", "Hi", "-c", "SMS"], "recipient", "not-a-number"),
    refusal(
      ["0046700000001", "Hi", "-c", "SMS"],
      "recipient",
      "+46700000001",
    ),
    refusal(["00 46 70-000", "Hi", "-c", "SMS"], "recipient", "00 46 70-000"),
    refusal(["46700000001", "Hi", "-c", "SMS"], "no +", "+46700000001"),
    refusal(["0700000001", "Hi", "-c", "SMS"], "no +", "country code"),
    refusal(["+1555", "Hi", "-c", "SMS"], "+1555", "4 digits"),
    refusal(["+1555123456789012", "Hi", "-c", "SMS"], "16 digits"),
    refusal(["+999123456789", "Hi", "-c", "SMS"], "no country has this code"),
    refusal(["+", "Hi", "-c", "SMS"], "recipient", '"+"'),
    refusal(["+1555CALLNOW", "Hi", "-c", "SMS"], "recipient"),
    refusal(["++15551234567", "Hi", "-c", "SMS"], "recipient"),
    refusal(["someone", "Hi", "-c", "WHATSAPP"], "recipient"),
    refusal(["someone", "Hi", "-c", "VIBER"], "recipient"),
    refusal(["someone", "Hi", "-c", "MMS"], "recipient"),
    refusal(["someone", "Hi", "-c", "KAKAOTALK"], "recipient"),
    refusal(["  ", "Hi", "-c", "LINE"], "recipient", "LINE user ID"),
  ],
  "a word that is not one of its set": [
    refusal(["+15551234567", "Hi", "-c", "FOO"], "--channel", '"FOO"', "SMS"),
    refusal(["+15551234567", "Hi", "-c", "WATSAPP"], "mean WHATSAPP"),
    refusal(["+15551234567", "Hi", "-c", "vibr"], "mean VIBER"),
    refusal(["+15551234567", "Hi", "-c", "CHANNEL_UNSPECIFIED"], "--channel"),
    refusal([...SMS, "-t", "video"], "--type", '"video"', "carousel"),
    refusal([...SMS, "-t", "txt"], "--type", "mean text"),
    refusal(
      [...TO, "-t", "card", "--title", "A", "--height", "HUGE"],
      "--height",
      '"HUGE"',
      "TALL",
    ),
    refusal([...SMS, "--queue", "urgent"], "--queue", "HIGH_PRIORITY"),
    refusal(
      [...SMS, "--processing-strategy", "x"],
      "--processing-strategy",
      "DISPATCH_ONLY",
    ),
    refusal(
      [...TO, "--template", "a", "--template-kind", "sms"],
      "--template-kind",
      "omni",
    ),
    refusal([...SMS, "--fallback", "RCS,FOO"], "--fallback", '"FOO"'),
  ],
  "flags that contradict each other": [
    refusal(
      [...TO, "--media", URL, "--template", "a"],
      "--media",
      "--template",
    ),
    refusal(
      [...TO, "--template", "a", "--location"],
      "--template",
      "--location",
    ),
    refusal([...TO, "--media", URL, "--lat", "1"], "--media", "--lat"),
    refusal([...TO, "-t", "text", "--media", URL], "--type text", "--media"),
    refusal([...TO, "Hi", "--template", "a"], "message", "--template"),
    refusal(
      [...TO, "Hi", "--location", "--lat", "1", "--lng", "1"],
      "message",
      "--location",
    ),
    refusal(
      [...TO, "Hi", "--media", URL, "--caption", "Hi"],
      "message",
      "--caption",
    ),
    refusal([...SMS, "--params", "{}"], "--params", "--template"),
    refusal([...SMS, "--caption", "x"], "--caption", "--media"),
    refusal([...SMS, "--name", "Office"], "--name", "location"),
    refusal([...SMS, "--choice", "Yes"], "--choice", "--type choice"),
    refusal([...SMS, "--title", "A"], "--title", "--type card", "--type list"),
    refusal(
      [...TO, "-t", "list", "--title", "A", "--card", CARD],
      "--card",
      "--type list",
    ),
    refusal(
      [...TO, "-t", "card", "--title", "A", "--menu", "M"],
      "--menu",
      "--type card",
    ),
    refusal(
      [
        ...TO,
        "-t",
        "list",
        "--title",
        "A",
        "--item",
        "B",
        "--section",
        '{"items":[{"choice":{"title":"B"}}]}',
      ],
      "--section",
      "--item",
    ),
    refusal([...TO, "--name", "Office"], "--name", "--location"),
    refusal([...TO, "--choice", "Yes"], "--choice", "--type choice"),
    refusal([...SMS, "--contact", "01CONTACT"], "recipient", "--contact"),
    refusal(
      [
        ...SMS,
        "--correlation-id",
        "a",
        "--processing-strategy",
        "DISPATCH_ONLY",
      ],
      "--correlation-id",
      "--processing-strategy",
    ),
    refusal(
      ["--contact", "01C", "Hi", "--processing-strategy", "dispatch-only"],
      "--contact",
      "--processing-strategy",
    ),
    refusal(
      [...SMS, "--from", "A", "--property", "SMS_SENDER=B"],
      "--from",
      "SMS_SENDER",
    ),
    refusal(
      ["+15551234567", "Hi", "-c", "WHATSAPP", "--from", "ACME"],
      "--from",
      "WHATSAPP",
    ),
    refusal(
      [...SMS, "--fallback", "MESSENGER"],
      "--fallback",
      "MESSENGER",
      "--contact",
    ),
    refusal([...SMS, "--fallback", "RCS,SMS"], "--fallback", "SMS"),
    refusal(
      ["--contact", "01C", "--template", "a", "--template-kind", "channel"],
      "--template-kind",
      "--channel",
    ),
  ],
  "a raw message that would not be sent as it is": [
    refusal([...TO, "--json-message", "{}"], "--json-message", "empty"),
    refusal([...TO, "--json-message", "[]"], "--json-message", "JSON object"),
    refusal([...TO, "--json-message", "null"], "--json-message", "JSON object"),
    refusal(
      [...TO, "--json-message", "{text"],
      "--json-message",
      "not valid JSON",
    ),
    refusal(
      [...TO, "--json-message", '{"app_id":"a","message":{}}'],
      "--json-message",
      "app_id",
    ),
    refusal(
      [...TO, "--json-message", '{"message":{"recipient":{}}}'],
      "--json-message",
      "recipient",
    ),
    refusal(
      [
        ...TO,
        "--json-message",
        '{"text_message":{"text":"a"},"card_message":{"title":"a"}}',
      ],
      "--json-message",
      "text_message and card_message",
    ),
    refusal(
      [...SMS, "--json-message", '{"text_message":{"text":"a"}}'],
      "--json-message",
      "message",
    ),
    refusal(
      [
        ...TO,
        "--json-message",
        '{"text_message":{"text":"a"}}',
        "--media",
        URL,
      ],
      "--json-message",
      "--media",
    ),
    refusal(
      [...TO, "--json-message", '{"text_message":{"text":"a"}}', "-t", "text"],
      "--json-message",
      "--type",
    ),
  ],
  "a value outside its range or form": [
    refusal(
      [...TO, "--lat", "90.1", "--lng", "0"],
      "--lat",
      "-90 to 90",
      "90.1",
    ),
    refusal([...TO, "--lat", "0", "--lng", "-180.5"], "--lng", "-180 to 180"),
    refusal([...TO, "--lat", "north", "--lng", "0"], "--lat", '"north"'),
    refusal([...TO, "--lat", "55,61", "--lng", "0"], "--lat", '"55,61"'),
    refusal([...TO, "--lat", "0x10", "--lng", "0"], "--lat", '"0x10"'),
    refusal([...TO, "--lat", "NaN", "--lng", "0"], "--lat", '"NaN"'),
    refusal(
      [...TO, "--media", "image.jpg"],
      "--media",
      '"image.jpg"',
      "http(s)",
    ),
    refusal([...TO, "--media", "ftp://example.com/a"], "--media", "http(s)"),
    refusal([...TO, "--media", "https:example.com"], "--media", "http(s)"),
    refusal([...TO, "--media", "https://a.example/b c"], "--media", "b c"),
    refusal([...TO, "--media", URL, "--thumbnail", "thumb"], "--thumbnail"),
    refusal([...SMS, "--callback-url", "example.com"], "--callback-url"),
    refusal([...SMS, "--ttl", "2"], "--ttl", "3"),
    refusal([...SMS, "--ttl", "soon"], "--ttl", '"soon"'),
    refusal([...SMS, "--ttl", "1.5h"], "--ttl"),
    refusal([...SMS, "--ttl", "9999999999d"], "--ttl", "315576000000"),
    refusal(
      [...SMS, "--metadata", "x".repeat(1025)],
      "--metadata",
      "1024",
      "1025",
    ),
    refusal(
      [...SMS, "--conversation-metadata", "text"],
      "--conversation-metadata",
      "JSON",
    ),
    refusal(
      [...SMS, "--conversation-metadata", '["a"]'],
      "--conversation-metadata",
      "JSON object",
    ),
    refusal(
      [...SMS, "--conversation-metadata", `{"a":"${"x".repeat(2048)}"}`],
      "--conversation-metadata",
      "2048",
    ),
    refusal(
      [...SMS, "--correlation-id", "x".repeat(129)],
      "--correlation-id",
      "128",
    ),
    refusal([...SMS, "--property", "SMS_SENDER"], "--property", "KEY=VALUE"),
    refusal(
      [...SMS, "--property", "A=1", "--property", "A=2"],
      "--property A",
      "once",
    ),
    refusal(
      [...SMS, "--property", `A=${"x".repeat(1025)}`],
      "--property",
      "1024",
    ),
    refusal([...SMS, "--from", "A very long sender"], "--from", "11"),
    refusal([...SMS, "-a", "two words"], "--app", "two words"),
    refusal(
      [...TO, "--template", "a", "--language", "english!"],
      "--language",
      "en-US",
    ),
    refusal([...TO, "   "], "message"),
  ],
  "template parameters that are not texts": [
    refusal(
      [...TO, "--template", "a", "--params", "a=b", "--params", "a=c"],
      "--params a",
    ),
    refusal(
      [...TO, "--template", "a", "--params", '["Alice"]'],
      "--params",
      "JSON object",
    ),
    refusal(
      [...TO, "--template", "a", "--params", '"Alice"'],
      "--params",
      "JSON object",
    ),
    refusal(
      [...TO, "--template", "a", "--params", '{"name":{"first":"A"}}'],
      "--params: name",
    ),
    refusal(
      [...TO, "--template", "a", "--params", '{"name":null}'],
      "--params: name",
    ),
    refusal(
      [...TO, "--template", "a", "--params", '{"names":["A"]}'],
      "--params: names",
    ),
  ],
  "choices that are wrong or too many": [
    refusal(
      [...TO, "Q", "-t", "choice", ...choices(11)],
      "--choice",
      "10",
      "11",
    ),
    refusal(
      [...TO, "-t", "card", "--title", "A", ...choices(11)],
      "--choice",
      "10",
    ),
    refusal(
      [...TO, "-t", "carousel", ...card(CARD), ...choices(4)],
      "--choice",
      "3",
      "4",
    ),
    refusal(
      [...TO, "Q", "-t", "choice", "--choice", "Site|www.example.com"],
      "--choice",
      "https://",
    ),
    refusal(
      [...TO, "Q", "-t", "choice", "--choice", "Call|tel:me"],
      "--choice",
      "tel:",
    ),
    refusal(
      [
        ...TO,
        "Q",
        "-t",
        "choice",
        "--choice",
        "A",
        "--choice",
        "|https://example.com",
      ],
      "--choice",
      "|https://example.com",
    ),
    refusal(
      [...TO, "Q", "-t", "choice", "--choice", '{"text_message":{"txt":"A"}}'],
      "--choice",
      "text",
    ),
    refusal(
      [...TO, "Q", "-t", "choice", "--choice", BACKWARDS],
      "--choice: calendar_message.event_end",
      "2026-03-01T11:00:00Z",
    ),
    refusal(
      [...TO, "Q", "-t", "choice", "--choice", '{"title":"A"}'],
      "--choice",
      '"title"',
    ),
    refusal(
      [...TO, "Q", "-t", "choice", "--choice", '{"postback_data":"A"}'],
      "--choice",
      "exactly one",
      "none",
    ),
    refusal(
      [
        ...TO,
        "Q",
        "-t",
        "choice",
        "--choice",
        '{"call_message":{"title":"A"}}',
      ],
      "--choice: call_message.phone_number",
      "missing",
    ),
  ],
  "cards that are wrong, too few or too many": [
    refusal([...TO, "-t", "carousel", "--card", CARD], "--card", "2"),
    refusal(
      [...TO, "-t", "carousel", ...Array(11).fill(["--card", CARD]).flat()],
      "--card",
      "10",
      "11",
    ),
    refusal(
      [...TO, "-t", "carousel", ...card("A")],
      "--card #2",
      "not valid JSON",
    ),
    refusal(
      [...TO, "-t", "carousel", ...card('"A"')],
      "--card #2",
      "JSON object",
    ),
    refusal(
      [...TO, "-t", "carousel", ...card("{}")],
      "--card #2",
      "title or a description",
    ),
    refusal(
      [...TO, "-t", "carousel", ...card('{"titel":"A"}')],
      "--card #2",
      '"titel"',
      "title",
    ),
    refusal(
      [...TO, "-t", "carousel", ...card('{"title":"A","constructor":1}')],
      "--card #2",
      '"constructor"',
    ),
    refusal(
      [...TO, "-t", "carousel", ...card('{"title":5}')],
      "--card #2: title",
      "5",
    ),
    refusal(
      [...TO, "-t", "carousel", ...card('{"title":"A","height":"BIG"}')],
      "--card #2: height",
      "BIG",
    ),
    refusal(
      [
        ...TO,
        "-t",
        "carousel",
        ...card('{"title":"A","media_message":{"url":"a.jpg"}}'),
      ],
      "--card #2: media_message.url",
      "a.jpg",
    ),
    refusal([
      ...TO,
      "-t",
      "carousel",
      ...card('{"title":"A","choices":[{"text_message":{"text":""}}]}'),
    ], "--card #2: choices[0].text_message.text"),
    refusal(
      [...TO, "-t", "carousel", ...card('{"title":"A","choices":{}}')],
      "--card #2: choices",
      "list",
    ),
    refusal(
      [
        ...TO,
        "-t",
        "carousel",
        ...card(
          '{"title":"A","choices":[{"location_message":{"title":"B","coordinates":{"latitude":91,"longitude":0}}}]}',
        ),
      ],
      "choices[0].location_message.coordinates.latitude",
      "91",
    ),
    refusal(
      [
        ...TO,
        "-t",
        "carousel",
        ...card(
          `{"title":"A","choices":[${
            Array(11).fill('{"text_message":{"text":"B"}}')
          }]}`,
        ),
      ],
      "--card #2: choices",
      "10",
    ),
    refusal(
      [
        ...TO,
        "-t",
        "carousel",
        ...card(
          '{"title":"A","choices":[{"calendar_message":{"title":"B","event_start":"tomorrow","event_end":"2026-03-01T11:00:00Z","event_title":"C","fallback_url":"https://example.com"}}]}',
        ),
      ],
      "calendar_message.event_start",
      "tomorrow",
    ),
    refusal(
      [
        ...TO,
        "-t",
        "carousel",
        ...card(`{"title":"A","choices":[${BACKWARDS}]}`),
      ],
      "--card #2: choices[0].calendar_message.event_end",
      "2026-03-01T11:00:00Z",
    ),
  ],
  "sections that are wrong": [
    refusal(
      [...TO, "-t", "list", "--title", "A", "--section", '{"title":"B"}'],
      "--section: items",
      "missing",
    ),
    refusal(
      [...TO, "-t", "list", "--title", "A", "--section", '{"items":[]}'],
      "--section: items",
      "at least 1",
    ),
    refusal(
      [
        ...TO,
        "-t",
        "list",
        "--title",
        "A",
        "--section",
        '{"items":[{"title":"B"}]}',
      ],
      "--section: items[0]",
      '"title"',
    ),
    refusal(
      [
        ...TO,
        "-t",
        "list",
        "--title",
        "A",
        "--section",
        '{"items":[{"choice":{"description":"B"}}]}',
      ],
      "items[0].choice.title",
      "missing",
    ),
    refusal(
      [
        ...TO,
        "-t",
        "list",
        "--title",
        "A",
        "--section",
        '{"items":[{"product":{"id":"1","marketplace":"FACEBOOK"}}]}',
      ],
      "--section",
      "catalog_id",
      "--json-message",
    ),
    refusal(
      [...TO, "-t", "list", "--title", "A", "--item", "|text"],
      "--item",
      "Title|Description|postback",
    ),
    refusal(
      [...TO, "-t", "list", "--title", "A", "--item", "a|b|c|d"],
      "--item",
      "Title|Description|postback",
    ),
  ],
  "what is missing, by the flags that would give it": [
    refusal(
      [],
      "recipient",
      "--contact",
      "--channel",
      "message",
      "--json-message",
    ),
    refusal(["+15551234567"], "--channel", "message", "--type"),
    {
      args: ["+15551234567", "Hi", "--dry-run"],
      says: ["--channel", "SINCH_CHANNEL"],
      env: { SINCH_APP_ID: "01HW7APP" },
    },
    {
      args: ["--contact", "01C", "Hi", "--fallback", "SMS", "--dry-run"],
      says: ["--channel"],
      env: { SINCH_APP_ID: "01HW7APP" },
    },
    refusal(["-c", "SMS", "-t", "text"], "recipient", "message"),
    refusal([...TO, "-t", "media"], "--media"),
    refusal([...TO, "--caption", "Look"], "--caption", "--media"),
    refusal([...TO, "-t", "template"], "--template"),
    refusal([...TO, "--params", "{}"], "--params", "--template"),
    refusal([...TO, "--location"], "--lat", "--lng"),
    refusal([...TO, "--lat", "1"], "--lng"),
    refusal(
      [...TO, "-t", "card", "--media", URL],
      "--title",
      "--description",
      "--json-message",
    ),
    refusal([...TO, "-t", "carousel"], "--card", "--json-message"),
    refusal([...TO, "Q", "-t", "choice"], "--choice", "--json-message"),
    refusal([...TO, "-t", "choice", "--choice", "Yes"], "message"),
    refusal(
      [...TO, "-t", "list"],
      "--title",
      "--section",
      "--item",
      "--json-message",
    ),
    // Said before the project's apps are asked for, which needs an account.
    { args: ["+1555", "Hi", "-c", "SMS"], says: ["recipient"], env: {} },
    {
      args: [...SMS, "--dry-run"],
      says: ["--app", "SINCH_APP_ID", "sinch config set conversation app="],
      env: {},
    },
  ],
  "a file or standard input that does not give a text": [
    refusal(
      ["+15551234567", "@no/such/file", "-c", "SMS"],
      "message",
      "no/such/file",
      "@@",
    ),
    refusal(
      [...TO, "--template", "a", "--params", "@nowhere.json"],
      "--params",
      "nowhere.json",
    ),
    refusal([...TO, "--json-message", "@."], "--json-message", '"."'),
    {
      args: [...TO, "-", "--metadata", "-"],
      says: ["message", "--metadata", "standard input"],
      stdin: "Hi",
    },
    { args: [...TO, "-"], says: ["message"], stdin: "\n" },
    {
      args: [...TO, "-t", "carousel", ...card("-")],
      says: ["--card #2"],
      stdin: '{"title":1}',
    },
  ],
  "a mistyped flag": [
    refusal([...SMS, "--capton", "x"], "--capton"),
    refusal(["+15551234567", "--bdy", "-c", "SMS"], "--bdy"),
    refusal([...SMS, "--caption", "--media"], "--caption"),
    refusal([...SMS, "one", "too", "many"], "one"),
  ],
};

for (const [subject, refusals] of Object.entries(REFUSALS)) {
  Deno.test(`send refuses ${subject}`, async (test) => {
    for (const { args, says, stdin, env: own } of refusals) {
      const name = args.map((arg) => arg.slice(0, 60)).join(" ");
      await test.step(name || "nothing at all", async () => {
        const run = await runCli(["conversation", "send", ...args], {
          env: own ?? env,
          stdin,
        });
        for (const text of says) assertStringIncludes(run.stderr, text);
        assertEquals(run.code, 2, run.stderr);
        assertEquals(run.stdout, "");
        assertEquals(run.requests.length, 0);
      });
    }
  });
}

Deno.test("with --json a refusal is one JSON document on stderr", async () => {
  for (
    const { args, says, stdin, env: own } of Object.values(REFUSALS).flat()
  ) {
    const run = await runCli(["conversation", "send", ...args, "--json"], {
      env: own ?? env,
      stdin,
    });
    const { error } = JSON.parse(run.stderr);
    assertEquals(error.code, "USAGE");
    for (const text of says) {
      assertStringIncludes(`${error.message} ${error.hint}`, text);
    }
    assertEquals([run.code, run.stdout, run.requests.length], [2, "", 0]);
  }
});
