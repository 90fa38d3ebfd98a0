/** When the person last wrote, which opens the window of a channel. */
import { rulesOf } from "../../channels/channels.ts";
import { listMessages, type SendMessageBody } from "../../api/messages.ts";
import { Failure, isStop } from "../../errors.ts";
import type { Context } from "../context.ts";
import { askSandbox } from "../sandbox/control.ts";
import { bareIdentity } from "./bare_identity.ts";

const HOUR_MS = 3_600_000;

/**
 * Hours since the recipient's last message on each channel that has a window,
 * `Infinity` for none; no channel of which nothing can be known.
 */
export async function hoursSinceInbound(
  context: Context,
  { app_id, recipient, channel_priority_order = [] }: SendMessageBody,
): Promise<Map<string, number>> {
  const hours = new Map<string, number>();
  const { credentials, appId } = await context.settings();
  if (!credentials) return hours;
  const people = "contact_id" in recipient
    ? channel_priority_order.map((channel) => ({
      channel,
      contact_id: recipient.contact_id,
    }))
    : recipient.identified_by.channel_identities.map((
      { channel, identity },
    ) => ({ channel, channel_identity: bareIdentity(identity) }));
  const withWindow = people.filter(({ channel }) => rulesOf(channel).window);
  if (withWindow.length === 0) return hours;
  const now = await nowOf(context);
  for (const person of withWindow) {
    try {
      const { messages = [] } = await context.read(listMessages({
        app_id: app_id || appId?.value,
        direction: "TO_APP",
        ...person,
      }, { page_size: 1 }));
      const time = messages[0]?.accept_time;
      const age = time === undefined ? Infinity : now - Date.parse(time);
      if (!Number.isNaN(age)) hours.set(person.channel, age / HOUR_MS);
    } catch (error) {
      if (!(error instanceof Failure) || isStop(error)) throw error;
      // What cannot be read is not known: the check says so in a note.
    }
  }
  return hours;
}

/** The sandbox has a clock of its own. */
async function nowOf(context: Context): Promise<number> {
  if (!context.inSandbox) return context.runtime.clock.now();
  const { now } = await askSandbox<{ now: string }>(context, {
    method: "GET",
    path: "clock",
  });
  return Date.parse(now);
}
