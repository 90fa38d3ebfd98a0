/** The command line that the send wizard shows makes the same request again. */
import { assert, assertEquals } from "@std/assert";
import type { Choice } from "../../api/message_body.ts";
import type { SendOptions, SendType } from "../../options/send.ts";
import { messageOf, requestBody } from "../../options/send_request.ts";
import { sendCommand } from "../../wizard/send_summary.ts";
import { runCli } from "../run_cli.ts";

const TO: SendOptions = {
  app: "01HW7APP",
  channel: "RCS",
  recipient: "+15551234567",
};
const URL = "https://example.com/a?b=c&d='e'";

/** Texts that a shell, the command line or a terminal could take for more. */
const TEXTS = [
  "Hello from Sinch",
  `It's "quoted", $HOME, \`x\` and 100% *`,
  "@everyone",
  "@@twice",
  "-",
  "--",
  "-c",
  "--dry-run",
  "-x=1 y",
  "-5 degrees",
  "a | b",
  "a \\| b \\",
  "{not json",
  " blanks around ",
  "two\nlines\tand a tab",
  "\x1b[2J\u202e hidden",
  "Hej 😀 #tag ~ !",
];

const KINDS: Choice[] = [
  { text_message: { text: "Yes" } },
  { text_message: { text: "Yes" }, postback_data: "-y" },
  { text_message: { text: "Yes" }, display_mode: "PERSISTENT" },
  { url_message: { title: "Shop", url: URL } },
  { call_message: { title: "Call", phone_number: "+15557654321" } },
  { call_message: { title: "Call", phone_number: "ask for Ada" } },
  {
    location_message: {
      title: "Here",
      coordinates: { latitude: -33.9, longitude: 1e-7 },
    },
  },
  { share_location_message: { title: "Where?", fallback_url: URL } },
  {
    calendar_message: {
      title: "Book",
      event_title: "Visit",
      event_start: "2026-03-01T10:00:00Z",
      event_end: "2026-03-01T11:00:00Z",
      fallback_url: URL,
    },
  },
];

/** Every option of every type, with one text in all places. */
function sends(text: string): [SendType, SendOptions][] {
  const label = text.trim();
  // Only a message can be shown as JSON.
  // deno-lint-ignore no-control-regex
  const visible = text.replace(/[\x00-\x1f\u202e]/g, "?");
  const choice = [{ text_message: { text } }, {
    url_message: { title: text, url: URL },
  }];
  const media = { media: URL, thumbnail: URL, filename: label };
  return [
    ["text", { message: text }],
    ["media", media],
    ["media", { ...media, caption: text }],
    ["media", { media: URL, message: text }],
    ["template", { template: "order", params: { name: text, [text]: "x" } }],
    ["template", {
      ...{ template: label, templateKind: "channel", language: "sv-SE" },
      templateVersion: "2",
    }],
    ["location", { lat: -33.9, lng: 1e-7, name: label, label }],
    ["card", {
      title: text,
      description: text,
      height: "TALL",
      ...media,
      choice,
    }],
    ["carousel", {
      card: [{ title: text, choices: choice }, { description: text }],
      choice,
    }],
    ["choice", { message: text, choice }],
    ["list", {
      ...{ title: text, description: text, menu: label },
      section: [{ title: text, items: [{ choice: { title: text } }] }],
    }],
    ["list", {
      title: text,
      item: [{ choice: { title: "a|b", postback_data: "c|" } }, {
        choice: { title: "d" },
      }],
    }],
    ["raw", { jsonMessage: { text_message: { text } } }],
    ["text", {
      message: text,
      ...{ fallback: ["SMS", "VIBERBM"], from: "ACME", ttl: "300s" },
      property: [["KEY", visible], ["X", "a=b"]],
      ...{ queue: "HIGH_PRIORITY", processingStrategy: "DEFAULT" },
      ...{ callbackUrl: URL, correlationId: visible },
      conversationMetadata: { [text]: text },
    }],
    ["text", {
      message: text,
      recipient: undefined,
      contact: "01C",
      channel: undefined,
    }],
  ];
}

async function checkRoundTrip(
  type: SendType,
  content: SendOptions,
): Promise<void> {
  const options = { ...TO, ...content };
  const line = sendCommand(type, options, messageOf(type, options));
  const [group, command, ...words] = await wordsOf(line);
  const run = await runCli([group!, command!, "--dry-run", "--json", ...words]);
  const others = run.stderr.replace(/^Warning: .*\n/gm, "");
  assertEquals([run.code, others], [0, ""], line);
  const body = {
    app_id: options.app,
    ...await requestBody(type, options, undefined),
  };
  assertEquals(
    JSON.parse(run.stdout).body,
    JSON.parse(JSON.stringify(body)),
    line,
  );
}

/** The words after `sinch`, as a shell takes the line apart. */
async function wordsOf(line: string): Promise<string[]> {
  // deno-lint-ignore no-control-regex -- what a terminal would not show
  assert(!/[\x00-\x1f\u202e]/.test(line), `one line of visible text: ${line}`);
  const { stdout, success } = await new Deno.Command("sh", {
    args: ["-c", `printf '%s\\0' ${line}`],
  }).output();
  assert(success, line);
  return new TextDecoder().decode(stdout).split("\0").slice(1, -1);
}

for (const text of TEXTS) {
  Deno.test(`the shown command sends ${JSON.stringify(text)} in every type`, async () => {
    for (const [type, content] of sends(text)) {
      await checkRoundTrip(type, content);
    }
  });
}

Deno.test("the shown command has each kind of choice", async () => {
  for (const kind of KINDS) {
    await checkRoundTrip("choice", { message: "?", choice: [kind, kind] });
  }
});
