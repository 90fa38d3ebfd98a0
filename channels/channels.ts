/** The rules of every channel, by the API's name of it. */
import { LINE } from "./line.ts";
import { INSTAGRAM, MESSENGER } from "./meta.ts";
import { APPLEBC, KAKAOTALK, KAKAOTALKCHAT, WECHAT } from "./others.ts";
import { RCS } from "./rcs.ts";
import type { ChannelRules } from "./rules.ts";
import { MMS, SMS } from "./sms.ts";
import { TELEGRAM } from "./telegram.ts";
import { VIBERBM } from "./viber.ts";
import { WHATSAPP } from "./whatsapp.ts";

export const CHANNEL_RULES = {
  SMS,
  WHATSAPP,
  MESSENGER,
  INSTAGRAM,
  VIBERBM,
  TELEGRAM,
  RCS,
  LINE,
  MMS,
  KAKAOTALK,
  KAKAOTALKCHAT,
  WECHAT,
  APPLEBC,
} as const satisfies Record<string, ChannelRules>;

export type ChannelName = keyof typeof CHANNEL_RULES;

/** A channel that is not known takes texts. */
export function rulesOf(channel: string): ChannelRules {
  return Object.hasOwn(CHANNEL_RULES, channel)
    ? CHANNEL_RULES[channel as ChannelName]
    : APPLEBC;
}
