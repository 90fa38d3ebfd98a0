/** `sinch conversation send`: one message to one recipient. */
import { Command } from "@cliffy/command";
import { source } from "../../api/answer.ts";
import {
  sendMessage,
  type SendMessageRequest,
  type SendMessageResponse,
} from "../../api/messages.ts";
import {
  flagOf,
  messageType,
  missingOptions,
  type SendDefaults,
  type SendOptions,
  TEXT_LIST_OPTIONS,
  TEXT_OPTIONS,
} from "../../options/send_options.ts";
import { checkOptions, sendRequest } from "../../options/send_request.ts";
import { details, done } from "../../output/details.ts";
import { timeText } from "../../output/time.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { CommonFlags, Context } from "../context.ts";
import { makeDefaultApp } from "../default_app.ts";
import { wizardContext } from "../pick_id.ts";
import { textReader } from "../text_reader.ts";
import { findSendDefaults } from "./send_defaults.ts";
import { EXAMPLES, OPTION_GROUPS } from "./send_flags.ts";
import { suggest } from "../../runtime/suggest.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description(
      "Send one message. Without arguments in a terminal, asks for everything, the message type first.\n" +
        "[recipient] is a phone number in E.164 (+15551234567); on MESSENGER, INSTAGRAM, TELEGRAM and LINE the channel's own ID. " +
        "[message] is the text.\n" +
        "A text or JSON value may be @file, or - for standard input; a text that starts with @ is written @@.",
    )
    .arguments("[recipient:plain] [message:plain]");
  for (const { title, options } of OPTION_GROUPS) {
    command.group(title);
    for (const { flags, text, repeatable } of options) {
      command.option(flags, text, { collect: repeatable });
    }
  }
  for (const [purpose, line] of EXAMPLES) command.example(purpose, line);
  return command.action(action(cli, send));
}

async function send(
  context: Context,
  flags: SendOptions & CommonFlags,
  ...args: string[]
): Promise<View> {
  const given = await readTexts(context, { ...flags, ...named(flags, args) });
  checkOptions(given);
  const settings = await context.settings();
  const defaults: SendDefaults = {
    app: settings.appId?.value,
    channel: settings.channel?.value,
    sender: settings.sender?.value,
  };
  const options = await complete(context, given, defaults);
  const request = await sendRequest(options, defaults);
  return await context.change(
    sendMessage(request),
    (answer) => accepted(context, answer, request, options),
  );
}

/** Fills what is missing: asks a person, or finds what the project leaves no choice in. */
async function complete(
  context: Context,
  options: SendOptions,
  defaults: SendDefaults,
): Promise<SendOptions> {
  if (missingOptions(options, defaults).length === 0) return options;
  if (!context.canPrompt) {
    return await findSendDefaults(context, options, defaults);
  }
  const { completeSend } = await import("../../wizard/send.ts");
  return await completeSend(options, {
    ...await wizardContext(context),
    defaults,
    saveDefaultApp: ({ id }) => makeDefaultApp(context, id),
  });
}

/** With `--contact`, a single argument can only be the message. */
function named(
  { contact }: SendOptions,
  args: string[],
): Pick<SendOptions, "recipient" | "message"> {
  return contact !== undefined && args.length === 1
    ? { message: args[0] }
    : { recipient: args[0], message: args[1] };
}

async function readTexts(
  { runtime }: Context,
  options: SendOptions,
): Promise<SendOptions> {
  const read = textReader(runtime);
  const texts: SendOptions = { ...options };
  for (const name of TEXT_OPTIONS) {
    const text = options[name];
    if (text !== undefined) texts[name] = await read(text, flagOf(name));
  }
  for (const name of TEXT_LIST_OPTIONS) {
    const list: string[] = [];
    for (const text of options[name] ?? []) {
      list.push(await read(text, flagOf(name)));
    }
    if (list.length > 0) texts[name] = list;
  }
  return texts;
}

function accepted(
  context: Context,
  answer: SendMessageResponse,
  request: SendMessageRequest,
  options: SendOptions,
): View {
  if (context.canPrompt) {
    context.note(
      `Accepted is not delivered yet: ${suggest`conversation messages get ${answer.message_id}`}`,
    );
  }
  return {
    json: source(answer),
    text: (style) =>
      done("Message accepted", style) + details([
        ["Message ID", answer.message_id],
        ["Type", messageType(options)],
        ...addressed(request),
        ["App", request.app_id],
        ["Accepted", timeText(answer.accepted_time, style)],
      ], style),
  };
}

function addressed(
  { recipient, channel_priority_order }: SendMessageRequest,
): [string, string | undefined][] {
  if ("contact_id" in recipient) {
    return [
      ["Channel", channel_priority_order?.join(", then ")],
      ["To", `contact ${recipient.contact_id}`],
    ];
  }
  const identities = recipient.identified_by.channel_identities;
  return [
    ["Channel", identities.map(({ channel }) => channel).join(", then ")],
    ["To", identities[0]!.identity],
  ];
}
