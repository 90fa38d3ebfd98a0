/** `sinch sandbox reply`: a person writes to the app. */
import { Command } from "@cliffy/command";
import { parseChannel } from "../../api/channel.ts";
import { Failure, usageError } from "../../errors.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import { type Inbound, receive } from "./phone.ts";

interface ReplyFlags {
  channel?: string;
  app?: string;
  media?: string;
  lat?: string;
  lng?: string;
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
    .option("-m, --media <url:plain>", "Send this picture, video or file.")
    .option("--lat <degrees:plain>", "Send a location: its latitude.")
    .option("--lng <degrees:plain>", "Send a location: its longitude.")
    .example(
      "Answer a message",
      'sinch sandbox reply 01JA7V5Q0M2N8B3C4D5E6F7G8H "Yes, please"',
    )
    .example(
      "From a number that nobody knows yet",
      'sinch sandbox reply +15557654321 "Hi" --channel WHATSAPP',
    )
    .example("Opt out", "sinch sandbox reply +15551234567 STOP")
    .action(action(cli, reply));
}

async function reply(
  context: Context,
  flags: ReplyFlags,
  who: string,
  text?: string,
): Promise<View> {
  const message = {
    app_id: flags.app,
    contact_message: contentOf(flags, text),
  };
  if (!isId(who)) {
    const channel = parseChannel(flags.channel ?? "SMS");
    const from = { channel_identity: { channel, identity: who } };
    return await receive(context, { ...message, from });
  }
  // Ids do not tell what they are of.
  try {
    return await receive(context, { ...message, from: { message_id: who } });
  } catch (error) {
    const isNotMessage = error instanceof Failure && error.kind === "not_found";
    if (!isNotMessage) throw error;
    return await receive(context, { ...message, from: { contact_id: who } });
  }
}

function isId(text: string): boolean {
  return /^[0-9A-Z]{26}$/.test(text);
}

function contentOf(
  { media, lat, lng }: ReplyFlags,
  text: string | undefined,
): NonNullable<Inbound["contact_message"]> {
  const isPlace = lat !== undefined || lng !== undefined;
  const given = [text !== undefined, media !== undefined, isPlace];
  if (given.filter(Boolean).length !== 1) {
    throw usageError(
      "Give exactly one of [text], --media, or --lat with --lng",
    );
  }
  if (text !== undefined) return { text_message: { text } };
  if (media !== undefined) return { media_message: { url: media } };
  return {
    location_message: {
      title: "Here",
      coordinates: {
        latitude: degrees(lat, "--lat", 90),
        longitude: degrees(lng, "--lng", 180),
      },
    },
  };
}

function degrees(text: string | undefined, flag: string, max: number): number {
  const value = text?.trim() ? Number(text) : NaN;
  if (Math.abs(value) <= max) return value;
  throw usageError(`${flag} must be degrees from -${max} to ${max}`);
}
