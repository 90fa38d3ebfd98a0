/** `sinch sandbox reply`: a person writes to the app, types, or reacts. */
import { Command } from "@cliffy/command";
import { channelFacts } from "../../api/channel.ts";
import { parseChannel } from "../../options/channel.ts";
import { Failure, usageError } from "../../errors.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import { textReader } from "../text_reader.ts";
import { receive } from "./phone.ts";
import { type DeedFlags, deedOf } from "./reply_deed.ts";

interface ReplyFlags extends DeedFlags {
  channel?: string;
  app?: string;
}

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command();
  return command
    .description(
      "Write as the person on the other side of the sandbox: as a contact, as whoever got a message, or from any number. The app's webhooks hear of it.",
    )
    .arguments("<who:plain> [text:plain]")
    .option(
      "-c, --channel <channel:plain>",
      "Channel of a number or other identity; SMS if left out.",
    )
    .option(
      "-a, --app <id:plain>",
      "App to write to; that of the sandbox if left out.",
    )
    .option("--reply-to <message-id:plain>", "Quote this message.")
    .group("Instead of a text")
    .option("-m, --media <url:plain>", "Send this picture, video or file.")
    .option("--caption <text:plain>", "Text beside the media.")
    .option(
      "--location [place:plain]",
      "Send a location: LAT,LNG, or its latitude and longitude in --lat and --lng.",
    )
    .option("--lat <degrees:plain>", "Latitude of the location, -90 to 90.")
    .option("--lng <degrees:plain>", "Longitude of the location, -180 to 180.")
    .option(
      "-n, --name <name:plain>",
      'Name of the location; "Here" if left out.',
    )
    .group("Without writing")
    .option("--typing", "Begin to type.")
    .option("--typing-end", "Stop typing.")
    .option(
      "--react <emoji:plain>",
      "React to a message, whose id <who> is.",
    )
    .option("--unreact", "Take the reaction to a message back.")
    .example(
      "Answer a message",
      'sinch sandbox reply 01JA7V5Q0M2N8B3C4D5E6F7G8H "Yes, please"',
    )
    .example(
      "From a number that nobody knows yet",
      'sinch sandbox reply +15557654321 "Hi" --channel WHATSAPP',
    )
    .example("Opt out", "sinch sandbox reply +15551234567 STOP")
    .example(
      "A picture",
      "sinch sandbox reply +15551234567 --media https://example.com/a.jpg --caption Look",
    )
    .example(
      "A place",
      'sinch sandbox reply +15551234567 --location 55.6105,13.0029 --name "Our office"',
    )
    .example(
      "A reaction to a message",
      "sinch sandbox reply 01JA7V5Q0M2N8B3C4D5E6F7G8H --react 👍",
    )
    .example("Typing", "sinch sandbox reply +15551234567 --typing -c WHATSAPP")
    .action(action(cli, reply));
}

async function reply(
  context: Context,
  flags: ReplyFlags,
  who: string,
  text?: string,
): Promise<View> {
  const read = textReader(context.runtime);
  const written = text && await read(text, "[text]");
  const deed = deedOf(flags, written, isId(who) ? who : undefined);
  const inbound = { app_id: flags.app, ...deed };
  if (!isId(who)) {
    const channel = parseChannel(flags.channel ?? "SMS", "--channel");
    const identity = channelFacts(channel).phone ? phoneOf(who) : who;
    const from = { channel_identity: { channel, identity } };
    return await receive(context, { ...inbound, from });
  }
  // Ids do not tell what they are of.
  try {
    return await receive(context, { ...inbound, from: { message_id: who } });
  } catch (error) {
    const isNotMessage = error instanceof Failure && error.kind === "not_found";
    if (!isNotMessage || deed.contact_message_event) throw error;
    return await receive(context, { ...inbound, from: { contact_id: who } });
  }
}

/** With or without its +, as the sandbox's own lists show it. */
function phoneOf(who: string): string {
  const number = who.replace(/[\s().\-/]/g, "").replace(/^00/, "+");
  if (/^\+?\d{7,15}$/.test(number)) return number;
  throw usageError(
    `<who> must be a phone number, or the id of a message or contact, got "${who}"`,
    "For another kind of identity, name its --channel.",
  );
}

function isId(text: string): boolean {
  return /^[0-9A-Z]{26}$/.test(text);
}
