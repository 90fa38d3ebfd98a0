/** SMS and MMS. */
import { MB } from "./media.ts";
import { flag, positive } from "./properties.ts";
import { atMost, type ChannelRules, type Property } from "./rules.ts";
import { cardTitle, text } from "./selectors.ts";
import { isGsm7 } from "./sms_parts.ts";

const MAX_ALPHANUMERIC = 11;
const MAX_NUMBER = 18;

/** A name, not a number. */
export function isAlphanumeric(sender: string): boolean {
  return !/^\+?\d+$/.test(sender);
}

const SMS_SENDER: Property = {
  form:
    `must be a number of at most ${MAX_NUMBER} digits, or a name of at most ${MAX_ALPHANUMERIC} characters of the GSM-7 alphabet`,
  isValid: (sender) =>
    isAlphanumeric(sender)
      ? sender.length <= MAX_ALPHANUMERIC && [...sender].every(isGsm7)
      : sender.replace("+", "").length <= MAX_NUMBER,
  source: "S17, S22",
};

/** Every content becomes a text; media and locations become links. */
export const SMS: ChannelRules = {
  name: "SMS",
  native: ["text_message", "media_message", "location_message"],
  refused: ["list_message"],
  rules: [
    atMost("Text", text, 2000, "characters", "risk", "S28"),
  ],
  properties: {
    SMS_SENDER,
    SMS_FLASH_MESSAGE: flag("S17"),
    SMS_MAX_NUMBER_OF_MESSAGE_PARTS: positive("S17, S21"),
  },
  reports: "DELIVERED",
  remarks: [
    "GSM-7 holds 160 septets in one part and 153 in each of several; any other character makes the whole text UCS-2, 70 and 67. Each part is charged as a message.",
    "A text with more parts than SMS_MAX_NUMBER_OF_MESSAGE_PARTS is not sent: MESSAGE_SPLIT_REQUIRED.",
    "A name as sender does not work in the US and Canada, and cannot be answered.",
  ],
};

const MMS_TYPES = {
  image: { types: ["image/jpeg", "image/png", "image/gif", "image/bmp"] },
  video: { types: ["video/mp4", "video/3gpp"] },
  audio: { types: ["audio/mpeg", "audio/wav", "audio/amr"] },
  document: { types: ["text/vcard", "application/pdf"] },
};

export const MMS: ChannelRules = {
  name: "MMS",
  native: ["text_message", "media_message", "card_message"],
  refused: ["list_message"],
  rules: [
    atMost("Card title", cardTitle, 80, "characters", "cut", "S24"),
    atMost("Card title", cardTitle, 40, "characters", "advice", "S24"),
  ],
  media: {
    kinds: Object.fromEntries(
      Object.entries(MMS_TYPES).map(([kind, limit]) => [
        kind,
        { ...limit, maxBytes: 100 * MB },
      ]),
    ),
    others: "fails",
    source: "S24",
  },
  properties: {
    MMS_STRICT_VALIDATION: flag("S18"),
  },
  reports: "DELIVERED",
  remarks: [
    "Works in the US, Canada and Australia only.",
    "Requires a sender: MMS_SENDER, or the default sender of the app.",
    "The title of a card is the subject. Keep media below 1 MB: networks compress or refuse more.",
  ],
};
