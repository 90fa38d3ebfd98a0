/** `sinch conversation send`: one message to one recipient. */
import { source } from "../../api/answer.ts";
import {
  type SendMessageBody,
  sendMessageRequest,
  type SendMessageResponse,
} from "../../api/messages.ts";
import {
  checkedType,
  flagOf,
  missingFailure,
  missingOptions,
  needsChannel,
  type SendFlags,
  type SendOptions,
  type SendType,
  withDefaults,
} from "../../options/send.ts";
import { requestBody, type Send } from "../../options/send_request.ts";
import {
  COORDINATES,
  LATITUDE,
  latitudeAndLongitude,
  LONGITUDE,
} from "../../options/coordinates.ts";
import {
  CARD,
  CHECK_MODE,
  CHOICE,
  CONVERSATION_METADATA,
  CONVERSATION_METADATA_LENGTH,
  CORRELATION_ID,
  CORRELATION_ID_LENGTH,
  HEIGHT,
  ITEM,
  MESSAGE_METADATA,
  MESSAGE_METADATA_LENGTH,
  MESSAGE_TYPE,
  PARAMETERS,
  PROCESSING_STRATEGY,
  PROPERTY,
  QUEUE,
  RAW_MESSAGE,
  SECTION,
  SENDER,
  TEMPLATE_KIND,
  TTL,
} from "../../options/send_kinds.ts";
import type { Source } from "../../options/value_type.ts";
import { details, done } from "../../output/details.ts";
import { timeText } from "../../output/time.ts";
import type { View } from "../../output/view.ts";
import { suggest } from "../../runtime/suggest.ts";
import { action } from "../action.ts";
import type { Cli } from "../cli.ts";
import { command, DRY_RUN, type OptionsOf } from "../command.ts";
import type { Context } from "../context.ts";
import { makeDefaultApp } from "../default_app.ts";
import { wizardContext } from "../pick_id.ts";
import { usageError } from "../../errors.ts";
import { noteDoubts } from "./note_doubts.ts";
import {
  AGAIN,
  AT,
  COLUMNS,
  COUNTRY,
  DEFAULT_COUNTRY,
  DUPLICATE_ROWS,
  DUPLICATES_CHOICE,
  ENCODING,
  FILE_ENCODING,
  RECIPIENT_COLUMN,
  RECIPIENTS,
  SEND_AT,
  SEND_WINDOW,
  WINDOW,
  YES,
} from "./recipients_options.ts";
import { bodyWithDefaults } from "./send_defaults.ts";
import {
  CONCURRENCY,
  CONCURRENCY_LIMIT,
  PROGRESS,
  PROGRESS_FORM,
  RATE,
  RATE_LIMIT,
  REPORT,
  STOP_AFTER,
  THRESHOLD,
  UNKNOWN,
  UNKNOWN_CHOICE,
} from "./bulk/sending_options.ts";

