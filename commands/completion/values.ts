/** What the value of each option and argument can be, as far as that is known. */
import { EnumType } from "@cliffy/command";
import {
  type Candidate,
  type LiveKind,
  ValueType,
} from "../../options/value_type.ts";
import { CHANNELS } from "../../api/channel.ts";
import { CARD_HEIGHTS, MESSAGE_TYPES } from "../../api/message_body.ts";
import { TRIGGERS } from "../../api/webhooks.ts";
import { REGIONS } from "../../config/resolve.ts";
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
  contact: { live: "contacts" },
  conversation: { live: "conversations" },
  "credentials-file": "files",
  direction: words(["TO_APP", "TO_CONTACT"]),
  "env-file": "files",
  fallback: { ...channels, list: true },
  height: words(CARD_HEIGHTS),
  "processing-strategy": words(["DEFAULT", "DISPATCH_ONLY"]),
  profile: { live: "profiles" },
  queue: words(["NORMAL_PRIORITY", "HIGH_PRIORITY"]),
  region: words(REGIONS),
  source: words(["conversation", "dispatch"]),
  status: words(["WAITING", "DELIVERED", "FAILED"]),
  state: words(["ACTIVE", "INACTIVE", "CLOSED"]),
  store: "files",
  "target-type": words(["HTTP", "DISMISS"]),
  template: { live: "templates" },
  "template-kind": words(["omni", "channel"]),
  triggers: {
    ...words(["all", ...Object.values(TRIGGERS).flat()]),
    list: true,
  },
  type: words(MESSAGE_TYPES),
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
  "apps id": { live: "apps" },
  "config key": words(SETTABLE),
  "config key=value": words(SETTABLE.map((key) => `${key}=`)),
  "contacts destination-id": { live: "contacts" },
  "contacts id": { live: "contacts" },
  "contacts source-id": { live: "contacts" },
  "conversations id": { live: "conversations" },
  "messages id": { live: "messages" },
  "profile name": { live: "profiles" },
  "templates id": { live: "templates" },
  "sandbox message-id": { live: "messages" },
  "sandbox trigger": words(Object.values(TRIGGERS).flat()),
  "webhooks id": { live: "webhooks" },
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
