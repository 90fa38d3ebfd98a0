/** The send wizard, key by key in a terminal, down to the stored message. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runCli } from "../run_cli.ts";
import { type SandboxServer, sentPart } from "../sandbox_server.ts";
import { terminalTest } from "../terminal.ts";
import { sinch, type SinchTerminal } from "./sinch_terminal.ts";

const PHONE = "+15551234567";
const IMAGE = "https://example.com/image.jpg";

/** As the wizard lists them. */
const TYPES = [
  "text",
  "media",
  "template",
  "card",
  "carousel",
  "choice",
  "location",
  "list",
];

interface Dialogue {
  /** What is asked and what is answered; `[keys]` are pressed before Enter. */
  answers: [question: string, answer?: string | string[]][];
  message: unknown;
}

/** From the question for the type on; channel and recipient are asked in each. */
const DIALOGUES: Record<string, Dialogue> = {
  text: {
    answers: [["Text", "Hej från Sinch 😀, it's $HOME"]],
    message: { text_message: { text: "Hej från Sinch 😀, it's $HOME" } },
  },
  media: {
    answers: [["Media URL", IMAGE], ["Caption"]],
    message: { media_message: { url: IMAGE } },
  },
  template: {
    answers: [
      ["Template", "welc"],
      ["Language", ["Down"]],
      ["Value for name", "Åsa"],
    ],
    message: {
      template_message: {
        omni_template: {
          template_id: "welcome_template",
          version: "latest",
          language_code: "sv-SE",
          parameters: { name: "Åsa" },
        },
      },
    },
  },
  card: {
    answers: [
      ["Title", "Summer sale"],
      ["Description", "All shoes"],
      ["Media URL", IMAGE],
      ["Media height", ["Down", "Down"]],
      ["Add a choice?", "y"],
      ["Choice 1", ["Down"]],
      ["Label", "Shop"],
      ["URL", "https://example.com/shop"],
      ["Add another choice?"],
    ],
    message: {
      card_message: {
        title: "Summer sale",
        description: "All shoes",
        height: "MEDIUM",
        media_message: { url: IMAGE },
        choices: [
          { url_message: { title: "Shop", url: "https://example.com/shop" } },
        ],
      },
    },
  },
  carousel: {
    answers: [
      ["Title", "Red shoes"],
      ["Description"],
      ["Media URL"],
      ["Add a choice?"],
      ["Title", "Blue shoes"],
      ["Description", "New"],
      ["Media URL"],
      ["Add a choice?"],
      ["Add another card?"],
      ["Add a choice below the cards?", "y"],
      ["Choice 1"],
      ["Label", "More"],
      ["Postback data", "more"],
      ["Add another choice below the cards?"],
    ],
    message: {
      carousel_message: {
        cards: [
          { title: "Red shoes" },
          { title: "Blue shoes", description: "New" },
        ],
        choices: [{ text_message: { text: "More" }, postback_data: "more" }],
      },
    },
  },
  choice: {
    answers: [
      ["Text", "Coming?"],
      ["Choice 1"],
      ["Label", "Yes | sure"],
      ["Postback data"],
      ["Add another choice?", "y"],
      ["Choice 2", ["Down", "Down"]],
      ["Label", "Call us"],
      ["Phone number", "+1 555 765-4321"],
      ["Add another choice?", "y"],
      ["Choice 3", down(3)],
      ["Label", "Find us"],
      ["Latitude", "59.3293"],
      ["Longitude", "-122.4"],
      ["Add another choice?", "y"],
      ["Choice 4", down(4)],
      ["Label", "Come to me"],
      ["Fallback URL", "https://example.com/map"],
      ["Add another choice?", "y"],
      ["Choice 5", down(5)],
      ["Label", "Book"],
      ["Event title", "Visit"],
      ["Start", "2026-03-01T10:00:00Z"],
      ["End", "2026-03-01T11:00:00+01:00"],
      ["Fallback URL", "https://example.com/day"],
      ["Add another choice?"],
    ],
    message: {
      choice_message: {
        text_message: { text: "Coming?" },
        choices: [
          { text_message: { text: "Yes | sure" } },
          { call_message: { title: "Call us", phone_number: "+15557654321" } },
          {
            location_message: {
              title: "Find us",
              coordinates: { latitude: 59.3293, longitude: -122.4 },
            },
          },
          {
            share_location_message: {
              title: "Come to me",
              fallback_url: "https://example.com/map",
            },
          },
          {
            calendar_message: {
              title: "Book",
              event_title: "Visit",
              event_start: "2026-03-01T10:00:00Z",
              event_end: "2026-03-01T11:00:00+01:00",
              fallback_url: "https://example.com/day",
            },
          },
        ],
      },
    },
  },
  location: {
    answers: [
      ["Latitude", "59.3293"],
      ["Longitude", "-122.4"],
      ["Place name"],
    ],
    message: {
      location_message: {
        title: "59.3293, -122.4",
        coordinates: { latitude: 59.3293, longitude: -122.4 },
      },
    },
  },
  list: {
    answers: [
      ["Title", "Drinks"],
      ["Description"],
      ["Menu button label", "Choose"],
      ["Section 1 title", "Hot"],
      ["Item 1", "Tea"],
      ["Description", "Green"],
      ["Postback data", "tea"],
      ["Add another item?"],
      ["Add another section?"],
    ],
    message: {
      list_message: {
        title: "Drinks",
        sections: [{
          title: "Hot",
          items: [{
            choice: {
              title: "Tea",
              description: "Green",
              postback_data: "tea",
            },
          }],
        }],
        message_properties: { menu: "Choose" },
      },
    },
  },
};

