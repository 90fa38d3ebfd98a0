/** `sinch config set`: a default for every command, kept in the profile. */
import { Command } from "@cliffy/command";
import { changeProfile } from "../../config/profiles.ts";
import { resolveProfile } from "../../config/resolve.ts";
import { usageError } from "../../errors.ts";
import { done } from "../../output/details.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { CommonFlags, Context } from "../context.ts";
import { checkValue, parseKey, SETTABLE, withoutGroup } from "./setting_key.ts";

export function create(cli: Cli): AnyCommand {
  return (new Command() as AnyCommand)
    .description(
      `Set ${SETTABLE.join(", ")} of the profile: key=value, or key value. ` +
        "key= removes the value. `conversation` may stand before the key.",
    )
    .arguments("<key=value...:plain>")
    .example(
      "Default app",
      "sinch config set conversation appID=01HW7APP0000000000000000AA",
    )
    .example("Default region", "sinch config set region eu")
    .example(
      "Of another profile",
      "sinch config set sender=Acme --profile work",
    )
    .example("No default channel any more", "sinch config set channel=")
    .action(action(cli, set));
}

async function set(
  { runtime }: Context,
  flags: CommonFlags,
  ...words: string[]
): Promise<View> {
  const { word, text } = parseAssignment(withoutGroup(words));
  const key = parseKey(word);
  const value = checkValue(key, text);
  const { name } = await resolveProfile(runtime, flags);
  await changeProfile(runtime, name, { [key]: value });
  return {
    json: { profile: name, key, value: value ?? null },
    text: (style) =>
      done(
        value === undefined
          ? `${key} removed (profile ${name})`
          : `${key} is ${value} (profile ${name})`,
        style,
      ),
  };
}

function parseAssignment(words: string[]): { word: string; text: string } {
  const [first = "", ...rest] = words;
  const equals = first.indexOf("=");
  if (equals > 0 && rest.length === 0) {
    return {
      word: first.slice(0, equals),
      text: first.slice(equals + 1).trim(),
    };
  }
  if (equals < 0 && rest.length === 1) {
    return { word: first, text: rest[0]!.trim() };
  }
  throw usageError(
    `Cannot tell the key from the value in "${words.join(" ")}"`,
    "Write key=value, or key value.",
  );
}
