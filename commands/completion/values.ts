/** What the value of each option and argument can be, as far as that is known. */
import { EnumType } from "@cliffy/command";
import {
  type Candidate,
  type LiveKind,
  ValueType,
} from "../../options/value_type.ts";
import { CHANNELS } from "../../api/channel.ts";
import { REGIONS } from "../../config/region.ts";
import type { AnyCommand } from "../cli.ts";
import type { Option } from "../command_line.ts";
import { SETTABLE } from "../config/setting_key.ts";

/** With `list`, several of them between commas. */
export type Values =
  | "files"
  | { fixed: readonly Candidate[]; list?: true }
  | { live: LiveKind; list?: true };

const channels = words(
  Object.entries(CHANNELS).map(([value, { name }]) => ({ value, text: name })),
);

/** By the option's name. */
const OPTIONS: Record<string, Values> = {
  app: { live: "apps" },
  channel: channels,
  "credentials-file": "files",
  "env-file": "files",
  profile: { live: "profiles" },
  region: words(REGIONS),
};

/** Whatever its value is, it can be read from a file: `@file`. */
const TEXT: Values = { fixed: [] };

export function optionValues(command: AnyCommand, option: Option): Values {
  const type = option.args[0]?.type ?? "";
  const handler = command.getType(type)?.handler;
  if (handler instanceof EnumType) return words(handler.values().map(String));
  if (handler instanceof ValueType) {
    return valuesOf(handler, option.args[0]?.list);
  }
  return OPTIONS[option.name] ?? TEXT;
}

function valuesOf({ candidates }: ValueType<unknown>, isList = false): Values {
  if (candidates === "files") return candidates;
  return {
    ...candidates instanceof Array ? { fixed: candidates } : candidates,
    ...isList && { list: true },
  };
}

/** By the group of a command and the name of its argument. */
const ARGUMENTS: Record<string, Values> = {
  "config key": words(SETTABLE),
  "config key=value": words(SETTABLE.map((key) => `${key}=`)),
  "profile name": { live: "profiles" },
};

/** @param at Which argument, from 0. */
export function argumentValues(
  command: AnyCommand,
  at: number,
): Values | undefined {
  const { name, type = "" } = command.getArguments()[at] ?? {};
  const handler = command.getType(type)?.handler;
  if (handler instanceof ValueType) return valuesOf(handler);
  // The name of something new is nobody's yet.
  if (name === undefined || command.getName() === "create") return undefined;
  return ARGUMENTS[`${command.getParent()?.getName()} ${name}`];
}

function words(
  values: readonly (string | Candidate)[],
): { fixed: readonly Candidate[] } {
  return {
    fixed: values.map((value) =>
      typeof value === "string" ? { value, text: "" } : value
    ),
  };
}
