/**
 * Why a message or event failed: what each reason code and sub-code means, and
 * what to do about it.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/messages/ (reason codes)
 */

/** Both texts are sentences. */
interface Explanation {
  meaning: string;
  remedy: string;
}

export const REASONS = {
  UNKNOWN: {
    meaning: "The failure has no code of its own.",
    remedy: "Read the description and channel code of the delivery report.",
  },
  INTERNAL_ERROR: {
    meaning: "The Conversation API failed.",
    remedy:
      "Send again later; if it persists, contact Sinch support with the whole delivery report.",
  },
  RATE_LIMITED: {
    meaning:
      "The app or the channel was sent too many messages in a short time.",
    remedy:
      "Send again more slowly, or with `--queue NORMAL_PRIORITY` for bulk messages.",
  },
  RECIPIENT_INVALID_CHANNEL_IDENTITY: {
    meaning: "The channel does not accept the recipient's identity.",
    remedy:
      "Correct the number or ID: phone numbers in E.164 such as +15551234567; other channels take the ID that they gave your app.",
  },
  RECIPIENT_NOT_REACHABLE: {
    meaning: "The recipient cannot be reached on this channel.",
    remedy:
      "Check that the number is in use and on the channel, or add another channel with `--fallback`.",
  },
  RECIPIENT_NOT_OPTED_IN: {
    meaning: "The recipient has not agreed to messages on this channel.",
    remedy: "Get the recipient's consent first, or use another channel.",
  },
  OUTSIDE_ALLOWED_SENDING_WINDOW: {
    meaning:
      "The time in which the channel lets a business write freely is over.",
    remedy:
      "Send an approved template, wait for the recipient to write, or use another channel.",
  },
  CHANNEL_FAILURE: {
    meaning: "The channel did not take the message, after several tries.",
    remedy: "Send again later, or add another channel with `--fallback`.",
  },
  CHANNEL_BAD_CONFIGURATION: {
    meaning: "The app's settings for this channel are wrong.",
    remedy:
      "Correct the channel's credentials of the app; `sinch doctor` checks them.",
  },
  CHANNEL_CONFIGURATION_MISSING: {
    meaning: "The app has no settings for this channel.",
    remedy:
      "Add the channel to the app, or send on a channel that the app has.",
  },
  MEDIA_TYPE_UNSUPPORTED: {
    meaning: "The channel does not take this type of media.",
    remedy:
      "Convert the file; `sinch help channels` lists the types of each channel.",
  },
  MEDIA_TOO_LARGE: {
    meaning: "The media is larger than the channel allows.",
    remedy:
      "Make the file smaller; `sinch help channels` lists the sizes of each channel.",
  },
  MEDIA_NOT_REACHABLE: {
    meaning: "The URL of the media cannot be downloaded.",
    remedy:
      "Use a public https URL without redirect or sign-in; check it with `sinch conversation send --check=online`.",
  },
  NO_CHANNELS_LEFT: {
    meaning:
      "All channels were tried, or the recipient has an identity on none of them.",
    remedy:
      "Read the SWITCHING_CHANNEL reports for why each one failed; add another channel to the contact or to `--fallback`.",
  },
  TEMPLATE_NOT_FOUND: {
    meaning: "The template does not exist.",
    remedy:
      "Check its name or ID with `sinch conversation templates list`; it must be in the same project and region.",
  },
  TEMPLATE_INSUFFICIENT_PARAMETERS: {
    meaning: "A parameter of the template has no value.",
    remedy: "Give all of the template's parameters with `--params`.",
  },
  TEMPLATE_NON_EXISTING_LANGUAGE_OR_VERSION: {
    meaning: "The template has no such language or version.",
    remedy: "Use one that `sinch conversation templates get` shows.",
  },
  DELIVERY_TIMED_OUT: {
    meaning: "The channel did not deliver the message in time.",
    remedy: "Send again if it still matters; give it more time with `--ttl`.",
  },
  DELIVERY_REJECTED_DUE_TO_POLICY: {
    meaning: "The channel's policy does not allow the message.",
    remedy:
      "Change the content or the template to follow the policy of the channel.",
  },
  CONTACT_NOT_FOUND: {
    meaning: "The contact ID does not exist.",
    remedy:
      "Check it with `sinch conversation contacts list`; it must be in the same project and region.",
  },
  BAD_REQUEST: {
    meaning: "The message was accepted, but it breaks a rule of the channel.",
    remedy:
      "Read the report's description, and check the message with `sinch conversation send --check`.",
  },
  UNKNOWN_APP: {
    meaning:
      "The app does not exist, or was deleted while the message was processed.",
    remedy: "Use an app that `sinch conversation apps list` shows.",
  },
  NO_CHANNEL_IDENTITY_FOR_CONTACT: {
    meaning:
      "The contact has no identity on the channels that were to be tried.",
    remedy:
      "Add one with `sinch conversation contacts update`, or use a channel that the contact has.",
  },
  CHANNEL_REJECT: {
    meaning: "The channel refused the message for good, without a better code.",
    remedy:
      "Read the report's description and channel code; do not send the same message again.",
  },
  NO_PERMISSION: {
    meaning: "The app is not permitted to do this on the channel.",
    remedy: "Check the permissions of the channel's account and credentials.",
  },
  NO_PROFILE_AVAILABLE: {
    meaning: "The channel has no profile data of this user.",
    remedy: "Go on without the profile; the user may have hidden it.",
  },
  UNSUPPORTED_OPERATION: {
    meaning: "The channel does not support this operation.",
    remedy: "Use another channel, or another kind of message.",
  },
  INACTIVE_CREDENTIAL: {
    meaning: "The channel's credentials of the app are not active.",
    remedy:
      "Activate or replace them; `sinch doctor` shows the state of each channel.",
  },
  MESSAGE_EXPIRED: {
    meaning:
      "The time to live of the message was over before it was delivered.",
    remedy: "Send again if it still matters; give it more time with `--ttl`.",
  },
  MESSAGE_SPLIT_REQUIRED: {
    meaning: "The message is too long or has too many parts for the channel.",
    remedy: "Shorten it, or send it as several messages.",
  },
  DELIVERY_REPORT_TIME_OUT: {
    meaning: "The channel sent no delivery report in time.",
    remedy:
      "The message may have arrived: ask the recipient before you send it again.",
  },
} as const satisfies Record<string, Explanation>;

