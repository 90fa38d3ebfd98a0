/**
 * What will become of a message before it is sent: how each channel shows it,
 * and what is wrong with it. Sends nothing.
 */
import { type Arrival, arrivalOf } from "../../channels/arrival.ts";
import type { Finding } from "../../channels/findings.ts";
import type { MediaFacts } from "../../channels/media.ts";
import type { Message, OmniTemplate } from "../../channels/message.ts";
import {
  filledTemplate,
  type Template,
  type UnfilledTemplate,
} from "../../channels/omni_template.ts";
import { REFUSED } from "../../channels/request.ts";
import { channelFacts } from "../../api/channel.ts";
import type { SendMessageBody } from "../../api/messages.ts";
import type { Send } from "../../options/send_request.ts";
import { getTemplate } from "../../api/templates.ts";
import { Failure, isStop } from "../../errors.ts";
import { parseChannel } from "../../options/channel.ts";
import { details } from "../../output/details.ts";
import { safeLine } from "../../output/safe_text.ts";
import type { Style } from "../../output/style.ts";
import type { View } from "../../output/view.ts";
import type { Context } from "../context.ts";
import { phoneFields } from "../phone_view.ts";

export interface CheckOptions {
  /** Reads the message's template, where an account is known. */
  readTemplate?: boolean;
  /** Asks the servers of media for type and size. */
  online?: boolean;
  /** Reads when the person last wrote, where an account is known. */
  readWindow?: boolean;
}

/** What arrives on each channel that the request names. */
export async function checkedSend(
  context: Context,
  send: Send,
  options: CheckOptions = {},
): Promise<Arrival[]> {
  const check = await checkOf(context, send, options);
  const hours = options.readWindow
    ? await (await import("./last_inbound.ts")).hoursSinceInbound(
      context,
      send.body,
    )
    : undefined;
  return check(send.body, hours);
}

/** @param hours Since the recipient last wrote, by channel, where it is known. */
type CheckMessage = (
  body: SendMessageBody,
  hours?: ReadonlyMap<string, number>,
) => Arrival[];

/**
 * The check of messages that differ in their texts only: what it needs is read
 * once.
 *
 * @param send Its message names the templates and media of all.
 */
export async function checkOf(
  context: Context,
  { type, body }: {
    type: Send["type"];
    body: Pick<SendMessageBody, "message">;
  },
  { readTemplate = false, online = false }: CheckOptions = {},
): Promise<CheckMessage> {
  // What options make has the form that the API takes.
  const refusals = type === "raw" ? await formCheck() : () => [];
  const message = plainMessage(body);
  const templates = readTemplate
    ? await templatesOf(context, message)
    : new Map<string, Template | UnfilledTemplate>();
  const { media, found } = online
    ? await mediaFacts(context, message)
    : { media: undefined, found: [] };
  return (body, hours) => {
    const message = plainMessage(body);
    const identities = identitiesOf(body);
    const refused = refusals(message);
    if (refused.length > 0) {
      return identities.map(({ channel }) => ({
        channel,
        findings: refused,
        failure: { stage: "request", code: REFUSED },
        reports: "READ",
      }));
    }
    return identities.map(({ channel, identity }) => {
      const arrival = arrivalOf({
        channel,
        message,
        properties: body.channel_properties,
        recipient: identity,
        media,
        hoursSinceInbound: hours?.get(channel),
        lookUp: (reference) => filled(templates, reference),
      });
      const findings = [...arrival.findings, ...found];
      const unreachable = found.find(({ level }) => level === "error");
      return {
        ...arrival,
        findings,
        failure: arrival.failure ??
          (unreachable && { stage: "processing", code: unreachable.code }),
      };
    });
  };
}

/** Numbers that keep their digits become plain ones. */
function plainMessage({ message }: Pick<SendMessageBody, "message">): Message {
  return JSON.parse(JSON.stringify(message));
}

/** The channels to try, with the number of the recipient where it is one. */
function identitiesOf(
  { recipient, channel_priority_order = [] }: SendMessageBody,
): { channel: string; identity?: string }[] {
  return "contact_id" in recipient
    ? channel_priority_order.map((channel) => ({ channel }))
    : recipient.identified_by.channel_identities.map((
      { channel, identity },
    ) => ({
      channel,
      identity: channelFacts(parseChannel(channel, "channel")).phone
        ? identity
        : undefined,
    }));
}

/** Finds what the API refuses of the form of a message. */
async function formCheck(): Promise<(message: Message) => Finding[]> {
  const { violationsOf } = await import(
    "../../sandbox/content/message_content.ts"
  );
  return (message) =>
    violationsOf(message).map(({ field, description }) => ({
      level: "error",
      code: REFUSED,
      message: `${field} ${description}`,
      where: field,
    }));
}

type Templates = ReadonlyMap<string, Template | UnfilledTemplate>;

function filled(templates: Templates, reference: OmniTemplate) {
  const template = templates.get(reference.template_id);
  return template &&
    ("failure" in template ? template : filledTemplate(template, reference));
}

