/** `sinch sandbox clock advance` */
import { refusal } from "../../../options/checks.ts";
import { ValueType } from "../../../options/value_type.ts";
import type { View } from "../../../output/view.ts";
import { durationMs } from "../../../sandbox/contract/duration.ts";
import type { Cli } from "../../cli.ts";
import { command } from "../../command.ts";
import type { Context } from "../../context.ts";
import { askSandbox } from "../control.ts";
import { action } from "../../action.ts";
import { type Clock, clockView } from "./clock_view.ts";

const MAX_MS = 3650 * 24 * 60 * 60 * 1000;

/** Whole milliseconds. */
const DURATION = new ValueType((text, at) => {
  const ms = durationMs(text);
  if (ms !== undefined && ms >= 1 && ms <= MAX_MS) return Math.round(ms);
  throw refusal(
    at,
    "must be from 1ms to 3650d, such as 90s, 10m, 25h or 7d",
    text,
  );
});

export const create = (cli: Cli) =>
  command(
    "Advance the sandbox clock, and do everything that becomes due: messages expire, WhatsApp's 24-hour window closes, access tokens expire, batches are sent.",
  )
    .type("duration", DURATION)
    .arguments("<duration:duration>")
    .example(
      "Close WhatsApp's 24-hour window",
      "sinch sandbox clock advance 25h",
    )
    .example("Expire access tokens", "sinch sandbox clock advance 61m")
    .action(action(cli, advance));

async function advance(
  context: Context,
  _options: unknown,
  by_ms: number,
): Promise<View> {
  return clockView(
    await askSandbox<Clock>(context, {
      method: "POST",
      path: "clock:advance",
      body: { by_ms },
    }),
  );
}