const declare = () =>
  command(
    "Send a message. In a terminal, prompts for missing values, starting with the message type.\n" +
      "[recipient] is a phone number in E.164 format (+15551234567), or the channel's own user ID on MESSENGER, INSTAGRAM, TELEGRAM and LINE. " +
      "[message] is the text.\n" +
      "A text or JSON value can also be @file ('@file' in PowerShell), or - for standard input. Write @@ for a text that starts with @.",
  )
    .type("at", AT)
    .type("card", CARD)
    .type("check-mode", CHECK_MODE)
    .type("choice", CHOICE)
    .type("conversation-metadata", CONVERSATION_METADATA)
    .type("coordinates", COORDINATES)
    .type("correlation-id", CORRELATION_ID)
    .type("country", COUNTRY)
    .type("duplicates", DUPLICATES_CHOICE)
    .type("encoding", ENCODING)
    .type("height", HEIGHT)
    .type("item", ITEM)
    .type("latitude", LATITUDE)
    .type("longitude", LONGITUDE)
    .type("message-metadata", MESSAGE_METADATA)
    .type("message-type", MESSAGE_TYPE)
    .type("parameters", PARAMETERS)
    .type("processing-strategy", PROCESSING_STRATEGY)
    .type("property", PROPERTY)
    .type("queue", QUEUE)
    .type("raw-message", RAW_MESSAGE)
    .type("section", SECTION)
    .type("sender", SENDER)
    .type("template-kind", TEMPLATE_KIND)
    .type("ttl", TTL)
    .type("window", WINDOW)
    .type("rate", RATE_LIMIT)
    .type("concurrency", CONCURRENCY_LIMIT)
    .type("threshold", THRESHOLD)
    .type("progress-form", PROGRESS_FORM)
    .type("unknown-choice", UNKNOWN_CHOICE)
    .arguments("[recipient:text] [message:text]")
    .group("Options")
    .option("-c, --channel <channel:channel>", "Channel to send on")
    .option("-a, --app <app-id:app>", "App ID (default: the configured app)")
    .option(
      "-t, --type <type:message-type>",
      "Message type (default: inferred from the other options)",
    )
    .option("-m, --media <url:url>", "Media URL")
    .option("--caption <text:text>", "Caption for the media (sent as a card)")
    .option(
      "--template <name:template>",
      "Template ID; on WhatsApp the template's name",
    )
    .option(
      "-p, --params <json:parameters>",
      "Template parameters as a JSON object, or one as name=value; repeatable",
      { collect: true },
    )
    .option(
      "--location [place:coordinates]",
      "Send a location: LAT,LNG, or set --lat and --lng",
    )
    .option("--lat <latitude:latitude>", "Latitude (-90 to 90)")
    .option("--lng <longitude:longitude>", "Longitude (-180 to 180)")
    .option("-n, --name <name:line>", "Name of the location")
    .option(
      "--json-message <json:raw-message>",
      "Whole message as JSON, for anything without an option",
    )
    .group("Content options")
    .option("--title <text:text>", "Title of a card or list")
    .option("--description <text:text>", "Text of a card or list")
    .option("--height <height:height>", "Media height of a card")
    .option(
      "--choice <choice:choice>",
      'Button: "Label", "Label|https://…", "Label|tel:+1555…" or JSON; repeatable. Write \\| for a |',
      { collect: true },
    )
    .option(
      "--card <json:card>",
      "Card of a carousel as JSON or @file; repeatable (2 to 10)",
      { collect: true },
    )
    .option(
      "--section <json:section>",
      "Section of a list as JSON or @file; repeatable",
      { collect: true },
    )
    .option(
      "--item <item:item>",
      'Item of a list with one section: "Title|Description|postback"; repeatable',
      { collect: true },
    )
    .option("--menu <text:line>", "Label of the button that opens a list")
    .option("--thumbnail <url:url>", "Preview image URL for the media")
    .option("--filename <name:line>", "File name shown for the media")
    .option("--label <text:line>", "Label of a location")
    .option(
      "--template-kind <kind:template-kind>",
      "omni for a template of the project, channel for one of the channel's own (default: inferred from the template)",
    )
    .option(
      "--template-version <version:line>",
      "Template version (default: latest)",
    )
    .option(
      "--language <code:language>",
      "Template language, such as en-US",
    )
    .group("Delivery options")
    .option(
      "--contact <contact-id:contact>",
      "Contact ID, instead of [recipient]",
    )
    .option(
      "--from <sender:sender>",
      "Sender of an SMS or MMS: a number, short code or name",
    )
    .option(
      "--fallback <channels:channel[]>",
      "Fallback channels, comma-separated, in order",
    )
    .option(
      "--property <property:property>",
      "Channel property as KEY=VALUE; repeatable",
      { collect: true },
    )
    .option("--ttl <time:ttl>", "Time to live, such as 10s, 5m or 1h (min 3s)")
    .option("--queue <queue:queue>", "Queue of the app")
    .option(
      "--processing-strategy <strategy:processing-strategy>",
      "How to process the message; DISPATCH_ONLY stores no contact or conversation",
    )
    .option(
      "--callback-url <url:url>",
      "URL for the delivery reports of this message",
    )
    .option(
      "--correlation-id <id:correlation-id>",
      `Correlation ID returned in callbacks (max ${CORRELATION_ID_LENGTH} characters)`,
    )
    .option(
      "--metadata <text:message-metadata>",
      `Metadata stored with the message: text or JSON (max ${MESSAGE_METADATA_LENGTH} characters)`,
    )
    .option(
      "--conversation-metadata <json:conversation-metadata>",
      `Metadata stored with the conversation: a JSON object (max ${CONVERSATION_METADATA_LENGTH} characters)`,
    )
    .option(
      "--check [mode:check-mode]",
      "Show how each channel displays the message, and its problems, without sending it; exit code 1 for errors. --check=online also requests the media, and when the recipient last wrote (with --sandbox always)",
    )
    .option("--strict", "Treat warnings about the message as errors")
    .option(...DRY_RUN)
    .group("Recipients options")
    .option(...RECIPIENTS)
    .option(...RECIPIENT_COLUMN)
    .option(...COLUMNS)
    .option(...DEFAULT_COUNTRY)
    .option(...DUPLICATE_ROWS)
    .option(...FILE_ENCODING)
    .option(...SEND_AT)
    .option(...SEND_WINDOW)
    .option(...YES)
    .option(...AGAIN)
    .option(...RATE)
    .option(...CONCURRENCY)
    .option(...STOP_AFTER)
    .option(...UNKNOWN)
    .option(...PROGRESS)
    .option(...REPORT)
    .example("Enter all values step by step", "sinch conversation send")
    .example(
      "Send a text",
      'sinch conversation send +15551234567 "Hello from Sinch" --channel SMS',
    )
    .example(
      "Send an image with a caption",
      'sinch conversation send +15551234567 --channel WHATSAPP --media https://example.com/image.jpg --caption "Check this out"',
    )
    .example(
      "Send a WhatsApp template",
      `sinch conversation send +15551234567 --channel WHATSAPP --type template --template welcome_template --params '{"1":"Alice"}'`,
    )
    .example(
      "Offer choices",
      'sinch conversation send +15551234567 "Shall we meet?" -c RCS -t choice --choice Yes --choice "Call us|tel:+15557654321"',
    )
    .example(
      "Send a location",
      'sinch conversation send +15551234567 -c WHATSAPP --location 55.6105,13.0029 --name "Our office"',
    )
    .example(
      "Check a message without sending it",
      'sinch conversation send +15551234567 "See you at 5 – bring your card" -c SMS --check',
    )
    .example(
      "Check the messages to the people of a spreadsheet",
      `sinch conversation send --recipients people.csv 'Hello \${name}' -c SMS --check`,
    )
    .example(
      "Send them",
      `sinch conversation send --recipients people.csv 'Hello \${name}' -c SMS --yes`,
    )
    .example(
      "Send any message as JSON",
      `sinch conversation send +15551234567 -c WHATSAPP --json-message '{"text_message":{"text":"hi"}}'`,
    );

