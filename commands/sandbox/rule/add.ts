/** `sinch sandbox rule add`: one rule by flags, or many from a file. */
import { Command } from "@cliffy/command";
import { parseChannel } from "../../../options/channel.ts";
import { usageError } from "../../../errors.ts";
import { done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";
import type { KeptRule, Rule } from "../../../sandbox/rules/rule.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import { askSandbox } from "../control.ts";
import { checkedRules, readRules } from "./rule_file.ts";

interface Flags {
  channel?: string;
  only?: string[];
  app?: string;
  path?: string;
  rate?: string;
  times?: number;
  fail?: string;
  then?: string;
  http?: number;
  retryAfter?: number;
  loseAnswer?: boolean;
  drop?: string;
  latency?: string;
  duplicateCallbacks?: boolean;
  file?: string;
}

export function create(cli: Cli): AnyCommand {
  return (new Command() as AnyCommand)
    .description(
      "Say what should go wrong: first what it is about, then what happens to it. Rules are kept until they are removed, also for --sandbox.",
    )
    .option(
      "-c, --channel <channel:plain>",
      "About sends, messages and callbacks on this channel.",
    )
    .option(
      "--only <start:plain>",
      "About people whose number or other identity begins so, such as +15550100. Repeatable.",
      { collect: true },
    )
    .option("-a, --app <app-id:plain>", "About this app.")
    .option(
      "--path <text:plain>",
      "About requests whose path has this in it, such as messages:send.",
    )
    .option(
      "--rate <share:plain>",
      "Of those, this share, evenly: 5% is each twentieth.",
    )
    .option("--times <number:integer>", "Of those, the first so many.")
    .option(
      "--fail <reason:plain>",
      "Messages fail with this reason code; SILENCE: nothing more is heard.",
    )
    .option("--then <channel:plain>", "They go on with this channel.")
    .option(
      "--http <status:integer>",
      "Requests are refused with this status, 400 to 599.",
    )
    .option(
      "--retry-after <seconds:integer>",
      "The refusal says when to try again.",
    )
    .option(
      "--lose-answer",
      "Requests are taken, but the connection breaks before the answer.",
    )
    .option(
      "--drop <when:plain>",
      "Close the connection without an answer. One of: before (the request is not taken), after (it is taken).",
    )
    .option(
      "--latency <time:plain>",
      "Each answer, and each step of a message, takes so long: 200ms, or 200ms..1s.",
    )
    .option("--duplicate-callbacks", "Callbacks are posted twice.")
    .option(
      "--file <path:plain>",
      "Add the rules of a file, as `rule list --json` prints them; - is standard input.",
    )
    .example(
      "RCS fails, SMS takes over",
      "sinch sandbox rule add --channel RCS --fail CHANNEL_FAILURE --then SMS",
    )
    .example(
      "One request in twenty is one too many",
      "sinch sandbox rule add --http 429 --retry-after 2 --rate 5%",
    )
    .example(
      "A slow day",
      "sinch sandbox rule add --latency 200ms..1s",
    )
    .example(
      "Some people cannot be reached",
      "sinch sandbox rule add --only +15550100 --fail RECIPIENT_NOT_REACHABLE",
    )
    .example(
      "Does a client send twice when an answer is lost?",
      "sinch sandbox rule add --path messages:send --lose-answer --times 1",
    )
    .example(
      "Does a client send twice when the connection is dropped?",
      "sinch sandbox rule add --path messages:send --drop after --times 1",
    )
    .example(
      "Callbacks come twice, as they may for real",
      "sinch sandbox rule add --duplicate-callbacks",
    )
    .example("A whole scenario", "sinch sandbox rule add --file rules.json")
    .action(action(cli, add));
}

async function add(context: Context, flags: Flags): Promise<View> {
  const rules = await given(context, flags);
  const answer = await askSandbox<{ rules: KeptRule[] }>(
    context,
    "POST",
    "rules",
    { rules },
  );
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

async function given(context: Context, flags: Flags): Promise<Rule[]> {
  const rule: Rule = {
    channel: flags.channel && parseChannel(flags.channel, "--channel"),
    only: flags.only,
    app_id: flags.app,
    path: flags.path,
    rate: flags.rate,
    times: flags.times,
    fail: flags.fail?.toUpperCase(),
    then: flags.then && parseChannel(flags.then, "--then"),
    http: flags.http,
    retry_after: flags.retryAfter,
    lose_answer: flags.loseAnswer,
    // The check names what is wrong with another word.
    drop: flags.drop as Rule["drop"],
    latency: flags.latency,
    duplicate_callbacks: flags.duplicateCallbacks,
  };
  if (flags.file === undefined) return checkedRules([rule]);
  if (Object.values(rule).some((value) => value !== undefined)) {
    throw usageError("--file cannot be combined with the flags of a rule");
  }
  return await readRules(context.runtime, flags.file, "--file");
}
