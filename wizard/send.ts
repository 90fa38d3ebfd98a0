/**
 * The send wizard: asks for what a send still lacks, the message type first,
 * and shows what would be sent, with the command that does the same. It sends
 * nothing itself.
 */
import { type App, getApp } from "../api/apps.ts";
import { channelFacts, parseChannel } from "../api/channel.ts";
import type { MessageType } from "../api/message_body.ts";
import {
  messageType,
  missingOptions,
  type SendDefaults,
  type SendOption,
  type SendOptions,
} from "../options/send_options.ts";
import { parseRecipient, sendRequest } from "../options/send_request.ts";
import { confirmed } from "./confirm.ts";
import { TYPES } from "./fields/fields.ts";
import { refusalOf } from "./fields/questions.ts";
import type { WizardContext } from "./pick.ts";
import { pickWorkingApp } from "./pick_app.ts";
import { pickChannel } from "./pick_channel.ts";
import { pickContact } from "./pick_contact.ts";
import type { Prompter } from "./prompter.ts";
import { sendSummary } from "./send_summary.ts";

export interface SendWizard extends WizardContext {
  defaults: SendDefaults;
  /** Makes it the default app of the profile. */
  saveDefaultApp(app: App): Promise<unknown>;
}

/**
 * The options with everything in them that a request needs. Where that took a
 * question, the last one is whether to send.
 *
 * @throws {Failure} `declined` when the person says no at the end.
 */
export async function completeSend(
  given: SendOptions,
  outer: SendWizard,
): Promise<SendOptions> {
  const { prompter, wasAsked } = watched(outer.prompter);
  const wizard = { ...outer, prompter };
  const typed = await fillType(given, wizard);
  const addressed = await fillRecipient(
    await fillAppAndChannel(typed, wizard),
    wizard,
  );
  const options = await fillContent(addressed, wizard);
  // Nothing to choose, nothing to confirm: an only app needs no question.
  if (!wasAsked()) return options;
  const { app_id, message } = await sendRequest(options, outer.defaults);
  prompter.say(sendSummary({ ...options, app: app_id }, message));
  await confirmed(prompter, "Send this message?", true);
  return options;
}

/** The prompter, and whether it asked anything. */
function watched(
  prompter: Prompter,
): { prompter: Prompter; wasAsked(): boolean } {
  let asked = false;
  return {
    prompter: new Proxy(prompter, {
      get(target, name: keyof Prompter) {
        asked ||= name !== "say";
        return target[name];
      },
    }),
    wasAsked: () => asked,
  };
}

async function fillType(
  options: SendOptions,
  { prompter }: SendWizard,
): Promise<SendOptions> {
  if (messageType(options) !== undefined) return options;
  const type = await prompter.select({
    message: "Message type",
    choices: Object.entries(TYPES).map(([value, { label }]) => ({
      value,
      label,
    })),
  });
  return { ...options, type };
}

async function fillAppAndChannel(
  options: SendOptions,
  wizard: SendWizard,
): Promise<SendOptions> {
  const { prompter, read, defaults, saveDefaultApp } = wizard;
  const filled = { ...options };
  let app: App | undefined;
  if (lacks("app", options, wizard)) {
    app = await pickWorkingApp(wizard, saveDefaultApp);
    filled.app = app.id;
  }
  if (lacks("channel", options, wizard)) {
    app ??= await read(getApp(filled.app ?? defaults.app!));
    filled.channel = await pickChannel(prompter, app);
  }
  // A contact may be reached on any channel, unless somebody names one.
  if (filled.contact === undefined) filled.channel ??= defaults.channel;
  return filled;
}

async function fillRecipient(
  options: SendOptions,
  wizard: SendWizard,
): Promise<SendOptions> {
  if (!lacks("recipient", options, wizard)) return options;
  const channel = parseChannel(options.channel!);
  const message = "Recipient";
  const recipient = await wizard.prompter.input({
    message,
    hint: `${channelFacts(channel).identity}; empty to choose a contact`,
    check: (text) =>
      text === ""
        ? undefined
        : refusalOf(() => parseRecipient(text, channel, message)),
  });
  return recipient === ""
    ? { ...options, contact: (await pickContact(wizard)).id }
    : { ...options, recipient };
}

async function fillContent(
  options: SendOptions,
  wizard: SendWizard,
): Promise<SendOptions> {
  if (missingOptions(options, wizard.defaults).length === 0) return options;
  const type = messageType(options) as MessageType;
  return await TYPES[type].ask(wizard, options);
}

function lacks(
  option: SendOption,
  options: SendOptions,
  { defaults }: SendWizard,
): boolean {
  return missingOptions(options, defaults)
    .some(([missing]) => missing === option);
}
