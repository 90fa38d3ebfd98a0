/** What the send wizard asks, and what it leaves alone. */
import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { Failure } from "../../errors.ts";
import {
  checkedType,
  type SendDefaults,
  type SendOptions,
  withDefaults,
} from "../../options/send.ts";
import { completeSend } from "../../wizard/send.ts";
import { SandboxServer } from "../sandbox_server.ts";
import type { Answers } from "./scripted_prompter.ts";
import { wizardContext } from "./wizard_context.ts";

const APP = "01SANDB0XAPP00000000000001";
const PHONE = "+15551234567";
const IMAGE = "https://example.com/image.jpg";
const SEND: Answers[number] = ["Send this message?", true];

interface Case {
  given: SendOptions;
  defaults?: SendDefaults;
  answers: Answers;
  message?: unknown;
  /** The channel, and what identifies the recipient. */
  to?: [channel: string, identity: string];
  contact?: string;
}

const HELLO = { text_message: { text: "Hello" } };
const CONTACT = "01HSANDB0XC0NTACT000000002";
const WELCOME = {
  template_id: "welcome_template",
  version: "latest",
  parameters: { name: "Ada" },
};

/** Where nothing else is said, "Hello" goes to the phone by SMS. */
const CASES: Record<string, Case> = {
  "the type first, then channel, recipient and content": {
    given: {},
    answers: [
      ["Message type", "Text"],
      ["Channel", "SMS"],
      ["Recipient", PHONE],
      ["Text", "Hello"],
    ],
  },
  "no type where the content decides it": {
    given: { message: "Hello" },
    answers: [["Channel", "SMS"], ["Recipient", PHONE]],
  },
  "no channel where there is a default": {
    given: { message: "Hello" },
    defaults: { app: APP, channel: "WHATSAPP" },
    answers: [["Recipient", PHONE]],
    to: ["WHATSAPP", PHONE],
  },
  "the text alone": {
    given: { recipient: PHONE, channel: "SMS", type: "text" },
    answers: [["Text", "Hello"]],
  },
  "nothing optional about media that is given": {
    given: { media: IMAGE, channel: "SMS" },
    answers: [["Recipient", PHONE]],
    message: { media_message: { url: IMAGE } },
  },
  "the caption with the media": {
    given: { recipient: PHONE, channel: "SMS", type: "media" },
    answers: [["Media URL", IMAGE], ["Caption", "Look"]],
    message: {
      card_message: { title: "Look", media_message: { url: IMAGE } },
    },
  },
  "no caption where there is a message": {
    given: { recipient: PHONE, channel: "SMS", type: "media", message: "Look" },
    answers: [["Media URL", IMAGE]],
    message: {
      card_message: { title: "Look", media_message: { url: IMAGE } },
    },
  },
  "the longitude to a latitude": {
    given: { recipient: PHONE, channel: "SMS", lat: 59.3, name: "Office" },
    answers: [["Longitude", "18.0"]],
    message: {
      location_message: {
        title: "Office",
        coordinates: { latitude: 59.3, longitude: 18 },
      },
    },
  },
  "the choices of a choice message whose text is given": {
    given: { recipient: PHONE, channel: "SMS", type: "choice", message: "?" },
    answers: [
      ["Choice 1", "Link"],
      ["Label", "Shop"],
      ["URL", "https://example.com"],
      ["Add another choice?", false],
    ],
    message: {
      choice_message: {
        text_message: { text: "?" },
        choices: [{
          url_message: { title: "Shop", url: "https://example.com" },
        }],
      },
    },
  },
  "the title of a list whose items are given": {
    given: {
      ...{ recipient: PHONE, channel: "SMS", type: "list" },
      item: [{ choice: { title: "Tea" } }],
    },
    answers: [["Title", "Drinks"], ["Description", ""], [
      "Menu button label",
      "",
    ]],
    message: {
      list_message: {
        title: "Drinks",
        sections: [{ items: [{ choice: { title: "Tea" } }] }],
      },
    },
  },
  "a description of a card without a title": {
    given: { recipient: PHONE, channel: "SMS", type: "card" },
    answers: [
      ["Title", ""],
      ["Description", "All shoes"],
      ["Media URL", ""],
      ["Add a choice?", false],
    ],
    message: { card_message: { description: "All shoes" } },
  },
  "no choices of a card that has some": {
    given: {
      ...{ recipient: PHONE, channel: "SMS", type: "card" },
      choice: [{ text_message: { text: "Yes" } }],
    },
    answers: [["Title", "Sale"], ["Description", ""], ["Media URL", ""]],
    message: {
      card_message: {
        title: "Sale",
        choices: [{ text_message: { text: "Yes" } }],
      },
    },
  },
  "the variables of the project's template": {
    given: { recipient: PHONE, channel: "WHATSAPP", type: "template" },
    answers: [
      ["Template", "welcome_template"],
      ["Language", "en-US"],
      ["Value for name", "Ada"],
    ],
    message: {
      template_message: {
        omni_template: { ...WELCOME, language_code: "en-US" },
      },
    },
    to: ["WHATSAPP", PHONE],
  },
  "neither language nor parameters of a template that are given": {
    given: {
      ...{ recipient: PHONE, channel: "SMS", type: "template" },
      ...{ language: "sv-SE", params: { name: "Ada" } },
    },
    answers: [["Template", "welcome_template"]],
    message: {
      template_message: {
        omni_template: { ...WELCOME, language_code: "sv-SE" },
      },
    },
  },
  "the name of a template that the project does not have": {
    given: { recipient: PHONE, channel: "WHATSAPP", type: "template" },
    answers: [
      ["Template", "Other"],
      ["Template", "sale_2026"],
      ["Language", ""],
      ["Parameters", '{"1":"Ada"}'],
    ],
    message: {
      template_message: {
        channel_template: {
          WHATSAPP: {
            template_id: "sale_2026",
            language_code: "en_US",
            parameters: { "body[1]text": "Ada" },
          },
        },
      },
    },
    to: ["WHATSAPP", PHONE],
  },
  "a contact where no number is typed": {
    given: { message: "Hello", channel: "WHATSAPP" },
    answers: [["Recipient", ""], ["Contact", CONTACT]],
    contact: CONTACT,
  },
  "no channel of a contact": {
    given: { contact: CONTACT, type: "text" },
    answers: [["Text", "Hello"]],
    contact: CONTACT,
  },
  "an identity of the channel's own": {
    given: { message: "Hello" },
    answers: [["Channel", "TELEGRAM"], ["Recipient", "@ada"]],
    to: ["TELEGRAM", "@ada"],
  },
};

