/**
 * A program that asks the questions named on its command line and prints the
 * answers as JSON: what the tests of the prompter drive in a terminal.
 */
import { Failure } from "../../errors.ts";
import { guarded } from "../../output/door.ts";
import { denoRuntime, exit } from "../../runtime/deno.ts";
import { createPlainPrompter } from "../../wizard/plain_prompter.ts";
import { createPrompter, type Prompter } from "../../wizard/prompter.ts";
import { Rewind } from "../../wizard/rewind.ts";

const COLOURS = ["red", "green", "blue", "yellow", "grey", "white"];

const QUESTIONS: Record<string, (prompter: Prompter) => Promise<unknown>> = {
  input: (ask) => ask.input({ message: "Text" }),
  preset: (ask) =>
    ask.input({
      message: "Language",
      default: "en-US",
      hint: "BCP 47",
      check: (text) => /^\w\w-\w\w$/.test(text) ? undefined : `not "${text}"`,
    }),
  // A default that its own check refuses.
  refused: (ask) =>
    ask.input({
      message: "Number",
      default: "one",
      check: (text) => /^\d+$/.test(text) ? undefined : "digits, please",
    }),
  secret: (ask) => ask.secret({ message: "Key secret" }),
  yes: (ask) => ask.confirm({ message: "Send?", default: true }),
  no: (ask) => ask.confirm({ message: "Delete?", default: false }),
  select: (ask) =>
    ask.select({
      message: "Colour",
      choices: COLOURS.map((label) => ({ value: { label }, label })),
    }),
  search: (ask) =>
    ask.select({
      message: "Colour",
      search: true,
      default: "grey",
      choices: COLOURS.map((label) => ({
        value: label,
        label,
        disabled: label === "green" ? "sold out" : undefined,
      })),
    }),
  people: (ask) =>
    ask.select({
      message: "Contact",
      search: true,
      choices: [
        { value: 4711, label: "Ada Ek 4711" },
        { value: 4721, label: "Ben Ek 4721" },
      ],
    }),
  none: (ask) =>
    ask.select({
      message: "Height",
      choices: [
        { value: "tall", label: "tall" },
        { value: undefined, label: "any" },
      ],
    }),
  tall: (ask) =>
    ask.select({
      message: "Row",
      choices: Array.from({ length: 30 }, (_, value) => ({
        value,
        label: `row ${value}`,
      })),
    }),
  ids: (ask) =>
    ask.select({
      message: "Contact",
      search: true,
      choices: ["Ada Lovelace", "Bo Ek"].map((name, at) => ({
        value: at + 1,
        label: `${name}  SMS 15551234567, WHATSAPP 15551234567`,
        id: `01HSANDB0XC0NTACT00000000${at + 1}`,
      })),
    }),
  length: async (ask) => (await ask.input({ message: "Text" })).length,
  once: (ask) =>
    ask.once(() => {
      runtime.stderr.write("done\n");
      return Promise.resolve(1);
    }),
  command: (ask) => {
    ask.resumeWith(() => "sinch conversation send --channel SMS");
    return Promise.resolve();
  },
  foreign: (ask) =>
    ask.select({
      message: "App \x1b[31mred",
      choices: [
        {
          value: 1,
          label: `evil \x1b]0;title\x07\x1b[2J ${"漢字".repeat(60)}`,
        },
        { value: 2, label: "good" },
      ],
    }),
  many: (ask) =>
    ask.pickMany({
      message: "Triggers",
      check: (picked) => picked.length === 0 ? "pick one at least" : undefined,
      choices: [
        { value: "in", label: "MESSAGE_INBOUND", group: "Messages" },
        { value: "out", label: "MESSAGE_DELIVERY", group: "Messages" },
        { value: "opt", label: "OPT_IN", group: "Consent", picked: true },
      ],
    }),
};

const runtime = guarded(denoRuntime());
const rewind = new Rewind();
const create = runtime.env("TERM") === "dumb"
  ? createPlainPrompter
  : createPrompter;
const prompter = create(runtime, rewind);
try {
  const answers = await rewind.run(async () => {
    const answers = [];
    for (const name of runtime.args) {
      answers.push(await QUESTIONS[name]!(prompter));
    }
    return answers;
  });
  await runtime.stdout.reveal(`${JSON.stringify(answers)}\n`);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  runtime.stderr.write(`${error.kind}: ${error.message}\n`);
  if (error.hint) runtime.stderr.write(`${error.hint}\n`);
  exit(error.exitCode);
}
exit(0);
