/**
 * The send wizard: asks for what a send still lacks, the message type first,
 * and shows what would be sent, with the command that does the same. It sends
 * nothing itself.
 */
import { type App, getApp } from "../api/apps.ts";
import { channelFacts } from "../api/channel.ts";
import { parseChannel } from "../options/channel.ts";
import { parseRecipient } from "../options/recipient.ts";
import {
  missingOptions,
  needsChannel,
  type SendOptions,
  type SendType,
} from "../options/send.ts";
import { requestBody, type Send } from "../options/send_request.ts";
import { confirmed } from "./confirm.ts";
import { askFields, askType } from "./fields/fields.ts";
import { askOrEmpty } from "./fields/questions.ts";
import type { WizardContext } from "./pick.ts";
import { pickWorkingApp } from "./pick_app.ts";
import { pickChannel } from "./pick_channel.ts";
import { pickContact } from "./pick_contact.ts";
import type { Prompter } from "./prompter.ts";
import { sendCommand, sendSummary } from "./send_summary.ts";

export interface SendWizard extends WizardContext {
  /** The default one, for channels that take a sender. */
  sender?: string;
  /** Makes it the default app of the profile. */
  saveDefaultApp(app: App): Promise<unknown>;
  /** How the channels show it, and its problems. */
  preview?(send: Send): Promise<string>;
}

/**
 * The send with everything that a request needs. Where that took a question,
 * the last one is whether to send.
 *
 * @throws {Failure} `declined` when the person says no at the end.
 */
export async function completeSend(
  givenType: SendType | undefined,
  given: SendOptions,
  outer: SendWizard,
): Promise<Send & { isConfirmed: boolean }> {
  const { prompter, wasAsked } = watched(outer.prompter);
  const wizard = { ...outer, prompter };
  // Each answer is put in where Ctrl-C finds it.
  const options = { ...given };
  let type = givenType;
  prompter.resumeWith(() => sendCommand(type, options));
  type ??= await askType(prompter);
  await fillAppAndChannel(options, wizard);
  await fillRecipient(options, wizard);
  if (type !== "raw" && missingOptions(type, options).length > 0) {
    await askFields(type, wizard, options);
  }
  const body = {
    app_id: options.app!,
    ...await requestBody(type, options, outer.sender),
  };
  // Nothing to choose, nothing to confirm: an only app needs no question.
  if (wasAsked()) {
    prompter.say(sendSummary(type, options, body.message));
    if (outer.preview) prompter.say(await outer.preview({ type, body }));
    await confirmed(prompter, "Send this message?", true);
  }
  return { type, body, isConfirmed: wasAsked() };
}

/** What asks nothing. */
const SILENT: readonly (keyof Prompter)[] = [
  "say",
  "once",
  "answered",
  "resumeWith",
];

/** The prompter, and whether it asked anything. */
function watched(
  prompter: Prompter,
): { prompter: Prompter; wasAsked(): boolean } {
  let asked = false;
  return {
    prompter: new Proxy(prompter, {
      get(target, name: keyof Prompter) {
        asked ||= !SILENT.includes(name);
        return target[name];
      },
    }),
    wasAsked: () => asked,
  };
}

async function fillAppAndChannel(
  options: SendOptions,
  wizard: SendWizard,
): Promise<void> {
  const { prompter, read, saveDefaultApp } = wizard;
  let app: App | undefined;
  if (options.app === undefined) {
    app = await pickWorkingApp(wizard, saveDefaultApp);
    options.app = app.id;
  }
  if (needsChannel(options) && options.channel === undefined) {
    app ??= await read(getApp(options.app));
    options.channel = parseChannel(await pickChannel(prompter, app), "channel");
  }
}

async function fillRecipient(
  options: SendOptions,
  wizard: SendWizard,
): Promise<void> {
  const { channel, contact } = options;
  if (options.recipient !== undefined || contact !== undefined) return;
  const recipient = await askOrEmpty(wizard.prompter, {
    message: "Recipient",
    hint: `${channelFacts(channel!).identity}; leave empty to choose a contact`,
    check: (text, at) => parseRecipient(text, channel!, at),
  });
  if (recipient === undefined) options.contact = (await pickContact(wizard)).id;
  else options.recipient = recipient;
}