/** Answers each question as soon as it is asked. */
async function answer(
  terminal: SinchTerminal,
  answers: Dialogue["answers"],
): Promise<void> {
  for (const [question, reply = ""] of answers) {
    // The open question is the last one on the screen.
    await terminal.waitFor(new RegExp(`\\? ${escape(question)}(?![^]*\n\\? )`));
    if (typeof reply === "string" && reply) await terminal.type(reply);
    if (Array.isArray(reply)) await terminal.press(...reply);
    await terminal.press("Enter");
  }
}

function down(times: number): string[] {
  return Array(times).fill("Down");
}

function escape(text: string): string {
  return text.replace(/[?|+().]/g, "\\$&");
}

/** The command line that the summary shows, taken apart by a shell. */
async function shownCommand(terminal: SinchTerminal): Promise<string[]> {
  const [, command = ""] = / {2}sinch (conversation send .*)\n/.exec(
    await terminal.screen(),
  ) ?? [];
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", `printf '%s\\0' ${command}`],
  }).output();
  return new TextDecoder().decode(stdout).split("\0").slice(0, -1);
}

for (const [type, { answers, message }] of Object.entries(DIALOGUES)) {
  terminalTest(`the wizard sends a message of type ${type}`, async () => {
    await using terminal = await sinch(["conversation", "send"]);
    const { api } = terminal;
    await answer(terminal, [
      ["Message type", down(TYPES.indexOf(type))],
      ["Channel", "rcs"],
      ["Recipient", PHONE],
      ...answers,
    ]);
    await terminal.waitFor("Send this message?");
    const command = await shownCommand(terminal);
    await terminal.press("Enter");
    assertEquals(await terminal.exitCode(), 0, await terminal.screen());
    // The result first, then what to do next.
    await terminal.waitFor(
      /Message accepted[^]*\nDelivery is reported to webhooks/,
    );

    const { messages } = await api.ask("GET", "messages");
    assertEquals(messages.length, 1);
    assertEquals(sentPart(messages[0].app_message), message);
    assertEquals(messages[0].channel_identity.channel, "RCS");

    const again = await runCli([...command, "--dry-run", "--json"], {
      env: api.env,
    });
    const others = again.stderr.replace(/^Warning: .*\n/gm, "");
    assertEquals([again.code, others], [0, ""]);
    assertEquals(JSON.parse(again.stdout).body.message, message);
  });
}

terminalTest("an event that ends before it starts is refused", async () => {
  await using terminal = await sinch([
    ...["conversation", "send", PHONE, "When?", "-c", "RCS", "-t", "choice"],
  ]);
  await answer(terminal, [
    ["Choice 1", down(5)],
    ["Label", "Book"],
    ["Event title", "Visit"],
    ["Start", "2026-03-01T10:00:00Z"],
    ["End", "2026-03-01T10:59:59+01:00"],
  ]);
  await terminal.waitFor("must not be before 2026-03-01T10:00:00Z");
  await terminal.press("C-c");
  assertEquals(await terminal.exitCode(), 130);
});

