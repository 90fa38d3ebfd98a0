/** Where a new contact can be reached: its channel identities, from flags. */
import {
  type Channel,
  channelFacts,
  parseChannel,
} from "../../../api/channel.ts";
import type { ChannelIdentity } from "../../../api/messages.ts";
import { parsePhoneNumber } from "../../../api/phone_number.ts";
import { parseRecipient } from "../../../api/send_request.ts";
import { usageError } from "../../../errors.ts";

export interface IdentityFlags {
  phone?: string;
  channel?: string;
  identity?: string[];
  app?: string;
}

/** An identity on these is valid for one app only. */
const APP_SCOPED: readonly Channel[] = [
  "MESSENGER",
  "INSTAGRAM",
  "LINE",
  "WECHAT",
];

/**
 * `--phone` on the channels of `--channel` (SMS), then each `--identity`.
 *
 * @param appFor Called where an identity is valid for one app only.
 * @throws {Failure} "usage" naming the flag.
 */
export async function channelIdentities(
  { phone, channel, identity = [] }: IdentityFlags,
  appFor: () => Promise<string>,
): Promise<ChannelIdentity[]> {
  if (channel !== undefined && phone === undefined) {
    throw usageError("--channel says where --phone is reached: give both");
  }
  const typed: [Channel, string][] = [];
  if (phone !== undefined) {
    const number = await parsePhoneNumber(phone, "--phone");
    typed.push(
      ...phoneChannels(channel).map((channel): typeof typed[number] => [
        channel,
        number,
      ]),
    );
  }
  for (const pair of identity) typed.push(await identityOf(pair));
  const scoped = typed.some(([channel]) => APP_SCOPED.includes(channel));
  const app_id = scoped ? await appFor() : undefined;
  return typed.map(([channel, identity]) => ({
    channel,
    identity,
    ...APP_SCOPED.includes(channel) && { app_id },
  }));
}

function phoneChannels(given = "SMS"): Channel[] {
  return given.split(",").map((word) => {
    const channel = parseChannel(word);
    if (channelFacts(channel).phone) return channel;
    throw usageError(
      `--channel ${channel} has no phone numbers`,
      `Give its ${
        channelFacts(channel).identity
      } as --identity ${channel}=<identity>.`,
    );
  });
}

/** `WHATSAPP=+15551234567` */
async function identityOf(pair: string): Promise<[Channel, string]> {
  const [, word, identity] = /^([^=]+)=(.+)$/s.exec(pair) ?? [];
  if (!word || !identity) {
    throw usageError(`--identity must be CHANNEL=IDENTITY, got "${pair}"`);
  }
  const channel = parseChannel(word, "--identity");
  return [channel, await parseRecipient(identity, channel, "--identity")];
}
