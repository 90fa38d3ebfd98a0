/** `send --recipients`: the plan of a run, read from a file and checked. */
import type { App } from "../../api/apps.ts";
import { getApp } from "../../api/apps.ts";
import { channelFacts } from "../../api/channel.ts";
import { Plan } from "../../bulk/plan.ts";
import { type DUPLICATES, Recipients } from "../../bulk/recipients/read.ts";
import { sourceOf } from "../../bulk/recipients/source.ts";
import { type At, Schedule, type Window } from "../../bulk/schedule.ts";
import { zoneFinder } from "../../bulk/zones.ts";
import { Failure, isStop, usageError } from "../../errors.ts";
import {
  flagOf,
  isGiven,
  missingFailure,
  missingOptions,
  type SendOptions,
  type SendType,
} from "../../options/send.ts";
import { bodyForAnybody, channelsOf } from "../../options/send_request.ts";
import type { View } from "../../output/view.ts";
import { isLoopback } from "../../runtime/loopback.ts";
import type { Context } from "../context.ts";
import { checkOf } from "./check_send.ts";
import { type StartFlags, startRun } from "./bulk/start.ts";
import { type AppQueue, planText, planView } from "./plan_view.ts";

export interface RecipientsFlags {
  recipients?: string;
  recipientColumn?: string;
  columns?: string[];
  defaultCountry?: string;
  duplicates?: typeof DUPLICATES[number];
  encoding?: string;
  at?: At;
  window?: Window;
  strict?: boolean;
  /** Messages a second, at most. */
  rate?: number;
}

type SendRecipientsFlags = RecipientsFlags & StartFlags & {
  recipients: string;
};

/** A message and its recipients, ready to be read row by row. */
export interface Prepared {
  appId: string;
  source: string;
  plan: Plan;
  queue: AppQueue;
}

/** Options that name a single recipient. */
const SINGLE = ["recipient", "contact"] as const;

/**
 * Reads the header of the file, and all that the messages have in common.
 *
 * @param isSent An app is needed; a check does without.
 * @throws {Failure} "usage" for options that do not fit, and for faults of the file.
 */
export async function prepared(
  context: Context,
  type: SendType | undefined,
  options: SendOptions,
  flags: RecipientsFlags & { recipients: string },
  { isSent }: { isSent: boolean },
): Promise<Prepared> {
  const other = SINGLE.find((option) => isGiven(options, option));
  if (other) {
    throw usageError(
      `--recipients and ${flagOf(other)} cannot be used together`,
      "The recipients are in the file.",
    );
  }
  const missing = missingOptions(type, options).filter(([option]) =>
    option !== "recipient" && (isSent || option !== "app")
  );
  if (type === undefined || missing.length > 0) {
    throw missingFailure(missing, options, !context.inSandbox);
  }
  const { sender, credentials, urls } = await context.settings();
  const { hostname } = new URL(urls.conversation);
  const channels = channelsOf(options);
  const appId = options.app ?? "";
  const message = {
    app_id: appId,
    ...bodyForAnybody(type, options, sender?.value),
  };
  const recipients = await Recipients.open(
    sourceOf(context.runtime, flags.recipients),
    {
      ...flags,
      kind: channelFacts(channels[0]!).phone ? "phone" : "identity",
      // Only a sandbox is at home: no phone rings there.
      allowFiction: context.inSandbox || isLoopback(hostname),
      needsTimezone: flags.at !== undefined || flags.window !== undefined,
    },
  );
  try {
    const app = appId && (credentials || isSent)
      ? await appOf(context, appId, isSent)
      : undefined;
    const queue = queueOf(app, flags.rate);
    // What is filled may break the form of a message, whatever made it.
    const check = await checkOf(context, { type: "raw", body: message }, {
      readTemplate: true,
    });
    const plan = new Plan({
      recipients,
      message,
      channels,
      check,
      strict: flags.strict ?? false,
      times: await timesOf(context, flags, queue),
    });
    return { appId, source: flags.recipients, plan, queue };
  } catch (error) {
    await recipients.close();
    throw error;
  }
}

/** Reads and checks the whole file; sends nothing. */
export async function checkRecipients(
  context: Context,
  type: SendType | undefined,
  options: SendOptions,
  flags: RecipientsFlags & { recipients: string },
): Promise<View> {
  const { plan, queue } = await prepared(context, type, options, flags, {
    isSent: false,
  });
  for await (const _ of plan.rows()) context.signal.throwIfAborted();
  return planView(plan, queue);
}

/** Freezes the messages in a run of their own, and sends them. */
export async function sendRecipients(
  context: Context,
  type: SendType | undefined,
  options: SendOptions,
  flags: SendRecipientsFlags,
): Promise<View> {
  const { appId, source, plan, queue } = await prepared(
    context,
    type,
    options,
    flags,
    { isSent: true },
  );
  return await startRun(context, {
    appId,
    source,
    columns: plan.columns,
    rows: plan.rows(),
    summary: () => planText(plan, queue, context.style),
  }, flags);
}

/** @throws {Failure} It cannot be read, where it is to be sent to. */
async function appOf(
  context: Context,
  appId: string,
  isSent: boolean,
): Promise<App | undefined> {
  try {
    return await context.read(getApp(appId));
  } catch (error) {
    if (isSent || !(error instanceof Failure) || isStop(error)) throw error;
    context.note(`The queue of app ${appId} was not read: ${error.message}`);
    return undefined;
  }
}

/** Messages a second that leave the queue of an app, unless it says otherwise. */
const DEFAULT_QUEUE_RATE = 20;
/** Requests a second of a project. */
const API_RATE = 800;

function queueOf(app: App | undefined, rate = API_RATE): AppQueue {
  const outbound = app?.rate_limits?.outbound;
  const size = app?.queue_stats?.outbound_size;
  return {
    requestRate: Math.min(rate, API_RATE),
    rate: typeof outbound === "number" && outbound > 0
      ? outbound
      : DEFAULT_QUEUE_RATE,
    isKnown: typeof outbound === "number" && outbound > 0,
    size: typeof size === "number" ? size : 0,
  };
}

async function timesOf(
  { runtime }: Context,
  { at, window }: RecipientsFlags,
  { rate, requestRate }: AppQueue,
) {
  if (at === undefined && window === undefined) return undefined;
  return {
    schedule: new Schedule({
      at,
      window,
      now: runtime.clock.now(),
      rate: Math.min(rate, requestRate),
    }),
    candidatesOf: await zoneFinder(),
  };
}
