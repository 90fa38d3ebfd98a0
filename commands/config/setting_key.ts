/** The settings of a profile as words on the command line. */
import { parseChannel } from "../../options/channel.ts";
import { nearest } from "../../options/nearest.ts";
import { checkRegion } from "../../config/resolve.ts";
import { usageError } from "../../errors.ts";
import { idOf } from "../../options/kinds.ts";
import { SENDER } from "../../options/send_kinds.ts";
import { ValueType } from "../../options/value_type.ts";
import { suggest } from "../../runtime/suggest.ts";
import { type SettingName, SETTINGS } from "../settings_view.ts";

/** Other spellings of a key, besides its own with dashes or in any case. */
const ALIASES: Record<string, SettingName> = {
  app: "appId",
  project: "projectId",
  key: "keyId",
  from: "sender",
};

/** The check of each key that may be set; the value as it is kept. */
const CHECKS: { [Key in SettingName]?: (value: string) => string } = {
  region: (value) => checkRegion({ value, source: "region" }).value,
  appId: (value) => idOf("apps").check(value, "appId"),
  channel: (value) => parseChannel(value, "channel"),
  sender: (value) => SENDER.check(value, "sender"),
};

export const NAMES = Object.keys(SETTINGS) as SettingName[];
export const SETTABLE = Object.keys(CHECKS) as SettingName[];

/** The word for a setting; `run` reads it together with those around it. */
export const KEY = words(NAMES);
export const ASSIGNMENT = words(SETTABLE.map((key) => `${key}=`));

function words(values: readonly string[]): ValueType<string> {
  return new ValueType(
    (word) => word,
    values.map((value) => ({ value, text: "" })),
  );
}

/**
 * `app-id`, `appID` and `app` are all `appId`.
 *
 * @param offered Those that an error lists.
 * @throws {Failure} usage: there is no such setting
 */
export function parseKey(
  word: string,
  offered: readonly SettingName[],
): SettingName {
  const plain = normal(word);
  const found = NAMES.find((name) => normal(name) === plain) ??
    (Object.hasOwn(ALIASES, plain) ? ALIASES[plain] : undefined);
  if (found) return found;
  const similar = nearest(word, offered);
  throw usageError(
    `Unknown setting "${word}"`,
    (similar ? `Did you mean ${similar}? ` : "") +
      `The settings are ${offered.join(", ")}.`,
  );
}

/**
 * The value as it is kept; nothing for an empty one, which removes it.
 *
 * @throws {Failure} usage: the setting cannot be set, or not to this value
 */
export function checkValue(
  key: SettingName,
  value: string,
): string | undefined {
  const check = CHECKS[key];
  if (check) return value === "" ? undefined : check(value);
  throw usageError(
    `${key} cannot be set without the key secret`,
    `Run \`${suggest`auth login`}\`.`,
  );
}

/**
 * The words without `conversation`, the product group that the documentation
 * puts before a key; there is no other group here.
 */
export function withoutGroup(words: string[]): string[] {
  return words.length > 1 && words[0] === "conversation"
    ? words.slice(1)
    : words;
}

function normal(word: string): string {
  return word.toLowerCase().replace(/[-_]/g, "");
}
