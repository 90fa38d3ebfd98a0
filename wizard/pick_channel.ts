/** Which channel of an app. */
import type { App, ChannelState } from "../api/apps.ts";
import { CHANNELS, DOCUMENTED_CHANNELS } from "../api/channel.ts";
import { parseChannel } from "../options/channel.ts";
import { Failure } from "../errors.ts";
import { describeApp } from "./pick_app.ts";
import type { Prompter } from "./prompter.ts";

/**
 * The app's only working channel, without a question, or the chosen one.
 * Documented channels that it lacks are listed too, with the reason why they
 * cannot be chosen.
 */
export async function pickChannel(
  prompter: Prompter,
  app: App,
): Promise<string> {
  const own = (app.channel_credentials ?? []).map((credential) => ({
    value: credential.channel,
    label: labelOf(credential.channel),
    disabled: problemOf(credential),
  }));
  const [usable, ...others] = own.filter(({ disabled }) => !disabled);
  if (!usable) throw noChannel(app, own);
  if (others.length === 0) {
    prompter.say(`Using the app's only channel: ${usable.label}`);
    return usable.value;
  }
  const missing = DOCUMENTED_CHANNELS.map((name) =>
    parseChannel(name, "channel")
  )
    .filter((channel) => !own.some(({ value }) => value === channel))
    .map((channel) => ({
      value: channel,
      label: labelOf(channel),
      disabled: "not set up for this app",
    }));
  return await prompter.select<string>({
    message: "Channel",
    search: true,
    choices: [...own, ...missing],
    default: usable.value,
  });
}

function labelOf(channel: string): string {
  const name = Object.hasOwn(CHANNELS, channel)
    ? CHANNELS[channel as keyof typeof CHANNELS].name
    : undefined;
  return name && name !== channel ? `${channel}  ${name}` : channel;
}

/** Why nothing can be sent on it yet. */
function problemOf({ state }: ChannelState): string | undefined {
  if (!state?.status || state.status === "ACTIVE") return undefined;
  return [state.status.toLowerCase(), state.description]
    .filter(Boolean).join(": ");
}

function noChannel(
  app: App,
  own: { label: string; disabled?: string }[],
): Failure {
  const states = own.map(({ label, disabled }) => `${label} is ${disabled}`);
  return new Failure(
    "not_found",
    `The app ${describeApp(app)} has no channel to send on` +
      (states.length > 0 ? `: ${states.join(", ")}` : ""),
    { hint: "Set up a channel in the Sinch dashboard, or use another --app." },
  );
}
