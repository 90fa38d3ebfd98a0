/** The topics of `sinch help`, made from the tables that the program itself uses. */
import { type Variable, VARIABLES } from "../../config/environment.ts";
import { EXIT_CODES, type FailureKind } from "../../errors.ts";
import type { Style } from "../../output/style.ts";
import { paragraph, type Row, section } from "../help.ts";
import type { TopicName } from "./topic_names.ts";

/** A text and tables below it. */
export interface Topic {
  text: string;
  sections: [title: string, rows: Row[]][];
}

const FAILURES: Record<FailureKind, string> = {
  api: "The API refused the request, or its answer makes no sense.",
  network: "No answer: name, connection, TLS or time. Nothing was changed.",
  outcome_unknown:
    "The answer was lost: the request may have been carried out, or not. Look before you repeat it.",
  declined: "A question was answered with no.",
  config: "A file or a setting on this machine cannot be read or written.",
  usage:
    "Wrong use: an unknown flag, a missing or invalid value, or a question that nobody is there to answer. Nothing was sent.",
  auth: "Not signed in, or the credentials were refused (401, 403).",
  not_found: "It does not exist, at least not in this region (404).",
  bug: "A mistake in this program; please report it.",
  interrupted: "SIGINT: Ctrl-C.",
  terminated: "SIGTERM: the system, or a time limit, ended the command.",
  hung_up: "SIGHUP: the terminal was closed.",
};

const KINDS = Object.keys(EXIT_CODES) as FailureKind[];

const GROUPS = Map.groupBy(
  Object.entries(VARIABLES) as [string, Variable][],
  ([, { group }]) => group,
);

export const TOPICS: Record<TopicName, Topic> = {
  "exit-codes": {
    text:
      "The exit code tells a script how a command ended. With --json the failure is one JSON object on stderr, and stdout stays empty.",
    sections: [["Exit codes", [
      ["0    success", "It is done."],
      ...KINDS.map((kind): Row => [
        `${EXIT_CODES[kind]}`.padEnd(5) + kind,
        FAILURES[kind],
      ]),
    ]]],
  },
  environment: {
    text:
      "A flag wins over a variable, a variable over the file of --env-file, that file over the profile. A variable that is empty counts as not set.",
    sections: [...GROUPS].map(([group, variables]) => [
      group,
      variables.map(variableRow),
    ]),
  },
  formats: {
    text:
      "Results go to stdout, everything else to stderr. A terminal gets a table with relative and local times; a pipe gets one line a row, tabs between the columns, nothing cut, times in RFC 3339.",
    sections: [
      ["Output", [
        [
          "--json",
          "One JSON document, as the API has it; of a list, the first 20 rows without --limit or --all.",
        ],
        ["--jsonl", "One JSON object a line, while the pages arrive."],
        ["--csv", "RFC 4180 with a row of names first."],
        ["--columns id,time", "Which columns; not for JSON."],
        ["--query messages[].id", "Pick from the JSON with JMESPath."],
        [
          "--query message_id --raw",
          "The text without quotes; of a list, one text per line.",
        ],
        [
          "--page-token <token>",
          "The rows after a list whose JSON ended with this next_page_token.",
        ],
        ["--utc", "Times in UTC in a terminal, too."],
      ]],
      ["Values", [
        ["@message.json", "The text of a file, for any text or JSON value."],
        ["-", "The text of standard input; once a command."],
        ["@@text", "A text that starts with @."],
      ]],
    ],
  },
  sandbox: {
    text:
      "The sandbox is a Conversation API inside this program: no account, no network, no cost. What is sent to it stays on this machine and is kept between commands. It begins with one app, three contacts and the template welcome_template.",
    sections: [["Commands", [
      ["--sandbox", "On any command: the sandbox answers it."],
      ["SINCH_SANDBOX=1", "The same for every command of a shell."],
      ["sinch sandbox start", "Serve it over HTTP, for SDKs and tests."],
      ["sinch sandbox env", "Variables that point a client at it."],
      [
        "sinch sandbox reply",
        "Write to the app as the person on the other side.",
      ],
      ["sinch sandbox tap", "Tap a choice of a message."],
      ["sinch sandbox rule add", "Say what should go wrong."],
      ["sinch sandbox clock advance", "Put its time forward."],
      ["sinch sandbox reset", "Delete what it has stored."],
    ]], ["The other side", [
      [
        "sinch sandbox reply",
        "Write, type or react as a person, from any number.",
      ],
      ["sinch sandbox tap", "Tap a choice of a message."],
      [
        "sinch sandbox show",
        "What became of a message, and what the phone got.",
      ],
      ["sinch sandbox callbacks", "What webhooks were told, and answered."],
      ["sinch sandbox trigger", "Tell webhooks of anything."],
    ]]],
  },
};

export function topicText({ text, sections }: Topic, style: Style): string {
  return paragraph(text, style) +
    sections.map(([title, rows]) => section(title, rows, style)).join("");
}

function variableRow([name, { meaning, alias }]: [string, Variable]): Row {
  return [name, alias ? `${meaning} (or ${alias})` : meaning];
}