/** Where a person may stop: each question of the way, and the last one. */
const STOPS: [question: string, before: Dialogue["answers"]][] = [
  ["Message type", []],
  ["Channel", [["Message type"]]],
  ["Recipient", [["Message type"], ["Channel"]]],
  ["Contact", [["Message type"], ["Channel"], ["Recipient"]]],
  ["Text", [["Message type"], ["Channel"], ["Recipient", PHONE]]],
  ["Send this message?", [
    ["Message type"],
    ["Channel"],
    ["Recipient", PHONE],
    ["Text", "Hello"],
  ]],
];

for (const [question, before] of STOPS) {
  terminalTest(`Ctrl-C at "${question}" sends nothing`, async () => {
    await using terminal = await sinch(["conversation", "send"]);
    await answer(terminal, before);
    await terminal.waitFor(`? ${question}`);
    await terminal.press("C-c");
    assertEquals(await terminal.exitCode(), 130, await terminal.screen());
    assertEquals(await sends(terminal), []);
  });
}

const TO: [string, string?][] = [["Channel", "rcs"], ["Recipient", PHONE]];

/** The answers before Ctrl-C, the question at it, and the command that it shows. */
const RESUMED: [
  subject: string,
  args: string[],
  before: [string, string?][],
  question: string,
  shows: RegExp,
][] = [
  ["no answer", ["--channel", "SMS"], [], "Message type", /--channel SMS/],
  [
    "a field of a location",
    ["--type", "location"],
    [...TO, ["Latitude", "55.61"]],
    "Longitude",
    /send \+15551234567 .*--type location.*--lat 55.61/,
  ],
  [
    "a field of a card",
    ["--type", "card"],
    [...TO, ["Title", "Summer sale"]],
    "Description",
    /--type card.*--title 'Summer sale'/,
  ],
  [
    "the first of several choices",
    ["--type", "choice"],
    [
      ...TO,
      ["Text", "When?"],
      ["Choice 1", "reply"],
      ["Label", "Now"],
      ["Postback data"],
    ],
    "Add another choice?",
    /send \+15551234567 'When\?' .*--choice Now/,
  ],
  [
    "a section of a list",
    ["--type", "list"],
    [
      ...TO,
      ["Title", "Menu"],
      ["Description"],
      ["Menu button label"],
      ["Section 1 title", "Food"],
      ["Item 1", "Soup"],
      ["Description"],
      ["Postback data"],
      ["Add another item?"],
    ],
    "Add another section?",
    /--title Menu .*--section '\{"title":"Food".*Soup/,
  ],
];

for (const [subject, args, before, question, shows] of RESUMED) {
  terminalTest(`Ctrl-C shows the command so far: ${subject}`, async () => {
    await using terminal = await sinch(["conversation", "send", ...args]);
    await answer(terminal, before);
    await terminal.waitFor(`? ${question}`);
    await terminal.press("C-c");
    assertEquals(await terminal.exitCode(), 130, await terminal.screen());
    const screen = (await terminal.screen()).replaceAll(/\s+/g, " ");
    assertMatch(screen.split("To continue: ")[1] ?? screen, shows);
  });
}

terminalTest("Ctrl-C shows the command with the answers so far", async () => {
  await using terminal = await sinch(["conversation", "send"]);
  await answer(terminal, [["Message type"], ["Channel", "sms"]]);
  await terminal.waitFor("? Recipient");
  await terminal.press("C-c");
  assertEquals(await terminal.exitCode(), 130, await terminal.screen());
  const screen = (await terminal.screen()).replaceAll(/\s+/g, " ");
  assertMatch(screen, /To continue: sinch conversation send .*--channel SMS/);
});

terminalTest(
  "Esc goes back through the wizard, and one message is sent",
  async () => {
    await using terminal = await sinch(["conversation", "send", PHONE]);
    await answer(terminal, [["Message type"], ["Channel", "sms"]]);
    await answer(terminal, [["Text", "Helo"]]);
    await terminal.waitFor("Send this message?");
    await terminal.press("Escape");
    await terminal.waitFor(/Text › Helo[^]*Text › Helo/);
    await terminal.type("Hello");
    await terminal.press("Enter");
    await answer(terminal, [["Send this message?", "y"]]);
    assertEquals(await terminal.exitCode(), 0, await terminal.screen());
    const { messages } = await terminal.api.ask("GET", "messages");
    assertEquals(
      messages.map(({ app_message }: { app_message: unknown }) =>
        sentPart(app_message as Parameters<typeof sentPart>[0])
      ),
      [{ text_message: { text: "Hello" } }],
    );
  },
);

