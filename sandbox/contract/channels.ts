/**
 * The channels: names and the form of identities.
 *
 * @see https://developers.sinch.com/docs/conversation/channel-support/
 */
import { type Check, object, oneOf, required, text } from "./checks.ts";

export const CHANNELS = [
  "SMS",
  "MMS",
  "RCS",
  "WHATSAPP",
  "VIBERBM",
  "KAKAOTALK",
  "KAKAOTALKCHAT",
  "MESSENGER",
  "INSTAGRAM",
  "LINE",
  "WECHAT",
  "TELEGRAM",
  "APPLEBC",
] as const;

export const channel = oneOf(CHANNELS);

/** Channels on which a person has a different identity for each app. */
const APP_SCOPED = new Set(["MESSENGER", "INSTAGRAM", "LINE", "WECHAT"]);

export function isAppScoped(channel: string): boolean {
  return APP_SCOPED.has(channel);
}

/** Channels on which a person's identity is a phone number. */
export const PHONE_CHANNELS = ["SMS", "MMS", "RCS", "WHATSAPP", "VIBERBM"];

export function hasPhoneNumbers(channel: string): boolean {
  return PHONE_CHANNELS.includes(channel);
}

/** Whether the channel reports no reads and takes no events. */
export function isPlain(channel: string): boolean {
  return channel === "SMS" || channel === "MMS";
}

/** A person on a channel; `app_id` is `""` where the channel is not app-scoped. */
export interface ChannelIdentity {
  channel: string;
  identity: string;
  app_id: string;
}

/**
 * The stored form of an identity: phone numbers lose their `+`, and only
 * app-scoped channels keep an app, and the identity as it is.
 */
export function storedIdentity(
  { channel, identity, app_id }: {
    channel: string;
    identity: string;
    app_id?: string | null;
  },
  ownApp = "",
): ChannelIdentity {
  return {
    channel,
    identity: isAppScoped(channel) ? identity : bareIdentity(identity),
    app_id: isAppScoped(channel) ? app_id || ownApp : "",
  };
}

/** Phone numbers are documented with and without `+`, and stored without. */
export function bareIdentity(identity: string): string {
  return /^\+\d/.test(identity) ? identity.slice(1) : identity;
}

/** An identity in a recipient; it is for the app of the request. */
export const recipientIdentity = object({
  channel: required(channel),
  identity: required(text()),
});

const appWhereScoped: Check = (value, field, found) => {
  const { channel, app_id } = value as { channel?: string; app_id?: string };
  if (channel && isAppScoped(channel) && !app_id) {
    found.push({
      field: `${field}.app_id`,
      description: `must be set: a ${channel} identity belongs to one app`,
    });
  }
};

/** An identity outside a recipient; app-scoped channels require its app. */
export const channelIdentity = object({
  channel: required(channel),
  identity: required(text()),
  app_id: text(),
}, appWhereScoped);
