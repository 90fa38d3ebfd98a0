/** Which messages: the filters of `messages list` as the API takes them. */
import { parseChannel } from "../../../api/channel.ts";
import { wordFromText } from "../../../api/checks.ts";
import type { MessageFilter } from "../../../api/messages.ts";
import { usageError } from "../../../errors.ts";
import { parsePointInTime } from "../../point_in_time.ts";
import { bareIdentity } from "../bare_identity.ts";
import { type SourceFlags, sourceOf } from "./source.ts";

export interface FilterFlags extends SourceFlags {
  channel?: string;
  app?: string;
  contact?: string;
  conversation?: string;
  identity?: string;
  direction?: string;
  since?: string;
  until?: string;
}

/**
 * @param now Milliseconds since 1970.
 * @throws {Failure} "usage" naming the flag.
 */
export function messageFilter(flags: FilterFlags, now: number): MessageFilter {
  const { channel, direction, since, until } = flags;
  const filter: MessageFilter = {
    // The default app is no filter: it would hide messages without a word.
    app_id: flags.app,
    channel: channel && parseChannel(channel),
    channel_identity: flags.identity && bareIdentity(flags.identity),
    contact_id: flags.contact,
    conversation_id: flags.conversation,
    direction: direction &&
      wordFromText(["TO_APP", "TO_CONTACT"])(direction, "--direction"),
    start_time: since && parsePointInTime(since, "--since", now),
    end_time: until && parsePointInTime(until, "--until", now),
    messages_source: sourceOf(flags),
  };
  checkTogether(filter);
  return filter;
}

function checkTogether(filter: MessageFilter): void {
  const { start_time, end_time } = filter;
  if (start_time && end_time && start_time >= end_time) {
    throw usageError(
      `--since must be before --until, got ${start_time} and ${end_time}`,
    );
  }
  if (filter.messages_source !== "DISPATCH_SOURCE") return;
  for (const name of ["contact", "conversation"] as const) {
    if (!filter[`${name}_id`]) continue;
    throw usageError(
      `--${name} and --source dispatch exclude each other`,
      "Messages in DISPATCH mode have no contact and no conversation; --identity finds a person's.",
    );
  }
}
