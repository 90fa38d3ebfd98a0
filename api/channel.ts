/**
 * The channels of the API, and what identifies a person on each.
 *
 * @see https://developers.sinch.com/docs/conversation/channel-support/
 */

interface ChannelFacts {
  /** For people. */
  name: string;
  /** A phone number identifies the recipient. */
  phone: boolean;
  /** What identifies the recipient otherwise. */
  identity: string;
  /** The channel property that names the sender. */
  senderProperty?: string;
}

const PHONE = { phone: true, identity: "phone number" };

/** Every channel the API accepts; the first eight are the documented ones. */
export const CHANNELS = {
  SMS: { name: "SMS", ...PHONE, senderProperty: "SMS_SENDER" },
  WHATSAPP: { name: "WhatsApp", ...PHONE },
  MESSENGER: {
    name: "Facebook Messenger",
    phone: false,
    identity: "page-scoped user ID",
  },
  INSTAGRAM: {
    name: "Instagram",
    phone: false,
    identity: "Instagram-scoped user ID",
  },
  VIBERBM: { name: "Viber Business Messages", ...PHONE },
  TELEGRAM: { name: "Telegram", phone: false, identity: "chat or user ID" },
  RCS: { name: "RCS", ...PHONE },
  LINE: { name: "LINE", phone: false, identity: "LINE user ID" },
  MMS: { name: "MMS", ...PHONE, senderProperty: "MMS_SENDER" },
  KAKAOTALK: { name: "KakaoTalk business messages", ...PHONE },
  KAKAOTALKCHAT: {
    name: "KakaoTalk consultation chat",
    phone: false,
    identity: "user ID",
  },
  WECHAT: { name: "WeChat", phone: false, identity: "open ID" },
  APPLEBC: {
    name: "Apple Messages for Business",
    phone: false,
    identity: "user ID",
  },
} as const satisfies Record<string, ChannelFacts>;

export type Channel = keyof typeof CHANNELS;

/** The eight channels of the documentation, as it spells them. */
export const DOCUMENTED_CHANNELS = [
  "SMS",
  "WHATSAPP",
  "MESSENGER",
  "INSTAGRAM",
  "VIBER",
  "TELEGRAM",
  "RCS",
  "LINE",
] as const;

export function channelFacts(channel: Channel): ChannelFacts {
  return CHANNELS[channel];
}
