/** `sinch sandbox clock advance` */
import { Command } from "@cliffy/command";
import { usageError } from "../../../errors.ts";
import type { View } from "../../../output/view.ts";
import { durationMs } from "../../../sandbox/contract/duration.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import { askSandbox } from "../control.ts";
import { clockView } from "./clock_view.ts";

const MAX_MS = 3650 * 24 * 60 * 60 * 1000;

export function create(cli: Cli): AnyCommand {
  return (new Command() as AnyCommand)
    .description(
      "Put the sandbox's time forward: what comes due in that time happens now. Messages run out of their ttl, WhatsApp's window closes, access tokens end, batches are sent.",
    )
    .arguments("<duration:plain>")
    .example("WhatsApp's window closes", "sinch sandbox clock advance 25h")
    .example("Access tokens end", "sinch sandbox clock advance 61m")
    .action(action(cli, advance));
}

async function advance(
  context: Context,
  _flags: unknown,
  duration: string,
): Promise<View> {
  const by_ms = durationMs(duration);
  if (by_ms === undefined || by_ms < 1 || by_ms > MAX_MS) {
    throw usageError(
      `<duration> must be from 1ms to 3650d, with its unit, got "${duration}"`,
      "Such as 500ms, 90s, 10m, 25h or 7d.",
    );
  }
  return clockView(
    await askSandbox(context, "POST", "clock:advance", {
      by_ms: Math.round(by_ms),
    }),
  );
}
