/** Channels as people type them. */
import { type Channel, CHANNELS, DOCUMENTED_CHANNELS } from "../api/channel.ts";
import { usageError } from "../errors.ts";
import { anyOf } from "./checks.ts";
import { nearest } from "./nearest.ts";

const SPELLINGS = [...Object.keys(CHANNELS), "VIBER"];

/**
 * The channel a text names, in any case. `VIBER` is the documented word for
 * what the API calls `VIBERBM` since Viber Bot was retired.
 *
 * @throws {Failure} "usage" for an unknown one, with the nearest.
 */
export function parseChannel(text: string, at: string): Channel {
  const word = text.trim().toUpperCase();
  const channel = word === "VIBER" ? "VIBERBM" : word;
  if (Object.hasOwn(CHANNELS, channel)) return channel as Channel;
  const [first, ...others] = text.split(",");
  const similar = nearest(word, SPELLINGS);
  throw usageError(
    `${at} must be ${anyOf(DOCUMENTED_CHANNELS)}, got "${text}"`,
    others.length > 0 && at === "--channel"
      ? `Give one channel. To try others after it: --channel ${first} --fallback ${
        others.join(",")
      }`
      : similar && `Did you mean ${similar}?`,
  );
}