terminalTest("answers typed before Esc are kept", async () => {
  await using terminal = await sinch(["conversation", "send"]);
  await answer(terminal, [
    ["Message type", down(3)],
    ["Channel", "sms"],
    ["Recipient", PHONE],
    ["Title", "First"],
  ]);
  await terminal.waitFor("? Description");
  await terminal.press("Escape");
  await terminal.waitFor(/Title › First[^]*Title › First/);
  await terminal.type("Second");
  await terminal.press("Enter");
  await terminal.waitFor("? Description");
  await terminal.press("C-c");
  assertEquals(await terminal.exitCode(), 130);
  assertEquals((await terminal.screen()).includes("? Contact"), false);
});

terminalTest("a no at the end sends nothing and says so", async () => {
  await using terminal = await sinch([
    ...["conversation", "send", PHONE, "Hello"],
  ]);
  await answer(terminal, [["Channel"], ["Send this message?", "n"]]);
  assertEquals(await terminal.exitCode(), 1);
  assertStringIncludes(await terminal.screen(), "Cancelled");
  assertEquals(await sends(terminal), []);
});

terminalTest("the end of input in the wizard is a usage error", async () => {
  await using terminal = await sinch(["conversation", "send", PHONE, "Hello"]);
  await terminal.waitFor("? Channel");
  await terminal.press("C-d");
  assertEquals(await terminal.exitCode(), 2);
  assertEquals(await sends(terminal), []);
});

terminalTest("flags that say everything are not asked about", async () => {
  await using terminal = await sinch([
    ...["conversation", "send", PHONE, "Hello", "--channel", "SMS"],
  ]);
  assertEquals(await terminal.exitCode(), 0);
  assertEquals((await terminal.screen()).includes("?"), false);
  assertEquals((await sends(terminal)).length, 1);
  assertEquals(terminal.api.calls.length, 1, "one request for one message");
});

for (
  const [how, args, env] of [
    ["CI", [], { CI: "true" }],
    ["--non-interactive", ["--non-interactive"], {}],
    ["--json", ["--json"], {}],
  ] as const
) {
  terminalTest(`with ${how} nothing is asked even in a terminal`, async () => {
    await using terminal = await sinch(["conversation", "send", ...args], {
      env,
    });
    assertEquals(await terminal.exitCode(), 2);
    assertStringIncludes(await terminal.screen(), "recipient");
  });
}

terminalTest(
  "the app that is chosen becomes the default where that is wanted",
  async () => {
    await using terminal = await sinch(
      ["conversation", "send", PHONE, "Hello", "-c", "SMS"],
      { without: ["SINCH_APP_ID"], prepare: createAlerts },
    );
    await answer(terminal, [["App", "alerts"], ["Make Alerts", "y"]]);
    await answer(terminal, [["Send this message?"]]);
    assertEquals(await terminal.exitCode(), 0, await terminal.screen());
    const [sent] = await sends(terminal);
    const { code, stdout } = await runCli(["config", "get", "appID"], {
      home: terminal.home,
    });
    assertEquals([code, stdout], [0, `${sent?.app_id}\n`]);
  },
);

async function createAlerts(api: SandboxServer): Promise<unknown> {
  const app = await api.ask("POST", "apps", {
    display_name: "Alerts",
    // In DISPATCH mode, nothing would be there to read back.
    processing_mode: "CONVERSATION",
    channel_credentials: [{
      channel: "SMS",
      static_bearer: { claimed_identity: "alerts", token: "token" },
    }],
  });
  await api.advance();
  return app;
}

/** The messages that the API has, as conversations show their app. */
async function sends(terminal: SinchTerminal): Promise<{ app_id: string }[]> {
  const { messages } = await terminal.api.ask("GET", "messages");
  return await Promise.all(
    messages.map(({ conversation_id }: { conversation_id: string }) =>
      terminal.api.ask("GET", `conversations/${conversation_id}`)
    ),
  );
}
