/** `sinch sandbox trigger`: posts a callback of any trigger. */
import { Command } from "@cliffy/command";
import { json, jsonObject } from "../../options/checks.ts";
import { nearest } from "../../options/nearest.ts";
import { Failure, usageError } from "../../errors.ts";
import type { Column } from "../../output/columns.ts";
import { done } from "../../output/details.ts";
import { rowsText } from "../../output/table.ts";
import type { View } from "../../output/view.ts";
import {
  PAYLOAD_KEYS,
  type Trigger,
  triggerOf,
  TRIGGERS,
} from "../../sandbox/callbacks/triggers.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import { textReader } from "../text_reader.ts";
import type { Callback } from "./callbacks/callback.ts";
import { askSandbox } from "./control.ts";
import { suggest } from "../../runtime/suggest.ts";

interface TriggerFlags {
  app?: string;
  data?: string;
  list?: boolean;
}

/** What tells webhooks of a trigger in the sandbox, beside this command. */
const CAUSES: Record<Trigger, string> = {
  MESSAGE_INBOUND: "a person writes: sinch sandbox reply",
  MESSAGE_DELIVERY: "a message is sent",
  MESSAGE_SUBMIT: "a message is sent",
  EVENT_INBOUND: "a person types or reacts: sinch sandbox reply --typing",
  EVENT_DELIVERY: "an event is sent",
  CONVERSATION_START: "the first message with a contact",
  CONVERSATION_STOP: "a conversation is stopped",
  CONVERSATION_DELETE: "a conversation is deleted",
  CONTACT_CREATE: "a contact is created, or somebody unknown is written to",
  CONTACT_UPDATE: "a contact is changed",
  CONTACT_DELETE: "a contact is deleted",
  CONTACT_MERGE: "two contacts are merged",
  CONTACT_IDENTITIES_DUPLICATION: "a contact gets what another one has",
  CAPABILITY: "a capability is queried",
  OPT_IN: "a person writes START by SMS",
  OPT_OUT: "a person writes STOP by SMS",
  CHANNEL_EVENT: "",
  SMART_CONVERSATION: "a person writes to an app with smart_conversation",
  MESSAGE_INBOUND_SMART_CONVERSATION_REDACTION: "a person writes",
  RECORD_NOTIFICATION: "",
  BATCH_STATUS_UPDATE: "a batch is handed over",
  UNSUPPORTED: "",
};

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command();
  return command
    .description(
      "Post a callback of any trigger to those of the app's webhooks that want it, with the documented payload and ids of what the sandbox has.",
    )
    .arguments("[trigger:plain]")
    .option(
      "-a, --app <app-id:plain>",
      "App whose webhooks are told; that of the sandbox if left out.",
    )
    .option(
      "--data <json:plain>",
      "JSON merged into the payload (null removes a field); or @file, or -.",
    )
    .option("--list", "List the triggers, and what else causes each.")
    .example("Which there are", "sinch sandbox trigger --list")
    .example(
      "A message from a person",
      "sinch sandbox trigger MESSAGE_INBOUND",
    )
    .example(
      "The same with a text of your own",
      `sinch sandbox trigger MESSAGE_INBOUND --data '{"contact_message":{"text_message":{"text":"Hi"}}}' --json`,
    )
    .action(action(cli, trigger));
}

async function trigger(
  context: Context,
  flags: TriggerFlags,
  given?: string,
): Promise<View> {
  if (flags.list) {
    refuseBesideList(flags, given);
    return listView();
  }
  if (given === undefined) {
    throw usageError(
      "Which trigger is missing",
      `\`${suggest`sandbox trigger --list`}\` shows them.`,
    );
  }
  const name = knownTrigger(given);
  const payload = await readData(context, flags.data);
  const answer = await askSandbox<Answer>(
    context,
    "POST",
    "callbacks:trigger",
    { app_id: flags.app, trigger: name, payload },
  );
  return triggeredView(answer);
}

function refuseBesideList({ app, data }: TriggerFlags, given?: string): void {
  const other = given !== undefined
    ? "[trigger]"
    : data !== undefined
    ? "--data"
    : app !== undefined
    ? "--app"
    : undefined;
  if (other) throw usageError(`--list and ${other} cannot be used together`);
}

function knownTrigger(typed: string): Trigger {
  const name = triggerOf(typed.trim().toUpperCase().replaceAll("-", "_"));
  if (TRIGGERS.includes(name)) return name;
  const similar = nearest(name, TRIGGERS);
  throw usageError(
    `Unknown trigger "${typed}"`,
    similar
      ? `Did you mean ${similar}?`
      : `\`${suggest`sandbox trigger --list`}\` shows the triggers.`,
  );
}

async function readData(
  { runtime }: Context,
  data: string | undefined,
): Promise<unknown> {
  if (data === undefined) return undefined;
  const text = await textReader(runtime)(data, "--data");
  return json(jsonObject)(text, "--data");
}

interface Answer {
  trigger: string;
  app_id: string;
  callbacks: Callback[];
}

/** @throws {Failure} "api" if no webhook was told: nobody sees what was wanted. */
function triggeredView(answer: Answer): View {
  const { trigger, app_id, callbacks } = answer;
  if (callbacks.length === 0) {
    throw new Failure(
      "api",
      `No webhook of app ${app_id} wants ${trigger}: nothing was posted`,
      {
        hint:
          `Create one: ${suggest`conversation webhooks create --app ${app_id} --triggers ${trigger} --target <url>`}`,
      },
    );
  }
  return {
    json: answer,
    text: (style) =>
      callbacks.map(({ id, target }) =>
        done(`Callback ${id} (${trigger}) is posted to ${target}`, style)
      ).join(""),
  };
}

interface TriggerRow {
  trigger: Trigger;
  payload_key: string;
  /** `""` where nothing in the sandbox causes it. */
  cause: string;
}

const COLUMNS: Column<TriggerRow>[] = [
  { name: "trigger", value: ({ trigger }) => trigger },
  { name: "payload", value: ({ payload_key }) => payload_key, spare: true },
  {
    name: "caused-by",
    value: ({ cause }) => cause || "this command alone",
    kind: "text",
  },
];

function listView(): View {
  const triggers = TRIGGERS.map((trigger): TriggerRow => ({
    trigger,
    payload_key: PAYLOAD_KEYS[trigger],
    cause: CAUSES[trigger],
  }));
  return {
    json: { triggers },
    text: (style) => rowsText(COLUMNS, triggers, style),
  };
}