for (
  const [subject, { given, answers, ...expected }] of Object.entries(CASES)
) {
  Deno.test(`the send wizard asks for ${subject}`, async () => {
    await using api = new SandboxServer();
    const context = wizardContext(api, [...answers, SEND]);
    const { defaults = { app: APP }, message = HELLO, contact } = expected;
    const { body } = await completeSend(
      checkedType(given),
      withDefaults(given, defaults),
      { ...context, saveDefaultApp: () => Promise.reject("no app was chosen") },
    );
    context.prompter.assertDone();
    assertEquals(asJson(body.message), message);
    const [channel, identity] = expected.to ?? ["SMS", PHONE];
    assertEquals(
      body.recipient,
      contact
        ? { contact_id: contact }
        : { identified_by: { channel_identities: [{ channel, identity }] } },
    );
    const sends = api.calls.filter((call) => call.startsWith("POST"));
    assertEquals(sends, [], "the wizard itself sends nothing");
  });
}

/** As it is sent: without fields that have no value. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** How each kind of choice is asked for, and the choice it makes. */
const CHOICES: [label: string, answers: Answers, choice: unknown][] = [
  ["Reply", [["Postback data", "yes"]], {
    text_message: { text: "Go" },
    postback_data: "yes",
  }],
  ["Link", [["URL", "https://example.com"]], {
    url_message: { title: "Go", url: "https://example.com" },
  }],
  ["Call", [["Phone number", "+1 (555) 765-4321"]], {
    call_message: { title: "Go", phone_number: "+15557654321" },
  }],
  ["Location", [["Latitude", "-33.9"], ["Longitude", "1e-7"]], {
    location_message: {
      title: "Go",
      coordinates: { latitude: -33.9, longitude: 1e-7 },
    },
  }],
  ["Share location", [["Fallback URL", "https://example.com/map"]], {
    share_location_message: {
      title: "Go",
      fallback_url: "https://example.com/map",
    },
  }],
  ["Calendar event", [
    ["Event title", "Visit"],
    ["Start", "2026-03-01T10:00:00Z"],
    ["End", "2026-03-01T10:00:00Z"],
    ["Fallback URL", "https://example.com/day"],
  ], {
    calendar_message: {
      title: "Go",
      event_title: "Visit",
      event_start: "2026-03-01T10:00:00Z",
      event_end: "2026-03-01T10:00:00Z",
      fallback_url: "https://example.com/day",
    },
  }],
];

