/** How an app is shown. Its credentials never are, only what they are for. */
import { source } from "../../../api/answer.ts";
import type { App } from "../../../api/apps.ts";
import { details, done, type Fields } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import type { Context } from "../../context.ts";

/** `SMS, WHATSAPP`, in order of priority. */
export function channelsOf({ channel_credentials = [] }: App): string {
  return channel_credentials.map(({ channel }) => channel).join(", ");
}

/** An app, under a line that says what was done if something was. */
export async function appView(
  context: Context,
  app: App,
  title?: string,
): Promise<View> {
  const { region, appId } = await context.settings();
  const fields: Fields = [
    ["ID", app.id],
    ["Name", app.display_name],
    ["Region", region.value],
    ["Mode", app.processing_mode],
    ["Channels", channelStates(app) || "none yet"],
    ["Retention", retention(app)],
    ["Default", app.id === appId?.value ? "yes" : undefined],
  ];
  return {
    json: context.concealed(source(app)),
    text: (style) => (title ? done(title, style) : "") + details(fields, style),
  };
}

/** `SMS (ACTIVE), WHATSAPP (FAILING: wrong token)` */
function channelStates({ channel_credentials = [] }: App): string {
  return channel_credentials.map(({ channel, state }) => {
    const words = [state?.status, state?.description].filter(Boolean);
    return words.length > 0 ? `${channel} (${words.join(": ")})` : channel;
  }).join(", ");
}

/** How long messages are kept; by default a dispatching app keeps none. */
function retention(app: App): string | undefined {
  const days = app.processing_mode === "DISPATCH"
    ? app.dispatch_retention_policy?.ttl_days
    : app.retention_policy?.ttl_days;
  if (days === undefined) return undefined;
  return days === "0" ? "messages are not kept" : `messages for ${days} days`;
}
