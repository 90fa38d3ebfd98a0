/** The options that `apps create` and `apps update` share. */
import { CHANNEL_CREDENTIALS, PROCESSING_MODE } from "../../../options/app.ts";
import { command, DRY_RUN, SHOW_SECRETS } from "../../command.ts";

export const appCommand = (description: string) =>
  command(description)
    .type("mode", PROCESSING_MODE)
    .type("credentials", CHANNEL_CREDENTIALS)
    .option(
      "--processing-mode <mode:mode>",
      "CONVERSATION stores contacts, conversations and messages; DISPATCH (the API's default) only sends",
    )
    .option(
      "--channel-credentials <json:credentials>",
      "All channels of the app with their credentials, as a JSON list; use @file or - to keep them out of the shell history",
    )
    .option(...DRY_RUN)
    .option(...SHOW_SECRETS);
