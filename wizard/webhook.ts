/** The webhook wizards: the fields of a new webhook, and changes to one. */
import { TRIGGERS, type Webhook } from "../api/webhooks.ts";
import { webhookSecret, webhookTarget } from "../options/webhook.ts";
import { confirmed } from "./confirm.ts";
import { askText, refusalOf } from "./fields/questions.ts";
import type { Prompter } from "./prompter.ts";
import { summary } from "./summary.ts";

/** The triggers of most integrations. */
const COMMON = ["MESSAGE_INBOUND", "MESSAGE_DELIVERY", "EVENT_INBOUND"];

/** Sets of triggers, the most common first. */
const PRESETS: [label: string, triggers: string[]][] = [
  ["Inbound messages and events, and delivery reports", COMMON],
  ["Inbound messages and events", ["MESSAGE_INBOUND", "EVENT_INBOUND"]],
  ["Delivery reports", ["MESSAGE_DELIVERY"]],
  ["Everything", Object.values(TRIGGERS).flat()],
];

/** What a person is asked about a webhook. */
interface Answers {
  target?: string;
  triggers?: string[];
  /** `""` removes it. */
  secret?: string;
}

/**
 * The fields of a new webhook: those of `given`, and the answers for the rest.
 *
 * @throws {Failure} `declined` when the person says no at the end.
 */
export async function completeWebhook(
  prompter: Prompter,
  given: Answers,
): Promise<Answers> {
  const target = given.target ?? await askTarget(prompter);
  const triggers = given.triggers ?? await askTriggers(prompter);
  if (!given.triggers) prompter.answered("--triggers", triggers.join(","));
  const secret = given.secret ?? await askNewSecret(prompter);
  prompter.say(summary([
    ["Target", target],
    ["Triggers", triggers.join(", ")],
    ["Secret", secret === undefined ? "none" : "set"],
  ]));
  await confirmed(prompter, "Create this webhook?", true);
  return { target, triggers, ...secret && { secret } };
}

/**
 * The fields of `current` that a person changes; none when all are kept.
 *
 * @throws {Failure} `declined` when the person says no at the end.
 */
export async function askWebhookChanges(
  prompter: Prompter,
  current: Webhook,
): Promise<Answers> {
  const target = await askTarget(prompter, current.target);
  const triggers = await pickTriggers(prompter, current.triggers ?? []);
  if (!sameSet(triggers, current.triggers ?? [])) {
    prompter.answered("--triggers", triggers.join(","));
  }
  const secret = await askSecretChange(prompter, Boolean(current.secret));
  const changes: Answers = {
    ...target !== current.target && { target },
    ...!sameSet(triggers, current.triggers ?? []) && { triggers },
    ...secret !== undefined && { secret },
  };
  if (Object.keys(changes).length === 0) return changes;
  prompter.say(summary([
    ["Target", changes.target],
    ["Triggers", changes.triggers?.join(", ")],
    ["Secret", secret === "" ? "removed" : secret && "new"],
  ]));
  await confirmed(prompter, "Update this webhook?", true);
  return changes;
}

async function askTarget(
  prompter: Prompter,
  current?: string,
): Promise<string> {
  const target = await askText(prompter, {
    message: "Target URL",
    hint: "https, or http for this machine",
    default: current,
    check: webhookTarget,
  });
  if (target !== current) prompter.answered("--target", target);
  return target;
}

async function askTriggers(prompter: Prompter): Promise<string[]> {
  const preset = await prompter.select<string[] | undefined>({
    message: "Triggers",
    choices: [
      ...PRESETS.map(([label, value]) => ({ value, label })),
      { value: undefined, label: "Other: choose from the list" },
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
      picked.length === 0 ? "Choose at least one trigger" : undefined,
  });
}

/** The secret of a new webhook; `undefined` for none. */
function askNewSecret(prompter: Prompter): Promise<string | undefined> {
  return askSecret(prompter, [
    { value: generate, label: "Generate one" },
    { value: typed, label: "Enter one" },
    { value: () => undefined, label: "None: callbacks are not signed" },
  ]);
}

/** Another secret, `""` to remove it, or `undefined` to keep it. */
function askSecretChange(
  prompter: Prompter,
  isSet: boolean,
): Promise<string | undefined> {
  return askSecret(prompter, [
    { value: () => undefined, label: isSet ? "Keep it" : "None, as now" },
    { value: generate, label: "Generate a new one" },
    { value: typed, label: "Enter a new one" },
    ...isSet ? [{ value: () => "", label: "Remove it" }] : [],
  ]);
}

type SecretSource = (
  prompter: Prompter,
) => string | undefined | Promise<string | undefined>;

/** It is not noted as an answer: a secret is not for a command line. */
async function askSecret(
  prompter: Prompter,
  choices: { label: string; value: SecretSource }[],
): Promise<string | undefined> {
  const source = await prompter.select({
    message: "Secret that signs the callbacks",
    choices,
  });
  return await source(prompter);
}

/** 256 bits, for the person's own server. */
function generate(prompter: Prompter): string {
  const secret = crypto.getRandomValues(new Uint8Array(32)).toHex();
  prompter.say(`  ${secret}\n  Copy it to your server.`);
  return secret;
}

function typed(prompter: Prompter): Promise<string> {
  const message = "Secret";
  return prompter.secret({
    message,
    check: (text) => refusalOf(() => webhookSecret(text, message)),
  });
}

function sameSet(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}