type Options = OptionsOf<typeof declare>;

export const create = (cli: Cli) => declare().action(action(cli, send));

async function send(
  context: Context,
  flags: Options,
  first?: Source<string>,
  second?: Source<string>,
): Promise<View> {
  const given = await optionsOf(context, flags, first, second);
  const type = checkedType(given);
  checkRecipientsFlags(flags);
  const { appId, channel, sender } = await context.settings();
  const options = withDefaults(given, {
    app: appId?.value,
    channel: channel?.value,
  });
  const { recipients } = flags;
  if (recipients !== undefined) {
    const { checkRecipients, sendRecipients } = await import(
      "./send_recipients.ts"
    );
    const act = flags.check ? checkRecipients : sendRecipients;
    return await act(context, type, options, { ...flags, recipients });
  }
  if (flags.check) return await check(context, type, options, flags, sender);
  const complete = await completed(context, type, options, sender?.value);
  if ("identified_by" in complete.body.recipient) {
    await noteDoubts(
      context,
      complete.body.recipient.identified_by.channel_identities,
    );
  }
  await warn(context, complete, flags);
  return await context.change(
    sendMessageRequest(complete.body),
    (answer) => accepted(answer, complete, context.inSandbox),
  );
}

/** @throws {Failure} "usage" for options that a single recipient has no use for. */
function checkRecipientsFlags(flags: Options): void {
  const { recipients, check, dryRun } = flags;
  if (recipients === undefined) {
    const stranger = RECIPIENTS_ONLY.find((flag) => flags[flag] !== undefined);
    if (stranger) {
      throw usageError(`${flagOf(stranger)} requires --recipients`);
    }
    return;
  }
  if (check === "online") {
    throw usageError("--recipients and --check=online cannot be used together");
  }
  if (dryRun) {
    throw usageError(
      "--recipients and --dry-run cannot be used together",
      "Use --check to read and check everything without sending it.",
    );
  }
}

const RECIPIENTS_ONLY = [
  "recipientColumn",
  "columns",
  "defaultCountry",
  "duplicates",
  "encoding",
  "at",
  "window",
  "yes",
  "again",
  "rate",
  "concurrency",
  "stopAfterFailures",
  "unknown",
  "progress",
  "report",
] as const;

/** Checks the message and sends nothing; no account is needed. */
async function check(
  context: Context,
  type: SendType | undefined,
  options: SendOptions,
  { check, strict }: Pick<Options, "check" | "strict">,
  sender: { value: string } | undefined,
): Promise<View> {
  const named = needsChannel(options) || options.channel !== undefined;
  const missing = [
    ...missingOptions(type, options).filter(([option]) => option !== "app"),
    ...named ? [] : [["channel"] as const],
  ];
  if (type === undefined || missing.length > 0) {
    throw missingFailure(missing, options, !context.inSandbox);
  }
  const body = {
    app_id: "",
    ...await requestBody(type, options, sender?.value),
  };
  const { checkedSend, checkView } = await import("./check_send.ts");
  const arrivals = await checkedSend(context, { type, body }, {
    readTemplate: true,
    online: check === "online",
    readWindow: context.inSandbox || check === "online",
  });
  return checkView(arrivals, { strict });
}

