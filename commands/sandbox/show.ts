/** `sinch sandbox show`: a message's delivery, and how it appears on the phone. */
import { explained } from "../../channels/reasons.ts";
import { contentOf, contentText } from "../../api/message_summary.ts";
import type { Message } from "../../api/messages.ts";
import { details, type Fields } from "../../output/details.ts";
import { safeLine } from "../../output/safe_text.ts";
import type { Style } from "../../output/style.ts";
import { dueText, timeText } from "../../output/time.ts";
import type { View } from "../../output/view.ts";
import { suggest } from "../../runtime/suggest.ts";
import type { Cli } from "../cli.ts";
import { command } from "../command.ts";
import type { Context } from "../context.ts";
import { type Callback, lastResponse } from "./callbacks/callback.ts";
import { askSandbox } from "./control.ts";
import { phoneFields, type PhoneView } from "../phone_view.ts";
import { action } from "../action.ts";

/** What `GET /_sandbox/messages/{message_id}` answers. */
interface Delivery {
  message: Message;
  app_id: string;
  /** As the phone shows it; nothing of a message from a contact. */
  shown: Shown | null;
  reports: Report[];
  next: { step: keyof typeof STEPS; time: string } | null;
  is_heard: boolean;
}

interface Shown extends PhoneView {
  channel: string;
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
  SUBMIT: "Handed over to the channel",
  DELIVER: "Delivery result from the channel",
  REFUSE: "Refusal by the channel",
  READ: "Read by the contact",
  TIME_OUT: "Time to live expires",
  GIVE_UP: "No delivery report: this channel is given up",
};

export const create = (cli: Cli) =>
  command(
    "Show a message's delivery and how it appears on the phone: its content on the channel, the reports to webhooks, and the next step.",
  )
    .arguments("<message-id:message>")
    .example(
      "Show a message",
      "sinch sandbox show 01JA7V5Q0M2N8B3C4D5E6F7G8H",
    )
    .example(
      "Print the text on the phone",
      "sinch sandbox show 01JA7V5Q0M2N8B3C4D5E6F7G8H --query shown.text",
    )
    .action(action(cli, show));

async function show(
  context: Context,
  _options: unknown,
  id: string,
): Promise<View> {
  const delivery = await askSandbox<Delivery>(context, {
    method: "GET",
    path: `messages/${encodeURIComponent(id)}`,
  });
  if (isOverdue(delivery, context)) {
    context.hint("Run `sinch sandbox start` to continue the delivery.");
  }
  return { json: delivery, text: (style) => deliveryText(delivery, style) };
}

/** A running sandbox does what is due within this time. */
const PROMPT_MS = 3000;

function isOverdue({ next }: Delivery, { runtime }: Context): boolean {
  return next ? Date.parse(next.time) < runtime.clock.now() - PROMPT_MS : false;
}

function deliveryText(delivery: Delivery, style: Style): string {
  const { message, app_id, shown, reports } = delivery;
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
    ["Reports", reports.map((report) => reportText(report, style)).join("\n")],
    ["Next", nextText(delivery, style)],
  ], style);
}

function shownFields({ choices, ...phone }: Shown): Fields {
  return [
    ...phoneFields({
      ...phone,
      findings: phone.findings.filter(({ level }) => level !== "note"),
    }),
    [
      "Choices",
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

/** One line for the report, one for its reason, and one for each target that it went to. */
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
    ...reason ? [explained(reason.code) ?? ""].filter(Boolean) : [],
    ...callbacks.map((callback) => callbackLine(callback, style)),
  ].map(safeLine).join("\n");
}

function callbackLine(callback: Callback, style: Style): string {
  const { id, target, status, tries, next_try } = callback;
  const parts = [
    `- callback ${id} to ${target}: ${status}`,
    lastResponse(callback),
    tries > 1 ? `${tries} tries` : undefined,
    next_try && tries > 0 ? `next try ${dueText(next_try, style)}` : undefined,
  ];
  return parts.filter(Boolean).join(", ");
}

function nextText(
  { next, is_heard, app_id, reports }: Delivery,
  style: Style,
): string | undefined {
  if (next) return `${STEPS[next.step]}, ${dueText(next.time, style)}`;
  if (is_heard || reports.some(({ callbacks }) => callbacks.length > 0)) {
    return undefined;
  }
  return "None: no webhook has the trigger MESSAGE_SUBMIT or MESSAGE_DELIVERY,\n" +
    "and the message has no callback_url. To get delivery reports, run\n" +
    suggest`conversation webhooks create --app ${app_id} --triggers MESSAGE_DELIVERY --target <url>`;
}
