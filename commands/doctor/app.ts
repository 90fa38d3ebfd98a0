/** Checks of the default app: region, channels and webhooks. */
import {
  type App,
  type ChannelState,
  getApp,
  listApps,
} from "../../api/apps.ts";
import { listWebhooks, type Webhook } from "../../api/webhooks.ts";
import { type Region, REGIONS } from "../../config/region.ts";
import type { Sourced } from "../../config/resolve.ts";
import { Failure, isStop } from "../../errors.ts";
import { isLoopback } from "../../runtime/loopback.ts";
import type { Context } from "../context.ts";
import { attempt, type Finding } from "./finding.ts";
import { suggest } from "../../runtime/suggest.ts";

/** A context for the same account in another region. */
export type InRegion = (region: Region) => Context;

export async function findApp(
  context: Context,
  inRegion: InRegion,
): Promise<Finding[]> {
  const { appId } = await context.settings();
  // Also shows whether the key has access to the project.
  const { apps = [] } = await context.read(listApps());
  const [only, ...others] = apps;
  if (!appId && (!only || others.length > 0)) {
    return [{
      check: "App",
      state: "warning",
      found: only
        ? `no default app, and the project has ${apps.length} apps: commands need --app`
        : "the project has no apps in this region",
      fix: only
        ? suggest`conversation apps use`
        : suggest`conversation apps create`,
    }];
  }
  const app = appId ? apps.find(({ id }) => id === appId.value) : only;
  if (!app) return [await findRegion(context, appId!, inRegion)];
  return [
    ...describe(app, appId?.source ?? "the project's only app"),
    ...channels(app),
    ...await attempt("Webhooks", () => findWebhooks(context, app.id)),
  ];
}

/** Which other region has the app: IDs do not show their region. */
async function findRegion(
  context: Context,
  app: Sourced<string>,
  inRegion: InRegion,
): Promise<Finding> {
  const { region, urls } = await context.settings();
  const others = REGIONS.filter((other) => other !== region.value);
  const knows = await Promise.all(others.map(async (other) => {
    await using elsewhere = inRegion(other);
    const settings = await elsewhere.settings();
    // A configured host is the same one for every region.
    if (settings.urls.conversation === urls.conversation) return false;
    return await elsewhere.read(getApp(app.value)).then(
      () => true,
      (error) => {
        if (error instanceof Failure && !isStop(error)) {
          return false;
        }
        throw error;
      },
    );
  }));
  const home = others.find((_, at) => knows[at]);
  return home
    ? {
      check: "Region",
      state: "broken",
      found:
        `app ${app.value} is in ${home}, not in ${region.value} (${region.source})`,
      fix: region.source.startsWith("SINCH_")
        ? `export SINCH_REGION=${home}`
        : suggest`config set region=${home}`,
    }
    : {
      check: "App",
      state: "broken",
      found:
        `app ${app.value} (${app.source}) not found in region ${region.value}`,
      fix: suggest`conversation apps use`,
    };
}

function describe(app: App, source: string): Finding[] {
  const name = app.display_name ?? "unnamed app";
  const findings: Finding[] = [{
    check: "App",
    state: "ok",
    found: `${name} (${app.id}, ${source})`,
  }];
  if (app.processing_mode === "DISPATCH") {
    findings.push({
      check: "App",
      state: "note",
      found:
        "DISPATCH mode: no contacts or conversations; list messages with --source dispatch",
      fix:
        suggest`conversation apps update ${app.id} --processing-mode CONVERSATION`,
    });
  }
  return findings;
}

function channels({ id, channel_credentials = [] }: App): Finding[] {
  if (channel_credentials.length === 0) {
    return [{
      check: "Channels",
      state: "warning",
      found: "the app has no channels and cannot send messages",
      fix:
        `Add a channel in the dashboard, or run ${suggest`conversation apps update ${id} --channel-credentials @channels.json`}`,
    }];
  }
  const isActive = ({ state }: ChannelState) => state?.status === "ACTIVE";
  const active = channel_credentials.filter(isActive)
    .map(({ channel }) => channel);
  const others = channel_credentials.filter((each) => !isActive(each))
    .map(inactiveChannel);
  return active.length === 0 ? others : [
    { check: "Channels", state: "ok", found: `ACTIVE: ${active.join(", ")}` },
    ...others,
  ];
}

function inactiveChannel({ channel, state }: ChannelState): Finding {
  const reason = state?.description ? `: ${state.description}` : "";
  const found = `${channel} is ${
    state?.status ?? "in an unknown state"
  }${reason}`;
  return state?.status === "PENDING"
    ? {
      check: "Channels",
      state: "warning",
      found,
      fix: "Wait until the channel is set up.",
    }
    : {
      check: "Channels",
      state: "broken",
      found,
      fix: `Correct the ${channel} credentials in the dashboard.`,
    };
}

async function findWebhooks(
  context: Context,
  appId: string,
): Promise<Finding[]> {
  const { webhooks = [] } = await context.read(listWebhooks(appId));
  if (webhooks.length > 0) return webhooks.map(describeWebhook);
  return [{
    check: "Webhooks",
    state: "warning",
    found: "no webhooks: delivery reports and inbound messages go nowhere",
    fix:
      suggest`conversation webhooks create --app ${appId} --target https://example.com/hook --triggers MESSAGE_INBOUND,MESSAGE_DELIVERY`,
  }];
}

function describeWebhook(
  { id, target = "", target_type, triggers = [] }: Webhook,
): Finding {
  const change = (found: string, ...flags: string[]): Finding => ({
    check: "Webhooks",
    state: "warning",
    found: `${id} ${found}`,
    fix: suggest`conversation webhooks update ${id} ${flags}`,
  });
  if (target_type === "DISMISS") {
    return change(
      "has target type DISMISS and is never called",
      "--target-type",
      "HTTP",
    );
  }
  if (triggers.length === 0) {
    return change(
      "has no triggers and is never called",
      "--triggers",
      "MESSAGE_INBOUND,MESSAGE_DELIVERY",
    );
  }
  const url = URL.parse(target);
  if (url?.protocol !== "https:" && !isLoopback(url?.hostname ?? "")) {
    return change(
      `calls ${target} over unencrypted HTTP`,
      "--target",
      `https://${url?.host ?? "example.com"}${url?.pathname ?? ""}`,
    );
  }
  return { check: "Webhooks", state: "ok", found: `${id} calls ${target}` };
}
