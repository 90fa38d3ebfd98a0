/**
 * Why a channel refuses a content.
 *
 * @see https://developers.sinch.com/docs/conversation/channel-support/
 */
import type { JsonObject } from "../contract/checks.ts";
import type { AppMessage } from "./message_content.ts";
import type { ShowFailure, Shown } from "./transcode.ts";

const MAX_RCS_TEXT = 3072;
const MAX_RCS_TITLE = 200;
const MAX_RCS_DESCRIPTION = 2000;

/** Where a message is shown. */
export interface Place {
  channel: string;
  channelProperties?: Record<string, string> | null;
  /** The app, as the API shows it. */
  app: JsonObject;
}

/** A reason code, or undefined if the channel accepts it. */
export function faultOfShown(
  shown: Shown | { failure: ShowFailure },
  { channel, channelProperties, app }: Place,
): string | undefined {
  if ("failure" in shown) return shown.failure;
  const properties = channelProperties ?? {};
  if (channel === "SMS") {
    const maxParts = properties.SMS_MAX_NUMBER_OF_MESSAGE_PARTS ?? "";
    return /^[1-9]\d*$/.test(maxParts) && shown.sms!.parts > Number(maxParts)
      ? "MESSAGE_SPLIT_REQUIRED"
      : undefined;
  }
  if (channel === "MMS" && !properties.MMS_SENDER && !defaultSender(app)) {
    return "CHANNEL_BAD_CONFIGURATION";
  }
  return channel === "RCS" && isTooLongForRcs(shown.content)
    ? "BAD_REQUEST"
    : undefined;
}

function defaultSender(app: JsonObject): string | undefined {
  const credentials = app.channel_credentials as {
    channel: string;
    mms_credentials?: { default_sender?: string };
  }[];
  return credentials.find(({ channel }) => channel === "MMS")
    ?.mms_credentials?.default_sender;
}

function isTooLongForRcs(content: AppMessage): boolean {
  const { card_message: card, carousel_message: carousel } = content;
  const { text } = content.text_message ??
    content.choice_message?.text_message ?? {};
  return isLonger(text, MAX_RCS_TEXT) ||
    [...card ? [card] : [], ...carousel?.cards ?? []].some((
      { title, description },
    ) =>
      isLonger(title, MAX_RCS_TITLE) ||
      isLonger(description, MAX_RCS_DESCRIPTION)
    );
}

/** Characters, not UTF-16 units. */
function isLonger(text: string | null | undefined, max: number): boolean {
  return (text ?? "").length > max && [...text!].length > max;
}
