/** Where a new contact can be reached: its channel identities, from options. */
import { type Channel, channelFacts } from "../../../api/channel.ts";
import { parseChannel } from "../../../options/channel.ts";
import { refusal } from "../../../options/checks.ts";
import type { ChannelIdentity } from "../../../api/messages.ts";
import { parsePhoneNumber } from "../../../options/phone_number.ts";
import { usageError } from "../../../errors.ts";
import { parseRecipient } from "../../../options/recipient.ts";

/** An identity on these is valid for one app only. */
const APP_SCOPED: readonly Channel[] = [
  "MESSENGER",
  "INSTAGRAM",
  "LINE",
  "WECHAT",
];

export interface Identity {
  channel: Channel;
  identity: string;
}

/** `WHATSAPP=+15551234567` */
export function identityFromText(pair: string, at: string): Identity {
  const [, word, identity] = /^([^=]+)=(.+)$/s.exec(pair) ?? [];
  if (!word || !identity) throw refusal(at, "must be CHANNEL=IDENTITY", pair);
  return { channel: parseChannel(word, at), identity };
}

/**
 * `--phone` on the channels of `--channel` (default: SMS), then each `--identity`.
 *
 * @param appFor Called where an identity is valid for one app only.
 * @throws {Failure} "usage" naming the option.
 */
export async function channelIdentities(
  { phone, channel, identity = [] }: {
    phone: string | undefined;
    channel: Channel[] | undefined;
    identity: Identity[] | undefined;
  },
  appFor: () => Promise<string>,
): Promise<ChannelIdentity[]> {
  if (channel !== undefined && phone === undefined) {
    throw usageError("--channel requires --phone");
  }
  const identities: Identity[] = [];
  if (phone !== undefined) {
    const number = await parsePhoneNumber(phone, "--phone");
    for (const each of channel ?? ["SMS" as const]) {
      refuseWithoutPhone(each);
      identities.push({ channel: each, identity: number });
    }
  }
  for (const { channel, identity: given } of identity) {
    identities.push({
      channel,
      identity: await parseRecipient(given, channel, "--identity"),
    });
  }
  const isScoped = ({ channel }: Identity) => APP_SCOPED.includes(channel);
  const app_id = identities.some(isScoped) ? await appFor() : undefined;
  return identities.map((each) => ({
    ...each,
    ...isScoped(each) && { app_id },
  }));
}

function refuseWithoutPhone(channel: Channel): void {
  const { phone, identity } = channelFacts(channel);
  if (phone) return;
  throw usageError(
    `--channel ${channel} does not use phone numbers`,
    `Use --identity ${channel}=<identity> with its ${identity}.`,
  );
}
