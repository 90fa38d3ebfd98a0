/** `sinch conversation messages delete` */
import { Command } from "@cliffy/command";
import { deleteMessage } from "../../../api/messages.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import {
  confirmLoss,
  CONSENT_OPTION,
  type ConsentFlags,
} from "../../confirm.ts";
import type { Context } from "../../context.ts";
import { deleted } from "../../deleted.ts";
import { DRY_RUN_OPTION } from "../../shared_flags.ts";
import { messageId } from "./message_id.ts";
import {
  SOURCE_OPTION,
  type SourceFlags,
  sourceOf,
  withSourceHint,
} from "./source.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command();
  return command
    .description(
      "Delete a message from Sinch's storage. A delivered message stays on the handset, its conversation is kept.",
    )
    .arguments("[id:plain]")
    .option(...CONSENT_OPTION)
    .option(...SOURCE_OPTION)
    .option(...DRY_RUN_OPTION)
    .example(
      "Ask, then delete",
      "sinch conversation messages delete 01JA7V5Q0M2N8B3C4D5E6F7G8H",
    )
    .example(
      "In a script",
      "sinch conversation messages delete 01JA7V5Q0M2N8B3C4D5E6F7G8H --force",
    )
    .action(action(cli, remove));
}

async function remove(
  context: Context,
  flags: SourceFlags & ConsentFlags,
  given?: string,
): Promise<View> {
  const source = sourceOf(flags);
  const id = await messageId(context, given, source);
  await confirmLoss(context, flags, {
    action: `Delete message ${id}`,
    consequence:
      "It goes from Sinch's storage and cannot be brought back; on the handset it stays.",
  });
  return await withSourceHint(
    source,
    () =>
      context.change(deleteMessage(id, source), () => deleted("Message", id)),
  );
}
