/** `sinch sandbox trigger` */
import { json, jsonObject } from "../../options/checks.ts";
import { nearest } from "../../options/nearest.ts";
import { Failure, usageError } from "../../errors.ts";
import { SourceType, ValueType } from "../../options/value_type.ts";
import type { Column } from "../../output/columns.ts";
import { done } from "../../output/details.ts";
import { rowsText } from "../../output/table.ts";
import type { View } from "../../output/view.ts";
import { suggest } from "../../runtime/suggest.ts";
import {
  PAYLOAD_KEYS,
  type Trigger,
  triggerOf,
  TRIGGERS,
} from "../../sandbox/callbacks/triggers.ts";
import type { Cli } from "../cli.ts";
import { command, type OptionsOf } from "../command.ts";
import type { Context } from "../context.ts";
import type { Callback } from "./callbacks/callback.ts";
import { askSandbox } from "./control.ts";
import { action } from "../action.ts";

/** What else in the sandbox causes a callback with the trigger. */
const CAUSES: Record<Trigger, string> = {
  MESSAGE_INBOUND: "a contact sends a message: sinch sandbox reply",
  MESSAGE_DELIVERY: "a message is sent",
  MESSAGE_SUBMIT: "a message is sent",
  EVENT_INBOUND: "a contact types or reacts: sinch sandbox reply --typing",
  EVENT_DELIVERY: "an event is sent",
  CONVERSATION_START: "the first message with a contact",
  CONVERSATION_STOP: "a conversation is stopped",
  CONVERSATION_DELETE: "a conversation is deleted",
  CONTACT_CREATE: "a contact is created, or a message goes to a new number",
  CONTACT_UPDATE: "a contact is updated",
  CONTACT_DELETE: "a contact is deleted",
  CONTACT_MERGE: "two contacts are merged",
  CONTACT_IDENTITIES_DUPLICATION: "two contacts have the same identity",
  CAPABILITY: "a capability is queried",
  OPT_IN: "a contact sends START by SMS",
  OPT_OUT: "a contact sends STOP by SMS",
  CHANNEL_EVENT: "",
  SMART_CONVERSATION:
    "a contact sends a message to an app with smart_conversation",
  MESSAGE_INBOUND_SMART_CONVERSATION_REDACTION: "a contact sends a message",
  RECORD_NOTIFICATION: "",
  BATCH_STATUS_UPDATE: "a batch is sent",
  UNSUPPORTED: "",
};

const TRIGGER = new ValueType(
  (text): Trigger => {
    const name = triggerOf(text.trim().toUpperCase().replaceAll("-", "_"));
    if (TRIGGERS.includes(name)) return name;
    const similar = nearest(name, TRIGGERS);
    throw usageError(
      `Unknown trigger "${text}"`,
      similar ? `Did you mean ${similar}?` : listHint(),
    );
  },
  TRIGGERS.map((value) => ({ value, text: CAUSES[value] })),
);

const declare = () =>
  command(
    "Send a sample event to the app's webhooks. The payload is the documented one, with IDs from the sandbox.",
  )
    .type("data", new SourceType(json(jsonObject)))
    .type("trigger", TRIGGER)
    .arguments("[trigger:trigger]")
    .option(
      "-a, --app <app-id:app>",
      "App ID (default: the sandbox's first app)",
    )
    .option(
      "--data <json:data>",
      "JSON to merge into the payload, @file or -; null removes a field",
    )
    .option("--list", "List all triggers and what else causes them")
    .example("List all triggers", "sinch sandbox trigger --list")
    .example(
      "Send a sample inbound message",
      "sinch sandbox trigger MESSAGE_INBOUND",
    )
    .example(
      "Send an inbound message with your own text",
      `sinch sandbox trigger MESSAGE_INBOUND --data '{"contact_message":{"text_message":{"text":"Hi"}}}' --json`,
    );

export const create = (cli: Cli) => declare().action(action(cli, trigger));

async function trigger(
  context: Context,
  { app, data, list }: OptionsOf<typeof declare>,
  name?: Trigger,
): Promise<View> {
  if (list) {
    const [other] = Object.entries({
      "[trigger]": name,
      "--data": data,
      "--app": app,
    }).find(([, value]) => value !== undefined) ?? [];
    if (other === undefined) return listView();
    throw usageError(`--list and ${other} cannot be used together`);
  }
  if (name === undefined) throw usageError("Missing [trigger]", listHint());
  const answer = await askSandbox<Triggered>(context, {
    method: "POST",
    path: "callbacks:trigger",
    body: { app_id: app, trigger: name, payload: data },
  });
  return triggeredView(answer);
}

function listHint(): string {
  return `Run \`${suggest`sandbox trigger --list`}\` to list all triggers.`;
}

/** What `POST /_sandbox/callbacks:trigger` answers. */
interface Triggered {
  trigger: string;
  app_id: string;
  callbacks: Callback[];
}

/** @throws {Failure} api: no webhook receives it */
function triggeredView(answer: Triggered): View {
  const { trigger, app_id, callbacks } = answer;
  if (callbacks.length === 0) {
    throw new Failure(
      "api",
      `No webhook of app ${app_id} has the trigger ${trigger}; nothing was sent`,
      {
        hint:
          `Run \`${suggest`conversation webhooks create --app ${app_id} --triggers ${trigger} --target <url>`}\`.`,
      },
    );
  }
  return {
    json: answer,
    text: (style) =>
      callbacks.map(({ id, target }) =>
        done(`Callback ${id} (${trigger}) queued for ${target}`, style)
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
    value: ({ cause }) => cause || "only this command",
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
