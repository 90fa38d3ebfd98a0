/** Who gets a message. */
import { type Channel, channelFacts } from "../api/channel.ts";
import { parsePhoneNumber } from "./phone_number.ts";
import { usageError } from "../errors.ts";

/**
 * What identifies the recipient on a channel: a phone number in E.164, or the
 * channel's own identity as it is.
 *
 * @throws {Failure} "usage"
 */
export async function parseRecipient(
  text: string,
  channel: Channel,
  at: string,
): Promise<string> {
  const { phone, identity } = channelFacts(channel);
  if (phone) return await parsePhoneNumber(text, at);
  if (text.trim() !== "") return text.trim();
  throw usageError(
    `${at} must be the ${identity} of the recipient on ${channel}`,
  );
}