for (const [label, answers, choice] of CHOICES) {
  Deno.test(`the send wizard asks for a choice of the kind ${label}`, async () => {
    await using api = new SandboxServer();
    const { prompter, read } = wizardContext(api, [
      ["Choice 1", label],
      ["Label", "Go"],
      ...answers,
      ["Add another choice?", false],
      SEND,
    ]);
    const { body } = await completeSend(
      "choice",
      { app: APP, recipient: PHONE, channel: "RCS", message: "Where?" },
      { prompter, read, saveDefaultApp: () => Promise.reject() },
    );
    prompter.assertDone();
    assertEquals(asJson(body.message), {
      choice_message: { text_message: { text: "Where?" }, choices: [choice] },
    });
  });
}

/** An app that is chosen, and whether it was kept. */
async function chooseApp(
  api: SandboxServer,
  answers: Answers,
): Promise<{ app?: string; kept: string[]; said: string[] }> {
  const context = wizardContext(api, [...answers, SEND]);
  const kept: string[] = [];
  const { body } = await completeSend(
    "text",
    { message: "Hello", recipient: PHONE },
    {
      ...context,
      saveDefaultApp: ({ id }) => Promise.resolve(kept.push(id)),
    },
  );
  context.prompter.assertDone();
  return { app: body.app_id, kept, said: context.prompter.said };
}

async function createApp(api: SandboxServer, channels: string[]) {
  const app = await api.ask("POST", "apps", {
    display_name: "Alerts",
    channel_credentials: channels.map((channel) => ({
      channel,
      static_bearer: { claimed_identity: "alerts", token: "token" },
    })),
  });
  await api.advance();
  return app;
}

Deno.test("the project's only app needs no question", async () => {
  await using api = new SandboxServer();
  const { app, kept, said } = await chooseApp(api, [["Channel", "SMS"]]);
  assertEquals([app, kept], [APP, []]);
  assertEquals(said[0], `Using the project's only app: Sandbox (${APP})`);
  assertEquals(api.calls.length, 1, "its channels come with the list of apps");
});

Deno.test("a send that needs no question needs no confirmation", async () => {
  await using api = new SandboxServer();
  const { prompter, read } = wizardContext(api, []);
  const { body } = await completeSend(
    "text",
    { message: "Hello", recipient: PHONE, channel: "SMS" },
    {
      ...{ prompter, read },
      saveDefaultApp: () => Promise.reject("no app was chosen"),
    },
  );
  assertEquals(body.app_id, APP);
});

Deno.test("one of several apps is chosen, and kept as the default", async () => {
  await using api = new SandboxServer();
  const { id } = await createApp(api, ["SMS", "RCS"]);
  const { app, kept } = await chooseApp(api, [
    ["App", id],
    [`Make Alerts (${id}) the default app?`, true],
    ["Channel", "RCS"],
  ]);
  assertEquals([app, kept], [id, [id]]);
});

Deno.test("an app's only channel needs no question", async () => {
  await using api = new SandboxServer();
  const { id } = await createApp(api, ["SMS"]);
  const { app, kept, said } = await chooseApp(api, [
    ["App", id],
    [`Make Alerts (${id}) the default app?`, false],
  ]);
  assertEquals([app, kept], [id, []]);
  assert(said.includes("Using the app's only channel: SMS"));
});

Deno.test("a project without apps says what to do", async () => {
  await using api = new SandboxServer();
  await api.ask("DELETE", `apps/${APP}`);
  const failure = await assertRejects(() => chooseApp(api, []), Failure);
  assertEquals(failure.kind, "not_found");
  assertStringIncludes(failure.hint!, "sinch conversation apps create");
});

Deno.test("a no at the end is declined", async () => {
  await using api = new SandboxServer();
  const context = wizardContext(api, [["Text", "Hello"], [SEND[0], false]]);
  const failure = await assertRejects(
    () =>
      completeSend("text", { app: APP, recipient: PHONE, channel: "SMS" }, {
        ...context,
        saveDefaultApp: () => Promise.resolve(),
      }),
    Failure,
    "Cancelled",
  );
  assertEquals(failure.kind, "declined");
});
