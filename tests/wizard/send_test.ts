/** What the send wizard asks, and what it leaves alone. */
import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import type { SendDefaults, SendOptions } from "../../options/send_options.ts";
import { Failure } from "../../errors.ts";
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
  /** The options added to the given ones. */
  added: SendOptions;
}

const CASES: Record<string, Case> = {
  "the type first, then channel, recipient and content": {
    given: {},
    answers: [
      ["Message type", "Text"],
      ["Channel", "SMS"],
      ["Recipient", PHONE],
      ["Text", "Hello"],
    ],
    added: { type: "text", channel: "SMS", recipient: PHONE, message: "Hello" },
  },
  "no type where the content tells it": {
    given: { message: "Hello" },
    answers: [["Channel", "SMS"], ["Recipient", PHONE]],
    added: { channel: "SMS", recipient: PHONE },
  },
  "no channel where there is a default": {
    given: { message: "Hello" },
    defaults: { app: APP, channel: "WHATSAPP" },
    answers: [["Recipient", PHONE]],
    added: { channel: "WHATSAPP", recipient: PHONE },
  },
  "the text alone": {
    given: { recipient: PHONE, channel: "SMS", type: "text" },
    answers: [["Text", "Hello"]],
    added: { message: "Hello" },
  },
  "nothing optional about media that is given": {
    given: { media: IMAGE, channel: "SMS" },
    answers: [["Recipient", PHONE]],
    added: { recipient: PHONE },
  },
  "the caption with the media": {
    given: { recipient: PHONE, channel: "SMS", type: "media" },
    answers: [["Media URL", IMAGE], ["Caption", "Look"]],
    added: { media: IMAGE, caption: "Look" },
  },
  "no caption beside a message": {
    given: { recipient: PHONE, channel: "SMS", type: "media", message: "Look" },
    answers: [["Media URL", IMAGE]],
    added: { media: IMAGE },
  },
  "the longitude beside a latitude": {
    given: { recipient: PHONE, channel: "SMS", lat: "59.3", name: "Office" },
    answers: [["Longitude", "18.0"]],
    added: { lng: "18.0" },
  },
  "the choices of a choice message whose text is given": {
    given: { recipient: PHONE, channel: "RCS", type: "choice", message: "?" },
    answers: [
      ["Choice 1", "Link"],
      ["Label", "Shop"],
      ["Link", "https://example.com"],
      ["Add another choice?", false],
    ],
    added: { choice: ["Shop|https://example.com"] },
  },
  "the title of a list whose items are given": {
    given: { recipient: PHONE, channel: "RCS", type: "list", item: ["Tea"] },
    answers: [
      ["Title", "Drinks"],
      ["Description", ""],
      ["Label of the button that opens the list", ""],
    ],
    added: { title: "Drinks" },
  },
  "a description of a card without a title": {
    given: { recipient: PHONE, channel: "RCS", type: "card" },
    answers: [
      ["Title", ""],
      ["Description", "All shoes"],
      ["Media URL", ""],
      ["Add a choice?", false],
    ],
    added: { description: "All shoes" },
  },
  "no choices of a card that has some": {
    given: { recipient: PHONE, channel: "RCS", type: "card", choice: ["Yes"] },
    answers: [["Title", "Sale"], ["Description", ""], ["Media URL", ""]],
    added: { title: "Sale" },
  },
  "the variables of the project's template": {
    given: { recipient: PHONE, channel: "WHATSAPP", type: "template" },
    answers: [
      ["Template", "welcome_template"],
      ["Language", "en-US"],
      ["Value of name", "Ada"],
    ],
    added: {
      template: "welcome_template",
      templateKind: "omni",
      language: "en-US",
      params: '{"name":"Ada"}',
    },
  },
  "neither language nor parameters of a template that are given": {
    given: {
      ...{ recipient: PHONE, channel: "RCS", type: "template" },
      ...{ language: "sv-SE", params: '{"name":"Ada"}' },
    },
    answers: [["Template", "welcome_template"]],
    added: { template: "welcome_template" },
  },
  "the name of a template that the project does not have": {
    given: { recipient: PHONE, channel: "WHATSAPP", type: "template" },
    answers: [
      ["Template", "another one"],
      ["Template", "sale_2026"],
      ["Language", ""],
      ["Parameters", '{"1":"Ada"}'],
    ],
    added: { template: "sale_2026", params: '{"1":"Ada"}' },
  },
  "a contact where no number is typed": {
    given: { message: "Hello", channel: "WHATSAPP" },
    answers: [["Recipient", ""], ["Contact", "01HSANDB0XC0NTACT000000002"]],
    added: { contact: "01HSANDB0XC0NTACT000000002" },
  },
  "no channel of a contact": {
    given: { contact: "01HSANDB0XC0NTACT000000002", type: "text" },
    answers: [["Text", "Hello"]],
    added: { message: "Hello" },
  },
  "an identity of the channel's own": {
    given: { message: "Hello" },
    answers: [["Channel", "TELEGRAM"], ["Recipient", "@ada"]],
    added: { channel: "TELEGRAM", recipient: "@ada" },
  },
};

for (
  const [subject, { given, answers, added, defaults }] of Object.entries(CASES)
) {
  Deno.test(`the send wizard asks for ${subject}`, async () => {
    await using api = new SandboxServer();
    const context = wizardContext(api, [...answers, SEND]);
    const completed = await completeSend(given, {
      ...context,
      defaults: defaults ?? { app: APP },
      saveDefaultApp: () => Promise.reject("no app was chosen"),
    });
    context.prompter.assertDone();
    assertEquals(withoutAbsent(completed), { ...given, ...added });
    const sends = api.calls.filter((call) => call.startsWith("POST"));
    assertEquals(sends, [], "the wizard itself sends nothing");
  });
}

function withoutAbsent<T>(options: T): T {
  return JSON.parse(JSON.stringify(options));
}

/** An app that is chosen, and whether it was kept. */
async function chooseApp(
  api: SandboxServer,
  answers: Answers,
): Promise<{ app?: string; kept: string[]; said: string[] }> {
  const context = wizardContext(api, [...answers, SEND]);
  const kept: string[] = [];
  const { app } = await completeSend(
    { message: "Hello", recipient: PHONE },
    {
      ...context,
      defaults: {},
      saveDefaultApp: ({ id }) => Promise.resolve(kept.push(id)),
    },
  );
  context.prompter.assertDone();
  return { app, kept, said: context.prompter.said };
}

function createApp(api: SandboxServer, channels: string[]) {
  return api.ask("POST", "apps", {
    display_name: "Alerts",
    channel_credentials: channels.map((channel) => ({
      channel,
      static_bearer: { claimed_identity: "alerts", token: "token" },
    })),
  });
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
  const completed = await completeSend(
    { message: "Hello", recipient: PHONE, channel: "SMS" },
    {
      ...{ prompter, read, defaults: {} },
      saveDefaultApp: () => Promise.reject("no app was chosen"),
    },
  );
  assertEquals(completed.app, APP);
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
      completeSend({ recipient: PHONE, channel: "SMS", type: "text" }, {
        ...context,
        defaults: { app: APP },
        saveDefaultApp: () => Promise.resolve(),
      }),
    Failure,
    "Cancelled",
  );
  assertEquals(failure.kind, "declined");
});
