/** From the options of `sinch sandbox reply` to what the contact does. */
import { usageError } from "../../errors.ts";
import {
  type Coordinates,
  latitudeAndLongitude,
} from "../../options/coordinates.ts";
import { suggest } from "../../runtime/suggest.ts";
import type { ContactAction, ContactContent } from "./inbound.ts";
import type { ReplyOptions } from "./reply_options.ts";

/**
 * @param messageId the message that a reaction is to, if there is one
 * @throws {Failure} "usage" unless the options make exactly one action
 */
export function contactAction(
  options: ReplyOptions,
  text: string | undefined,
  messageId: string | undefined,
): ContactAction {
  const { media, typing, typingEnd, react, unreact, replyTo } = options;
  const place = options.location ?? options.lat ?? options.lng;
  const messages = { "[text]": text, "--media": media, "--location": place };
  const others = {
    "--typing": typing,
    "--typing-end": typingEnd,
    "--react": react,
    "--unreact": unreact,
  };
  const [one, other] = Object.entries({ ...messages, ...others })
    .filter(([, value]) => value !== undefined).map(([name]) => name);
  if (other) throw usageError(`${one} and ${other} cannot be used together`);
  if (!one) {
    throw usageError(
      "Missing [text]",
      `Instead of a text, use ${
        Object.keys({ ...messages, ...others }).slice(1).join(", ")
      }.`,
    );
  }
  const requirements = [
    ["--caption", options.caption, media, "--media"],
    ["--name", options.name, place, "--location"],
    [
      "--reply-to",
      replyTo,
      text ?? media ?? place,
      "[text], --media or --location",
    ],
  ] as const;
  for (const [name, value, needed, needs] of requirements) {
    if (value !== undefined && needed === undefined) {
      throw usageError(`${name} requires ${needs}`);
    }
  }
  if (typing) return { contact_event: { composing_event: {} } };
  if (typingEnd) return { contact_event: { composing_end_event: {} } };
  if (react !== undefined || unreact) return reaction(react, messageId);
  return {
    contact_message: {
      ...contentOf(options, text),
      ...replyTo !== undefined && { reply_to: { message_id: replyTo } },
    },
  };
}

function contentOf(
  options: ReplyOptions,
  text: string | undefined,
): ContactContent {
  const { media: url, caption, name = "Here" } = options;
  if (text !== undefined) return { text_message: { text } };
  if (url === undefined) {
    const coordinates = coordinatesOf(options);
    return { location_message: { title: name, coordinates } };
  }
  return caption === undefined
    ? { media_message: { url } }
    : { media_card_message: { url, caption } };
}

function coordinatesOf(options: ReplyOptions): Coordinates {
  const { lat, lng } = latitudeAndLongitude(options);
  if (lat === undefined) throw usageError("Missing --lat");
  if (lng === undefined) throw usageError("Missing --lng");
  return { latitude: lat, longitude: lng };
}

function reaction(
  emoji: string | undefined,
  message_id: string | undefined,
): ContactAction {
  if (message_id === undefined) {
    throw usageError(
      "<from> must be a message ID with --react or --unreact",
      `Run \`${suggest`conversation messages list`}\` to find it.`,
    );
  }
  return {
    contact_message_event: {
      reaction_event: emoji === undefined
        ? { emoji: "", action: "REACTION_ACTION_UNREACT", message_id }
        : { emoji, action: "REACTION_ACTION_REACT", message_id },
    },
  };
}
