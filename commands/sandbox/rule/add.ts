/** `sinch sandbox rule add`: one rule from options, or several from a file. */
import { REASON_CODES } from "../../../channels/reasons.ts";
import { usageError } from "../../../errors.ts";
import { refusal } from "../../../options/checks.ts";
import { ValueType, Word } from "../../../options/value_type.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import {
  DROPS,
  EFFECTS,
  fieldFault,
  type Rule,
  SILENCE,
} from "../../../sandbox/rules/rule.ts";
import type { Cli } from "../../cli.ts";
import { command, type OptionsOf } from "../../command.ts";
import type { Context } from "../../context.ts";
import { askSandbox } from "../control.ts";
import { action } from "../../action.ts";
import type { RuleList } from "./rule_view.ts";
import { RULES_FILE } from "./rules_file.ts";

/** What the sandbox takes as this field of a rule; from a file it takes the same. */
function field<T>(name: keyof Rule, read: (text: string) => T): ValueType<T> {
  return new ValueType((text, at) => {
    const value = read(text);
    const fault = fieldFault(name, value);
    if (fault) throw refusal(at, fault, text);
    return value;
  });
}

const whole = (text: string) => /^\d+$/.test(text) ? Number(text) : NaN;

const declare = () =>
  command(
    'Add a fault rule. Options under "Applies to" select messages and requests; all others say what happens to them. Rules stay until they are removed.',
  )
    .type("drop", new Word(DROPS))
    .type("identity", field("only", (text) => [text]))
    .type("latency", field("latency", String))
    .type("rate", field("rate", String))
    .type("reason", new Word([...REASON_CODES, SILENCE]))
    .type("rules-file", RULES_FILE)
    .type("seconds", field("retry_after", whole))
    .type("status", field("http", whole))
    .type("times", field("times", whole))
    .option(
      "--fail <reason:reason>",
      "Fail messages with this reason code; SILENCE sends no more delivery reports",
    )
    .option(
      "--then <channel:channel>",
      "Send failed messages on this channel instead (requires --fail)",
    )
    .option(
      "--http <status:status>",
      "Refuse requests with this HTTP status, 400 to 599",
    )
    .option(
      "--retry-after <seconds:seconds>",
      "Retry-After header of refused requests, in seconds (requires --http)",
    )
    .option(
      "--lose-answer",
      "Accept requests, but break the connection before the answer is complete",
    )
    .option(
      "--drop <when:drop>",
      "Close the connection without an answer, before or after the request is accepted",
    )
    .option(
      "--latency <time:latency>",
      "Delay each answer and each delivery step: 200ms, or a range such as 200ms..1s",
    )
    .option("--duplicate-callbacks", "Send every callback twice")
    .option(
      "--file <path:rules-file>",
      "Add the rules of a file, as `sinch sandbox rule list --json` prints them; - reads standard input",
    )
    .group("Applies to")
    .option(
      "-c, --channel <channel:channel>",
      "Only sends, messages and callbacks on this channel",
    )
    .option(
      "--only <start:identity>",
      "Only phone numbers or identities with this prefix, such as +15550100 (repeatable)",
      { collect: true },
    )
    .option("-a, --app <app-id:app>", "Only this app")
    .option(
      "--path <text:line>",
      "Only requests whose path contains this text, such as messages:send",
    )
    .option(
      "--rate <percentage:rate>",
      "Only this share, evenly spread: 5% is one in 20 (default: 100%)",
    )
    .option(
      "--times <number:times>",
      "Only the first matches, up to this number",
    )
    .example(
      "Fail messages on RCS, so that SMS takes over",
      "sinch sandbox rule add --channel RCS --fail CHANNEL_FAILURE --then SMS",
    )
    .example(
      "Refuse one request in 20 with 429",
      "sinch sandbox rule add --http 429 --retry-after 2 --rate 5%",
    )
    .example(
      "Slow down all answers",
      "sinch sandbox rule add --latency 200ms..1s",
    )
    .example(
      "Make some recipients unreachable",
      "sinch sandbox rule add --only +15550100 --fail RECIPIENT_NOT_REACHABLE",
    )
    .example(
      "Check that a client does not send twice when an answer is lost",
      "sinch sandbox rule add --path messages:send --lose-answer --times 1",
    )
    .example(
      "Check that a client does not send twice when the connection is dropped",
      "sinch sandbox rule add --path messages:send --drop after --times 1",
    )
    .example(
      "Send every callback twice, as the API may",
      "sinch sandbox rule add --duplicate-callbacks",
    )
    .example(
      "Add the rules of a file",
      "sinch sandbox rule add --file rules.json",
    );

type Options = OptionsOf<typeof declare>;

export const create = (cli: Cli) => declare().action(action(cli, add));

async function add(context: Context, options: Options): Promise<View> {
  const rules = rulesOf(options);
  const answer = await askSandbox<RuleList>(context, {
    method: "POST",
    path: "rules",
    body: { rules },
  });
  const added = answer.rules.slice(-rules.length).map(({ id }) => id);
  return {
    json: answer,
    text: (style) =>
      done(
        added.length === 1
          ? `Rule ${added[0]} added`
          : `Rules ${added[0]} to ${added.at(-1)} added`,
        style,
      ),
  };
}

/** @throws {Failure} usage: the options make no rule */
function rulesOf(options: Options): Rule[] {
  const { file, then, fail, retryAfter, http } = options;
  const rule: Rule = {
    channel: options.channel,
    only: options.only?.flat(),
    app_id: options.app,
    path: options.path,
    rate: options.rate,
    times: options.times,
    fail,
    then,
    http,
    retry_after: retryAfter,
    lose_answer: options.loseAnswer,
    drop: options.drop,
    latency: options.latency,
    duplicate_callbacks: options.duplicateCallbacks,
  };
  if (file) {
    const [other] = Object.entries(rule)
      .find(([, value]) => value !== undefined) ?? [];
    if (other === undefined) return file;
    throw usageError(`--file and ${flagOf(other)} cannot be used together`);
  }
  if (then && !fail) throw usageError("--then requires --fail");
  if (retryAfter !== undefined && http === undefined) {
    throw usageError("--retry-after requires --http");
  }
  if (EFFECTS.every((effect) => rule[effect] === undefined)) {
    throw usageError(
      `Missing one of ${EFFECTS.map(flagOf).join(", ")}`,
      "They say what happens to messages and requests that match.",
    );
  }
  return [rule];
}

function flagOf(field: string): string {
  return `--${field === "app_id" ? "app" : field.replaceAll("_", "-")}`;
}