/**
 * Warns of what will fail, look different or cost more.
 *
 * @throws {Failure} "usage" with `--strict`
 */
async function warn(
  context: Context,
  { isConfirmed, ...send }: Send & { isConfirmed?: boolean },
  { strict }: Pick<Options, "strict">,
): Promise<void> {
  const { checkedSend, warningLines } = await import("./check_send.ts");
  const warnings = warningLines(await checkedSend(context, send));
  if (strict && warnings.length > 0) {
    throw usageError(
      warnings.map((line) => line.replace(/^Warning: /, "")).join("\n"),
      "Nothing was sent. Omit --strict to send it all the same.",
    );
  }
  // The summary of the wizard has shown them.
  if (isConfirmed) return;
  for (const line of warnings) context.note(line);
}

/** Each phone and its problems, for the summary of the wizard. */
async function preview(
  context: Context,
  send: Send,
): Promise<string> {
  const { checkedSend, previewText } = await import("./check_send.ts");
  const arrivals = await checkedSend(context, send, {
    readTemplate: true,
    readWindow: true,
  });
  return previewText(arrivals, context.style);
}

/** Adds what is missing: asks a person, or finds app and channel in the account. */
async function completed(
  context: Context,
  type: SendType | undefined,
  options: SendOptions,
  sender: string | undefined,
): Promise<Send & { isConfirmed?: boolean }> {
  const missing = missingOptions(type, options);
  if (missing.length > 0 && context.canPrompt) {
    const { completeSend } = await import("../../wizard/send.ts");
    return await completeSend(type, options, {
      ...await wizardContext(context),
      sender,
      saveDefaultApp: ({ id }) => makeDefaultApp(context, id),
      preview: (send) => preview(context, send),
    });
  }
  if (type === undefined) {
    throw missingFailure(missing, options, !context.inSandbox);
  }
  const rest = { missing, sender };
  return { type, body: await bodyWithDefaults(context, type, options, rest) };
}

/**
 * The options and the arguments; with `--contact` or `--recipients`, a single
 * argument is the message.
 *
 * @param flags All that `options/send.ts` knows: none is renamed here alone.
 */
async function optionsOf(
  { readText }: Context,
  flags: Pick<Options, keyof SendFlags | "recipients">,
  first?: Source<string>,
  second?: Source<string>,
): Promise<SendOptions> {
  const isElsewhere = flags.contact !== undefined ||
    flags.recipients !== undefined;
  const [recipient, message] = isElsewhere && !second
    ? [undefined, first]
    : [first, second];
  return {
    ...flags,
    params: flags.params && merged(flags.params),
    location: flags.location !== undefined,
    ...latitudeAndLongitude(flags),
    // An identity may start with @: it is never a file.
    recipient: recipient?.given,
    message: await message?.read(readText, "message"),
  };
}

/** @throws {Failure} "usage" for a parameter that is given twice. */
function merged(lists: Record<string, string>[]): Record<string, string> {
  const all = new Map<string, string>();
  for (const [name, value] of lists.flatMap(Object.entries<string>)) {
    if (all.has(name)) {
      throw usageError(`--params ${name} can be given only once`);
    }
    all.set(name, value);
  }
  return Object.fromEntries(all);
}

function accepted(
  answer: SendMessageResponse,
  { type, body }: Send,
  inSandbox: boolean,
): View {
  return {
    json: source(answer),
    text: (style) =>
      done("Message accepted", style) + details([
        ["Message ID", answer.message_id],
        ["Type", type],
        ...addressed(body),
        ["App", body.app_id],
        ["Accepted", timeText(answer.accepted_time, style)],
      ], style),
    hint: inSandbox
      ? `Delivery status: run \`${suggest`sandbox show ${answer.message_id}`}\``
      : "Delivery is reported to webhooks.",
  };
}

function addressed(
  { recipient, channel_priority_order }: SendMessageBody,
): [string, string | undefined][] {
  if ("contact_id" in recipient) {
    return [
      ["Channel", channel_priority_order?.join(", then ")],
      ["To", `contact ${recipient.contact_id}`],
    ];
  }
  const identities = recipient.identified_by.channel_identities;
  return [
    ["Channel", identities.map(({ channel }) => channel).join(", then ")],
    ["To", identities[0]!.identity],
  ];
}