/** The templates of the project that a message names, where they can be read. */
async function templatesOf(
  context: Context,
  { template_message, explicit_channel_omni_message }: Message,
): Promise<Templates> {
  const templates = new Map<string, Template | UnfilledTemplate>();
  const ids = [
    template_message?.omni_template,
    ...Object.values(explicit_channel_omni_message ?? {}).map((
      { template_reference },
    ) => template_reference),
  ].flatMap((reference) => reference?.template_id ?? []);
  const { credentials } = await context.settings();
  if (!credentials) return templates;
  for (const id of new Set(ids)) {
    try {
      const template = await context.read(getTemplate(id));
      templates.set(id, template as Template);
    } catch (error) {
      if (!(error instanceof Failure) || isStop(error)) throw error;
      if (error.kind === "not_found") {
        templates.set(id, { failure: "TEMPLATE_NOT_FOUND" });
      } else context.note(`Template ${id} was not read: ${error.message}`);
    }
  }
  return templates;
}

const MEDIA_TIMEOUT_MS = 10_000;

/** What the servers of all media say about them, and what is wrong with that. */
async function mediaFacts(context: Context, message: Message) {
  const media = new Map<string, MediaFacts>();
  const found: Finding[] = [];
  for (const url of mediaUrls(message)) {
    const { facts, finding } = await askServer(context, url);
    if (facts) media.set(url, facts);
    if (finding) found.push(finding);
  }
  return { media, found };
}

/** The addresses of all media in a JSON value, each once. */
function mediaUrls(message: Message): Set<string> {
  const urls = new Set<string>();
  JSON.stringify(message, (name, value) => {
    if ((name === "media_message" || name === "media") && value?.url) {
      urls.add(value.url);
    }
    return value;
  });
  return urls;
}

async function askServer(
  { runtime, signal }: Context,
  url: string,
): Promise<{ facts?: MediaFacts; finding?: Finding }> {
  const error = (code: string, message: string, value?: string | number) => ({
    finding: { level: "error" as const, code, message, value, where: url },
  });
  try {
    const { status, headers } = await runtime.fetch(url, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(MEDIA_TIMEOUT_MS)]),
    });
    if (status !== 200) {
      const why = status >= 300 && status < 400 ? "redirects" : "answers";
      return error(
        "MEDIA_NOT_REACHABLE",
        `Media must be reachable without a redirect: ${url} ${why} (${status})`,
        status,
      );
    }
    const [type = ""] = (headers.get("content-type") ?? "").split(";");
    if (type.trim() === "" || type.trim() === "application/octet-stream") {
      return error(
        "MEDIA_TYPE_UNDETERMINED",
        `Media must have a Content-Type: ${url} has ${type.trim() || "none"}`,
        type.trim(),
      );
    }
    const bytes = Number(headers.get("content-length") ?? NaN);
    return {
      facts: {
        type: type.trim().toLowerCase(),
        ...Number.isFinite(bytes) ? { bytes } : {},
      },
    };
  } catch (cause) {
    signal.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    return error(
      "MEDIA_NOT_REACHABLE",
      `Media must be reachable: ${url}: ${reason}`,
    );
  }
}

/** What `--check` shows. */
export function checkView(
  arrivals: Arrival[],
  { strict = false }: { strict?: boolean },
): View {
  const fails = problemsOf(arrivals).some(({ finding }) =>
    strict || finding.level === "error"
  );
  return {
    json: {
      ok: !fails,
      channels: arrivals.map(({ channel, shown, failure, findings }) => ({
        channel,
        kind: shown?.kind ?? null,
        failure: failure ?? null,
        text: shown?.text ?? null,
        blocks: shown?.blocks ?? [],
        sms: shown?.sms,
        findings,
      })),
    },
    text: (style) => previewText(arrivals, style),
    exitCode: fails ? 1 : 0,
  };
}

function arrivalText(
  { channel, shown, failure, findings }: Arrival,
  style: Style,
): string {
  return details([
    ["Channel", channel],
    ...phoneFields({ ...shown, failure: failure?.code, findings }),
  ], style);
}

/** Everything that will fail, look different or cost more. */
export function problemsOf(
  arrivals: Arrival[],
): { channel: string; finding: Finding }[] {
  return arrivals.flatMap(({ channel, findings }) =>
    findings.filter(({ level }) => level !== "note")
      .map((finding) => ({ channel, finding }))
  );
}

/** The problems as warnings of a send, which goes ahead. */
export function warningLines(arrivals: Arrival[]): string[] {
  return problemsOf(arrivals).map(({ channel, finding }) =>
    safeLine(
      finding.level === "error"
        ? `Warning: the message will fail on ${channel} (${finding.code}): ${finding.message}`
        : finding.code === "TRANSCODED"
        ? `Warning: the message will look different on ${channel}: ${finding.message}`
        : `Warning: ${channel}: ${finding.message}`,
    )
  );
}

/** The same for the summary of a wizard: each phone, and what is wrong. */
export function previewText(arrivals: Arrival[], style: Style): string {
  return arrivals.map((arrival) => arrivalText(arrival, style)).join("\n");
}
