/** `sinch sandbox reply`: a contact writes to the app, types, or reacts. */
import { type Channel, channelFacts } from "../../api/channel.ts";
import { Failure, usageError } from "../../errors.ts";
import { COORDINATES, LATITUDE, LONGITUDE } from "../../options/coordinates.ts";
import type { Source } from "../../options/value_type.ts";
import type { View } from "../../output/view.ts";
import type { Cli } from "../cli.ts";
import { command, type OptionsOf } from "../command.ts";
import type { Context } from "../context.ts";
import { contactAction } from "./contact_action.ts";
import { receive } from "./inbound.ts";
import { sandboxAction } from "./sandbox_action.ts";

const declare = () =>
  command(
    "Send a message to the app as a contact. <from> is a phone number, a contact ID, or the ID of a message that the contact answers.",
  )
    .type("coordinates", COORDINATES)
    .type("latitude", LATITUDE)
    .type("longitude", LONGITUDE)
    .arguments("<from:line> [text:text]")
    .option(
      "-c, --channel <channel:channel>",
      "Channel of a phone number or other identity (default: SMS)",
    )
    .option(
      "-a, --app <app-id:app>",
      "App ID (default: the sandbox's first app)",
    )
    .option("--reply-to <message-id:message>", "Message to quote")
    .group("Instead of a text")
    .option("-m, --media <url:url>", "URL of an image, video or file")
    .option("--caption <text:line>", "Caption for the media (sent as a card)")
    .option(
      "--location [place:coordinates]",
      "Location as LAT,LNG, or with --lat and --lng",
    )
    .option(
      "--lat <latitude:latitude>",
      "Latitude of the location, from -90 to 90",
    )
    .option(
      "--lng <longitude:longitude>",
      "Longitude of the location, from -180 to 180",
    )
    .option("-n, --name <name:line>", "Name of the location (default: Here)")
    .group("Instead of a message")
    .option("--typing", "Start typing")
    .option("--typing-end", "Stop typing")
    .option(
      "--react <emoji:line>",
      "React to the message with the ID <from>",
    )
    .option(
      "--unreact",
      "Remove the reaction to the message with the ID <from>",
    )
    .example(
      "Answer a message",
      'sinch sandbox reply 01JA7V5Q0M2N8B3C4D5E6F7G8H "Yes, please"',
    )
    .example(
      "Send a message from a new contact",
      'sinch sandbox reply +15557654321 "Hi" --channel WHATSAPP',
    )
    .example("Opt out", "sinch sandbox reply +15551234567 STOP")
    .example(
      "Send an image with a caption",
      "sinch sandbox reply +15551234567 --media https://example.com/a.jpg --caption Look",
    )
    .example(
      "Send a location",
      'sinch sandbox reply +15551234567 --location 55.6105,13.0029 --name "Our office"',
    )
    .example(
      "React to a message",
      "sinch sandbox reply 01JA7V5Q0M2N8B3C4D5E6F7G8H --react 👍",
    )
    .example(
      "Start typing",
      "sinch sandbox reply +15551234567 --typing -c WHATSAPP",
    );

export type ReplyOptions = OptionsOf<typeof declare>;

export const create = (cli: Cli) => declare().action(sandboxAction(cli, reply));

async function reply(
  context: Context,
  options: ReplyOptions,
  from: string,
  source?: Source<string>,
): Promise<View> {
  const text = await source?.read(context.readText);
  const action = contactAction(options, text, isId(from) ? from : undefined);
  const inbound = { ...action, app_id: options.app };
  if (!isId(from)) {
    const channel = options.channel ?? "SMS";
    const identity = identityOf(from, channel);
    return await receive(context, {
      ...inbound,
      from: { channel_identity: { channel, identity } },
    });
  }
  // An ID does not say what it is of.
  try {
    return await receive(context, { ...inbound, from: { message_id: from } });
  } catch (error) {
    const isNotMessage = error instanceof Failure && error.kind === "not_found";
    if (!isNotMessage || "contact_message_event" in action) throw error;
    return await receive(context, { ...inbound, from: { contact_id: from } });
  }
}

/** A phone number with or without its +, as the sandbox's own lists show it. */
function identityOf(from: string, channel: Channel): string {
  if (!channelFacts(channel).phone) return from;
  const number = from.replace(/[\s().\-/]/g, "").replace(/^00/, "+");
  if (/^\+?\d{7,15}$/.test(number)) return number;
  throw usageError(
    `<from> must be a phone number, message ID or contact ID, got "${from}"`,
    "Use --channel for another kind of identity.",
  );
}

function isId(text: string): boolean {
  return /^[0-9A-Z]{26}$/.test(text);
}
