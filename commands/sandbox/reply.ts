/** `sinch sandbox reply`: a contact writes to the app, types, or reacts. */
import { type Channel, channelFacts } from "../../api/channel.ts";
import { Failure, usageError } from "../../errors.ts";
import type { Source } from "../../options/value_type.ts";
import type { View } from "../../output/view.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import { contactAction } from "./contact_action.ts";
import { receive } from "./inbound.ts";
import { declareReply, type ReplyOptions } from "./reply_options.ts";
import { action } from "../action.ts";

export const create = (cli: Cli) => declareReply().action(action(cli, reply));

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
