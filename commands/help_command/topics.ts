/** The topics of `sinch help`, made from the tables that the program itself uses. */
import { type Variable, VARIABLES } from "../../config/environment.ts";
import { EXIT_CODES, type FailureKind } from "../../errors.ts";
import type { Style } from "../../output/style.ts";
import { type Help, paragraph, type Row, section } from "../help.ts";
import { CHANNELS_TOPIC } from "./channel_topic.ts";
import { REASONS_TOPIC } from "./reason_topic.ts";
import type { Topic } from "./topic.ts";
import type { TopicName } from "./topic_names.ts";

const FAILURES: Record<FailureKind, string> = {
  api: "The API refused the request or returned an unusable response.",
  network:
    "No response: DNS, connection, TLS or timeout. The request was not carried out.",
  outcome_unknown:
    "The response was lost; the request may have been carried out. Check before you repeat it.",
  some_not_accepted:
    "A bulk run has ended, and some of its messages were refused, skipped or not sent. Run `sinch conversation bulk show` to see them. If the outcome of some is unknown, the exit code is 5.",
  declined: "You answered no to a confirmation.",
  config: "A file or setting on this machine cannot be read or written.",
  usage:
    "Unknown option, missing or invalid value, or a prompt without a terminal. No request was sent.",
  auth: "Not signed in, or the credentials were refused (401, 403).",
  not_found: "The resource does not exist in this region (404).",
  bug: "A bug in sinch. Please report it.",
  interrupted: "Ctrl-C (SIGINT).",
  terminated: "Stopped by the system or a time limit (SIGTERM).",
  hung_up: "The terminal was closed (SIGHUP).",
};

const KINDS = (Object.keys(EXIT_CODES) as FailureKind[])
  .toSorted((one, other) => EXIT_CODES[one] - EXIT_CODES[other]);

const GROUPS = Map.groupBy(
  Object.entries(VARIABLES) as [string, Variable][],
  ([, { group }]) => group,
);

/** All but the common options, which the root declares. */
export const TOPICS: Record<Exclude<TopicName, "common-options">, Topic> = {
  channels: CHANNELS_TOPIC,
  "exit-codes": {
    text:
      "Scripts can tell from the exit code how a command ended. With --json, a failure is one JSON object on stderr and stdout is empty.",
    sections: [["Exit codes", [
      ["0    success", "The command succeeded."],
      ...KINDS.map((kind): Row => [
        `${EXIT_CODES[kind]}`.padEnd(5) + kind,
        FAILURES[kind],
      ]),
    ]]],
  },
  environment: {
    text:
      "Options override environment variables, which override the file of --env-file, which overrides the profile. An empty variable counts as not set.",
    sections: [
      ...[...GROUPS].map(([group, variables]): [string, Row[]] => [
        group,
        variables.map(variableRow),
      ]),
    ],
  },
  formats: {
    text:
      "Results go to stdout, everything else to stderr. In a terminal, lists are tables with relative and local times. In a pipe, each row is one line with tabs between the columns, nothing cut, and times in RFC 3339. Every format shows 20 rows by default: use --limit or --all for more. If there are more, stderr says so.",
    sections: [
      ["Output", [
        ["--json", "One JSON document in the API's own shape."],
        ["--jsonl", "One JSON object per line, as the pages arrive."],
        ["--csv", "RFC 4180, with column names in the first row."],
        [
          "--csv=excel",
          "The same for Excel: phone numbers stay text, not 4.47911E+11.",
        ],
        ["--columns id,time", "Columns to show; not for JSON."],
        ["--query messages[].id", "Select from the JSON with JMESPath."],
        ["--query message_id --raw", "Texts without quotes, one per line."],
        [
          "--page-token <token>",
          "Continue after a list whose JSON ended with this next_page_token.",
        ],
        ["--utc", "Times in UTC, in a terminal too."],
      ]],
      ["Values", [
        ["@message.json", "The content of a file, for any text or JSON value."],
        ["-", "Standard input; once per command."],
        ["@@text", "A text that starts with @."],
      ]],
    ],
  },
  reasons: REASONS_TOPIC,
  sandbox: {
    text:
      "The sandbox is a Conversation API inside this program: no account, no network, no cost. Messages stay on this machine, and data persists between commands. It starts with one app, three contacts and the template welcome_template.",
    sections: [["Use it", [
      ["--sandbox", "Run any command in the sandbox."],
      ["SINCH_SANDBOX=1", "Run every command of a shell in the sandbox."],
      ["sinch sandbox start", "Serve it over HTTP for SDKs and tests."],
      ["sinch sandbox env", "Print the variables for a client."],
      ["sinch sandbox rule add", "Add a fault rule."],
      ["sinch sandbox clock advance", "Advance the sandbox clock."],
      ["sinch sandbox reset", "Delete all sandbox data."],
    ]], ["Play the contact", [
      [
        "sinch sandbox reply",
        "Send a message, typing event or reaction to the app from any number.",
      ],
      ["sinch sandbox tap", "Tap a choice of a message."],
      [
        "sinch sandbox show",
        "Show a message's delivery and how it appears on the phone.",
      ],
      ["sinch sandbox callbacks", "List or redeliver webhook callbacks."],
      ["sinch sandbox trigger", "Send a sample event to the app's webhooks."],
    ]]],
  },
};

export function commonOptions({ common }: Pick<Help, "common">): Topic {
  return {
    text:
      "Every command takes these options, before or after its own. One that would do nothing in a command is refused.",
    sections: [[
      "Common options",
      common.filter(([flags]) => !flags.includes("--version")),
    ]],
  };
}

export function topicText({ text, sections }: Topic, style: Style): string {
  return paragraph(text, style) +
    sections.map(([title, rows]) => section(title, rows, style)).join("");
}

function variableRow([name, { meaning, alias }]: [string, Variable]): Row {
  return [name, alias ? `${meaning} (or ${alias})` : meaning];
}
