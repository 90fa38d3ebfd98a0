/** `sinch config set` */
import { changeProfile } from "../../config/profiles.ts";
import { resolveProfile } from "../../config/resolve.ts";
import { usageError } from "../../errors.ts";
import { done } from "../../output/details.ts";
import { suggest } from "../../runtime/suggest.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { Cli } from "../cli.ts";
import { command } from "../command.ts";
import type { Context } from "../context.ts";
import {
  ASSIGNMENT,
  checkValue,
  parseKey,
  SETTABLE,
  withoutGroup,
} from "./setting_key.ts";

export const create = (cli: Cli) =>
  command(
    `Set defaults in the profile: ${SETTABLE.join(", ")}. ` +
      "Write one or more key=value, or one key and value. key= removes the value.",
  )
    .type("assignment", ASSIGNMENT)
    .arguments("<key=value...:assignment>")
    .example(
      "Set the default app",
      "sinch config set appId=01HW7APP0000000000000000AA",
    )
    .example(
      "Set the default region and channel",
      "sinch config set region=eu channel=WHATSAPP",
    )
    .example(
      "Set the SMS sender of another profile",
      "sinch config set sender=Acme --profile work",
    )
    .example("Remove the default channel", "sinch config set channel=")
    .action(action(cli, (context, _, ...words) => set(context, words)));

async function set(
  { runtime, flags }: Context,
  words: string[],
): Promise<View> {
  const values = Object.fromEntries(
    assignments(withoutGroup(words)).map(([word, text]) => {
      const key = parseKey(word, SETTABLE);
      return [key, checkValue(key, text)];
    }),
  );
  const { name } = await resolveProfile(runtime, flags);
  await changeProfile(runtime, name, values);
  const changes = Object.entries(values)
    .map(([key, value]) => ({ key, value: value ?? null }));
  const [only, ...others] = changes;
  return {
    json: others.length === 0
      ? { profile: name, ...only }
      : { profile: name, changes },
    text: (style) =>
      changes.map(({ key, value }) =>
        done(
          `${key} ${
            value === null ? "removed" : `set to ${value}`
          } (profile ${name})`,
          style,
        )
      ).join(""),
  };
}

function assignments(words: string[]): [word: string, text: string][] {
  const [first = "", second = ""] = words;
  if (words.length === 2 && !first.includes("=")) {
    return [[first, second.trim()]];
  }
  return words.map((word) => {
    const equals = word.indexOf("=");
    if (equals > 0) {
      return [word.slice(0, equals), word.slice(equals + 1).trim()];
    }
    throw usageError(
      `Each setting must be key=value, got "${word}"`,
      `Use \`${suggest`config set region=eu`}\`. You can set: ${
        SETTABLE.join(", ")
      }.`,
    );
  });
}