export type ReasonCode = keyof typeof REASONS;
export const REASON_CODES = Object.keys(REASONS) as ReasonCode[];

/** What a report's `sub_code` adds. */
export const SUB_CODES = {
  UNSPECIFIED_SUB_CODE: {
    meaning: "The report has no sub-code.",
    remedy: "Look at the reason code alone.",
  },
  ATTACHMENT_REJECTED: {
    meaning: "The channel's policy does not allow the attachment.",
    remedy: "Use another file, or send a link to it.",
  },
  MEDIA_TYPE_UNDETERMINED: {
    meaning: "The server of the media does not state its type.",
    remedy: "Serve the file with the right Content-Type.",
  },
  INACTIVE_SENDER: {
    meaning:
      "The sender of the channel is inactive: it can neither send nor receive.",
    remedy: "Activate the sender, or send from another one.",
  },
} as const satisfies Record<string, Explanation>;

/** `The media is larger than …. Make the file smaller …`; nothing for an unknown code. */
export function explained(code: string): string | undefined {
  const found = Object.entries<Explanation>({ ...REASONS, ...SUB_CODES })
    .find(([known]) => known === code)?.[1];
  return found && `${found.meaning} ${found.remedy}`;
}

/** A reason as a report has it, in one line: its code, and what to do about it. */
export function reasonText(
  { code, description, sub_code }: {
    code?: string;
    description?: string;
    sub_code?: string;
  },
): string {
  const names = [code, sub_code].filter((word): word is string =>
    word !== undefined && word !== "" && word !== "UNSPECIFIED_SUB_CODE"
  );
  const texts = names.map((name) => {
    const text = explained(name);
    return text ? `${name}: ${text}` : name;
  });
  return [...texts, description].filter(Boolean).join("\n");
}
