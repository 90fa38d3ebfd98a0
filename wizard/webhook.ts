/**
 * The webhook wizards: what a new webhook lacks, and what is to change about an
 * existing one. They return options as the flags would fill them.
 */
import {
  type WebhookOptions,
  webhookSecret,
  webhookTarget,
} from "../options/webhook_options.ts";
import { TRIGGERS, type Webhook } from "../api/webhooks.ts";
import { confirmed } from "./confirm.ts";
import { askText, refusalOf } from "./fields/questions.ts";
import type { Prompter } from "./prompter.ts";
import { summary } from "./summary.ts";

/** What nearly every integration listens to. */
const COMMON = ["MESSAGE_INBOUND", "MESSAGE_DELIVERY", "EVENT_INBOUND"];

/** Ready-made sets of triggers; the first is the usual one. */
const PRESETS: [label: string, triggers: string[]][] = [
  ["Incoming messages and events, and delivery reports", COMMON],
  ["Incoming messages and events", ["MESSAGE_INBOUND", "EVENT_INBOUND"]],
  ["Delivery reports", ["MESSAGE_DELIVERY"]],
  ["Everything", Object.values(TRIGGERS).flat()],
];

/**
 * The options with everything in them that a new webhook needs.
 *
 * @throws {Failure} `declined` when the person says no at the end.
 */
export async function completeWebhook(
  prompter: Prompter,
  given: WebhookOptions,
): Promise<WebhookOptions> {
  const options: WebhookOptions = {
    ...given,
    target: given.target ?? await askTarget(prompter),
    triggers: given.triggers ?? await askTriggers(prompter),
    secret: given.secret ?? await askNewSecret(prompter),
  };
  prompter.say(summary([
    ["Target", options.target],
    ["Triggers", options.triggers?.join(", ")],
    ["Secret", options.secret === undefined ? "none" : "set"],
  ]));
  await confirmed(prompter, "Create this webhook?", true);
  return options;
}

/**
 * What a person wants changed about `current`; nothing when all stays.
 *
 * @throws {Failure} `declined` when the person says no at the end.
 */
export async function askWebhookChanges(
  prompter: Prompter,
  current: Webhook,
): Promise<WebhookOptions> {
  const target = await askTarget(prompter, current.target);
  const triggers = await pickTriggers(prompter, current.triggers ?? []);
  const changes: WebhookOptions = {
    ...target !== current.target && { target },
    ...!sameSet(triggers, current.triggers ?? []) && { triggers },
    ...await askSecretChange(prompter, Boolean(current.secret)),
  };
  if (Object.keys(changes).length === 0) return changes;
  prompter.say(summary([
    ["Target", changes.target],
    ["Triggers", changes.triggers?.join(", ")],
    ["Secret", changes.clearSecret ? "removed" : changes.secret && "new"],
  ]));
  await confirmed(prompter, "Update this webhook?", true);
  return changes;
}

function askTarget(prompter: Prompter, current?: string): Promise<string> {
  return askText(prompter, {
    message: "Target URL",
    hint: "https; http only for this machine",
    default: current,
    check: webhookTarget,
  });
}

async function askTriggers(prompter: Prompter): Promise<string[]> {
  const preset = await prompter.select<string[] | undefined>({
    message: "Triggers",
    choices: [
      ...PRESETS.map(([label, value]) => ({ value, label })),
      { value: undefined, label: "Others: choose from the list" },
    ],
  });
  return preset ?? await pickTriggers(prompter, COMMON);
}

function pickTriggers(
  prompter: Prompter,
  current: string[],
): Promise<string[]> {
  return prompter.pickMany({
    message: "Triggers",
    choices: Object.entries(TRIGGERS).flatMap(([group, triggers]) =>
      triggers.map((value) => ({
        value,
        label: value,
        group,
        picked: current.includes(value),
      }))
    ),
    check: (picked) =>
      picked.length === 0
        ? "A webhook without triggers is never called: tick one at least"
        : undefined,
  });
}

/** How the callbacks are signed: `undefined` where they are not. */
async function askNewSecret(prompter: Prompter): Promise<string | undefined> {
  const { secret } = await chooseSecret(prompter, [
    { value: () => generate(prompter), label: "Generate one" },
    { value: () => typed(prompter), label: "Type one" },
    { value: () => ({}), label: "None: callbacks are not signed" },
  ]);
  return secret;
}

function askSecretChange(
  prompter: Prompter,
  isSet: boolean,
): Promise<SecretChange> {
  return chooseSecret(prompter, [
    { value: () => ({}), label: isSet ? "Keep it" : "None, as today" },
    { value: () => generate(prompter), label: "Generate a new one" },
    { value: () => typed(prompter), label: "Type a new one" },
    ...isSet
      ? [{ value: () => ({ clearSecret: true }), label: "Remove it" }]
      : [],
  ]);
}

type SecretChange = Pick<WebhookOptions, "secret" | "clearSecret">;

async function chooseSecret(
  prompter: Prompter,
  choices: {
    label: string;
    value: () => SecretChange | Promise<SecretChange>;
  }[],
): Promise<SecretChange> {
  const choose = await prompter.select({
    message: "Secret that signs the callbacks",
    choices,
  });
  return await choose();
}

/** 256 bits, shown this once: nothing else prints a secret. */
function generate(prompter: Prompter): SecretChange {
  const secret = crypto.getRandomValues(new Uint8Array(32)).toHex();
  prompter.say(
    `  ${secret}\n  Keep it for your server: it is not shown again.`,
  );
  return { secret };
}

async function typed(prompter: Prompter): Promise<SecretChange> {
  const message = "Secret";
  const secret = await prompter.secret({
    message,
    check: (text) => refusalOf(() => webhookSecret(text, message)),
  });
  return { secret };
}

function sameSet(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}
