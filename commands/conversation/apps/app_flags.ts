/** The flags that `apps create` and `apps update` share. */
import type { AppOptions } from "../../../options/app_options.ts";
import type { AnyCommand } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { DRY_RUN, SHOW_SECRETS } from "../../command.ts";
import { textReader } from "../../text_reader.ts";

export function addAppFlags(command: AnyCommand): AnyCommand {
  return command
    .option(
      "--processing-mode <mode:plain>",
      "CONVERSATION keeps contacts, conversations and messages; DISPATCH, the API's default, only sends.",
    )
    .option(
      "--channel-credentials <json:plain>",
      "Every channel of the app with its credentials, as a JSON list; @file, or - for standard input, keep them out of the shell's history.",
    )
    .option(...DRY_RUN)
    .option(...SHOW_SECRETS);
}

/** The options with what `@file` and `-` stand for. */
export async function readAppOptions(
  { runtime }: Context,
  flags: AppOptions & CommonFlags,
): Promise<AppOptions> {
  const { name, processingMode, channelCredentials } = flags;
  return {
    name,
    processingMode,
    channelCredentials: channelCredentials === undefined
      ? undefined
      : await textReader(runtime)(channelCredentials, "--channel-credentials"),
  };
}
