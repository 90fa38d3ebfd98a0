/** `sinch sandbox show`: what became of a message, and what the phone got. */
import { Command } from "@cliffy/command";
import { contentOf, contentText } from "../../api/message_summary.ts";
import type { Message } from "../../api/messages.ts";
import { details, type Fields } from "../../output/details.ts";
import { safeLine } from "../../output/safe_text.ts";
import type { Style } from "../../output/style.ts";
import { dueText, timeText } from "../../output/time.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import { type Callback, lastOutcome } from "./callbacks/callback.ts";
import { askSandbox } from "./control.ts";
import { suggest } from "../../runtime/suggest.ts";

/** What `GET /_sandbox/messages/{message_id}` answers. */
interface Outcome {
  message: Message;
  app_id: string;
  /** What the phone got; nothing of a message from a person. */
  shown: Shown | null;
  reports: Report[];
  next: { step: keyof typeof STEPS; time: string } | null;
  is_heard: boolean;
}

interface Shown {
  channel: string;
  /** Why the channel cannot show it. */
  failure?: string;
  kind?: "native" | "transcoded";
  content?: Record<string, unknown>;
  text?: string;
  subject?: string;
  sms?: { encoding: string; units: number; parts: number };
  choices: { number: number; title: string; postback_data: string }[];
}

interface Report {
  trigger: string;
  time: string;
  status: string | null;
  channel_identity: { channel: string; identity: string } | null;
  reason: { code: string } | null;
  callbacks: Callback[];
}

const STEPS = {
  SUBMIT: "It is handed to the channel",
  DELIVER: "The channel says whether it was delivered",
  READ: "It is read",
  TIME_OUT: "It times out: its ttl is over",
  GIVE_UP: "It is given up on this channel: no report came",
};

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command();
  return command
    .description(
      "Show what became of a message in the sandbox: what the phone got on its channel, what the app's webhooks were told, and what happens next.",
    )
    .arguments("<message-id:plain>")
    .example("A message", "sinch sandbox show 01JA7V5Q0M2N8B3C4D5E6F7G8H")
    .example(
      "The text that the phone got",
      "sinch sandbox show 01JA7V5Q0M2N8B3C4D5E6F7G8H --query shown.text",
    )
    .action(action(cli, show));
}

async function show(
  context: Context,
  _flags: unknown,
  id: string,
): Promise<View> {
  const outcome = await askSandbox<Outcome>(
    context,
    "GET",
    `messages/${encodeURIComponent(id)}`,
  );
  if (isOverdue(outcome, context) && !context.flags.json) {
    context.note(
      "What is due waits for a sandbox that is served: `sinch sandbox start`.",
    );
  }
  return { json: outcome, text: (style) => outcomeText(outcome, style) };
}

/** A sandbox that is served does what is due within this time. */
const PROMPT_MS = 3000;

function isOverdue({ next }: Outcome, { runtime }: Context): boolean {
  return next !== null &&
    Date.parse(next.time) < runtime.clock.now() - PROMPT_MS;
}

function outcomeText(outcome: Outcome, style: Style): string {
  const { message, app_id, shown, reports } = outcome;
  const content = contentOf(message);
  return details([
    ["ID", message.id],
    ["Direction", message.direction],
    ["Channel", message.channel_identity?.channel],
    ["Identity", message.channel_identity?.identity],
    ["App", app_id],
    ["Contact", message.contact_id],
    ["Accepted", timeText(message.accept_time, style)],
    ["Type", content?.type],
    ...shown ? shownFields(shown) : [],
    ["Content", shown || !content ? undefined : contentText(content)],
    ["Told", reports.map((report) => reportText(report, style)).join("\n")],
    ["Next", nextText(outcome, style)],
  ], style);
}

function shownFields(
  { channel, failure, kind, content, text, subject, sms, choices }: Shown,
): Fields {
  return [
    [
      "On the phone",
      failure
        ? `nothing: ${failure}`
        : kind === "native"
        ? "as it was sent"
        : `as ${typeOf(content)}, which ${channel} has`,
    ],
    [
      "SMS",
      sms && `${sms.parts} ${sms.parts === 1 ? "part" : "parts"}, ` +
        `${sms.units} units of ${sms.encoding}`,
    ],
    ["Subject", subject],
    ["Text", text],
    [
      "To tap",
      choices.map(({ number, title, postback_data }) =>
        safeLine(
          postback_data === title
            ? `${number}  ${title}`
            : `${number}  ${title} (${postback_data})`,
        )
      ).join("\n"),
    ],
  ];
}

/** `text` of `{"text_message": …}`. */
function typeOf(content: Record<string, unknown> = {}): string {
  const [name = "nothing"] = Object.keys(content);
  return name.replace(/_message$/, "").replaceAll("_", " ");
}

/** One line for the report, and one for each target that it went to. */
function reportText(
  { trigger, time, status, channel_identity, reason, callbacks }: Report,
  style: Style,
): string {
  const what = [
    status ?? trigger,
    channel_identity?.channel,
    reason?.code,
    timeText(time, style),
  ];
  return [
    what.filter(Boolean).join(", "),
    ...callbacks.map((callback) => callbackLine(callback, style)),
  ].map(safeLine).join("\n");
}

function callbackLine(callback: Callback, style: Style): string {
  const { id, target, status, tries, next_try } = callback;
  const parts = [
    `- callback ${id} to ${target}: ${status}`,
    lastOutcome(callback),
    tries > 1 ? `${tries} tries` : undefined,
    next_try && tries > 0 ? `again ${dueText(next_try, style)}` : undefined,
  ];
  return parts.filter(Boolean).join(", ");
}

function nextText(
  { next, is_heard, app_id, reports }: Outcome,
  style: Style,
): string | undefined {
  if (next) return `${STEPS[next.step]}, ${dueText(next.time, style)}`;
  if (is_heard || reports.length > 0) return undefined;
  return "Nothing: nobody listens. No webhook of the app wants MESSAGE_SUBMIT\n" +
    "or MESSAGE_DELIVERY, and the message has no callback_url.\n" +
    suggest`conversation webhooks create --app ${app_id} --triggers MESSAGE_DELIVERY --target <url>`;
}
