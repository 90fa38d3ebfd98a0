/** A word about phone numbers that look wrong and may be right. */
import { type Channel, channelFacts } from "../../api/channel.ts";
import type { ChannelIdentity } from "../../api/messages.ts";
import { doubtAbout } from "../../options/phone_number.ts";
import type { Context } from "../context.ts";

/** Notes each number of a length that its country is not known to use. */
export async function noteDoubts(
  context: Context,
  identities: readonly Pick<ChannelIdentity, "channel" | "identity">[],
): Promise<void> {
  const numbers = identities
    .filter(({ channel }) => channelFacts(channel as Channel).phone)
    .map(({ identity }) => identity);
  for (const number of new Set(numbers)) {
    const doubt = await doubtAbout(number);
    if (doubt) context.note(`Warning: ${doubt}`);
  }
}
