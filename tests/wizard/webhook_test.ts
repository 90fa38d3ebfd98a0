/** What the webhook wizards ask, and what they make of the answers. */
import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { TRIGGERS, type Webhook } from "../../api/webhooks.ts";
import { Failure } from "../../errors.ts";
import { askWebhookChanges, completeWebhook } from "../../wizard/webhook.ts";
import { type Answers, scriptedPrompter } from "./scripted_prompter.ts";

const TARGET = "https://example.com/sinch";
const SECRET = "Secret that signs the callbacks";
const CREATE: Answers[number] = ["Create this webhook?", true];

type Fields = Parameters<typeof completeWebhook>[1];

const CREATED: Record<
  string,
  { given: Fields; answers: Answers; options: Fields }
> = {
  "everything, the triggers as a set": {
    given: {},
    answers: [
      ["Target URL", TARGET],
      ["Triggers", "Delivery reports"],
      [SECRET, "None"],
    ],
    options: { target: TARGET, triggers: ["MESSAGE_DELIVERY"] },
  },
  "the triggers one by one": {
    given: { target: TARGET, secret: "s" },
    answers: [
      ["Triggers", "Other"],
      ["Triggers", ["OPT_IN", "OPT_OUT"]],
    ],
    options: { target: TARGET, triggers: ["OPT_IN", "OPT_OUT"], secret: "s" },
  },
  "a secret of one's own": {
    given: { target: TARGET, triggers: ["OPT_IN"] },
    answers: [[SECRET, "Enter one"], ["Secret", "hunter2"]],
    options: { target: TARGET, triggers: ["OPT_IN"], secret: "hunter2" },
  },
  "all triggers at once": {
    given: { target: TARGET, secret: "s" },
    answers: [["Triggers", "Everything"]],
    options: {
      ...{ target: TARGET, secret: "s" },
      triggers: Object.values(TRIGGERS).flat(),
    },
  },
};

for (const [subject, { given, answers, options }] of Object.entries(CREATED)) {
  Deno.test(`the wizard for a new webhook asks for ${subject}`, async () => {
    const prompter = scriptedPrompter([...answers, CREATE]);
    const completed = await completeWebhook(prompter, given);
    prompter.assertDone();
    assertEquals(JSON.parse(JSON.stringify(completed)), options);
    const shown = prompter.said.join("\n");
    assertEquals(
      shown.includes("hunter2"),
      false,
      "a typed secret stays hidden",
    );
  });
}

Deno.test("a generated secret has 256 bits and is shown once", async () => {
  const prompter = scriptedPrompter([[SECRET, "Generate"], CREATE]);
  const { secret = "" } = await completeWebhook(prompter, {
    target: TARGET,
    triggers: ["OPT_IN"],
  });
  assertMatch(secret, /^[0-9a-f]{64}$/);
  assertEquals(prompter.said.join("\n").split(secret).length, 2);
});

const CURRENT: Webhook = {
  id: "01WEBHOOK",
  target: TARGET,
  triggers: ["MESSAGE_INBOUND", "OPT_IN"],
  secret: "set",
};
const UPDATE: Answers[number] = ["Update this webhook?", true];
const SAME: Record<string, Answers[number]> = {
  target: ["Target URL", ""],
  triggers: ["Triggers", ["MESSAGE_INBOUND", "OPT_IN"]],
  secret: [SECRET, "Keep it"],
};

const CHANGED: Record<string, { answers: Answers; body: unknown }> = {
  "nothing": {
    answers: [SAME.target!, SAME.triggers!, SAME.secret!],
    body: {},
  },
  "the target": {
    answers: [
      ["Target URL", "http://localhost:3000/"],
      ...[SAME.triggers!, SAME.secret!, UPDATE],
    ],
    body: { target: "http://localhost:3000/" },
  },
  "the triggers": {
    answers: [SAME.target!, ["Triggers", ["OPT_IN"]], SAME.secret!, UPDATE],
    body: { triggers: ["OPT_IN"] },
  },
  "that there is no secret any more": {
    answers: [SAME.target!, SAME.triggers!, [SECRET, "Remove it"], UPDATE],
    body: { secret: "" },
  },
  "the secret": {
    answers: [
      ...[SAME.target!, SAME.triggers!],
      ...[[SECRET, "Enter a new one"], ["Secret", "new"], UPDATE] as Answers,
    ],
    body: { secret: "new" },
  },
};

for (const [subject, { answers, body }] of Object.entries(CHANGED)) {
  Deno.test(`the wizard for a webhook changes ${subject}`, async () => {
    const prompter = scriptedPrompter(answers);
    const changes = await askWebhookChanges(prompter, CURRENT);
    prompter.assertDone();
    assertEquals(changes, body);
  });
}

Deno.test("a no at the end of a webhook wizard is declined", async () => {
  const prompter = scriptedPrompter([[CREATE[0], false]]);
  const given = { target: TARGET, triggers: ["OPT_IN"], secret: "s" };
  const failure = await assertRejects(
    () => completeWebhook(prompter, given),
    Failure,
  );
  assertEquals(failure.kind, "declined");
});
