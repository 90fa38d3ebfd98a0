/** What `sinch sandbox reply` has the person do: from options to one deed. */
import { usageError } from "../../errors.ts";
import type { Deed } from "./phone.ts";
import { suggest } from "../../runtime/suggest.ts";

export interface DeedFlags {
  replyTo?: string;
  media?: string;
  caption?: string;
  /** `true` where the coordinates stand in --lat and --lng. */
  location?: string | true;
  lat?: string;
  lng?: string;
  name?: string;
  typing?: boolean;
  typingEnd?: boolean;
  react?: string;
  unreact?: boolean;
}

type Kind =
  | "text"
  | "media"
  | "location"
  | "typing"
  | "typingEnd"
  | "react"
  | "unreact";

const MESSAGES: readonly Kind[] = ["text", "media", "location"];

/**
 * @param messageId the message that a reaction is to, if there is one
 * @throws {Failure} "usage" unless the options name one deed
 */
export function deedOf(
  flags: DeedFlags,
  text: string | undefined,
  messageId: string | undefined,
): Deed {
  const kind = kindOf(flags, text);
  refuseStrays(flags, kind);
  const { replyTo } = flags;
  const message = (content: Record<string, unknown>): Deed => ({
    contact_message: {
      ...content,
      ...replyTo === undefined ? {} : { reply_to: { message_id: replyTo } },
    },
  });
  switch (kind) {
    case "text":
      return message({ text_message: { text } });
    case "media":
      return message(mediaOf(flags));
    case "location":
      return message({ location_message: locationOf(flags) });
    case "typing":
      return { contact_event: { composing_event: {} } };
    case "typingEnd":
      return { contact_event: { composing_end_event: {} } };
    case "react":
    case "unreact":
      return reaction(flags.react, messageId);
  }
}

function kindOf(flags: DeedFlags, text: string | undefined): Kind {
  const { media, location, lat, lng, typing, typingEnd, react, unreact } =
    flags;
  const given: Record<Kind, boolean> = {
    text: text !== undefined,
    media: media !== undefined,
    location: [location, lat, lng].some((one) => one !== undefined),
    typing: typing === true,
    typingEnd: typingEnd === true,
    react: react !== undefined,
    unreact: unreact === true,
  };
  const kinds = (Object.keys(given) as Kind[]).filter((kind) => given[kind]);
  const [kind] = kinds;
  if (kind !== undefined && kinds.length === 1) return kind;
  throw usageError(
    "Give exactly one of [text], --media, --location, --typing, --typing-end, --react and --unreact",
  );
}

/** Refuses what would be ignored. */
function refuseStrays(flags: DeedFlags, kind: Kind): void {
  if (flags.caption !== undefined && kind !== "media") {
    throw usageError("--caption stands beside --media");
  }
  if (flags.name !== undefined && kind !== "location") {
    throw usageError("--name stands beside --location");
  }
  if (flags.replyTo !== undefined && !MESSAGES.includes(kind)) {
    throw usageError(
      "--reply-to stands beside a message: [text], --media or --location",
    );
  }
}

function mediaOf({ media: url, caption }: DeedFlags): Record<string, unknown> {
  return caption === undefined
    ? { media_message: { url } }
    : { media_card_message: { url, caption } };
}

function locationOf(
  { location, lat, lng, name }: DeedFlags,
): Record<string, unknown> {
  if (typeof location === "string" && (lat ?? lng) !== undefined) {
    throw usageError(
      "--location LAT,LNG and --lat with --lng cannot be used together",
    );
  }
  const [latitude, longitude, ...rest] = typeof location === "string"
    ? location.split(",")
    : [lat, lng];
  if (
    typeof location === "string" && (longitude === undefined || rest.length)
  ) {
    throw usageError(
      `--location takes LAT,LNG such as 55.6105,13.0029, got "${location}"`,
    );
  }
  return {
    title: name ?? "Here",
    coordinates: {
      latitude: degrees(latitude, "The latitude (--lat)", 90),
      longitude: degrees(longitude, "The longitude (--lng)", 180),
    },
  };
}

function degrees(text: string | undefined, what: string, max: number): number {
  const value = text?.trim() ? Number(text) : NaN;
  if (Math.abs(value) <= max) return value;
  throw usageError(`${what} must be degrees from -${max} to ${max}`);
}

function reaction(
  emoji: string | undefined,
  message_id: string | undefined,
): Deed {
  if (message_id === undefined) {
    throw usageError(
      "A reaction is to a message: <who> must be its id",
      `\`${suggest`conversation messages list`}\` shows the ids.`,
    );
  }
  return {
    contact_message_event: {
      reaction_event: {
        emoji: emoji ?? "",
        action: emoji === undefined
          ? "REACTION_ACTION_UNREACT"
          : "REACTION_ACTION_REACT",
        message_id,
      },
    },
  };
}
