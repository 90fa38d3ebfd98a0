/**
 * The same questions for a terminal that cannot move its cursor (`TERM=dumb`, as
 * in an editor): lines are written and read, and nothing is drawn twice.
 */
import { stoppedBy } from "../errors.ts";
import type { Guarded } from "../output/door.ts";
import { safeLine } from "../output/safe_text.ts";
import { endOfInput } from "./keyboard.ts";
import {
  type Prompter,
  type TextQuestion,
  withCommand,
  YES_OR_NO,
} from "./prompter.ts";
import type { Rewind } from "./rewind.ts";

export function createPlainPrompter(
  runtime: Guarded,
  rewind: Rewind,
): Prompter {
  const { stdin, stderr } = runtime;
  let typed = "";
  const decoder = new TextDecoder();

  /** The next line that is typed, without its end. */
  async function readLine(): Promise<string> {
    const stopped = Promise.withResolvers<never>();
    const ignoreSignals = runtime.onStop((signal) =>
      stopped.reject(stoppedBy(signal))
    );
    try {
      for (;;) {
        const [, line, rest] = /^([^\r\n]*)(?:\r\n?|\n)(.*)$/s.exec(typed) ??
          [];
        if (line !== undefined) {
          typed = rest!;
          return line;
        }
        const piece = new Uint8Array(4096);
        const count = await Promise.race([stdin.read(piece), stopped.promise]);
        if (count === null) throw endOfInput();
        typed += decoder.decode(piece.subarray(0, count), { stream: true });
        // In raw mode, while a secret is typed, these are mere characters.
        if (typed.includes("\x03")) throw stoppedBy("SIGINT");
        if (typed.includes("\x04")) throw endOfInput();
      }
    } catch (error) {
      stderr.write("\n");
      throw withCommand(error, rewind);
    } finally {
      ignoreSignals();
    }
  }

  /** Asks until `read` gives an answer; it returns the reason of a refusal. */
  async function ask<T>(
    question: string,
    read: (line: string) => Promise<{ answer: T } | string>,
  ): Promise<T> {
    for (;;) {
      stderr.write(`${safeLine(question)}: `);
      const result = await read((await readLine()).trim());
      if (typeof result !== "string") return result.answer;
      stderr.write(`  ${safeLine(result)}\n`);
    }
  }

  function text(question: TextQuestion): Promise<string> {
    const { message, hint, default: preset, check } = question;
    if (hint) stderr.write(`${safeLine(hint)}\n`);
    return ask(preset ? `${message} (${preset})` : message, async (line) => {
      const answer = line || (preset ?? "");
      return await check?.(answer) ?? { answer };
    });
  }

  /** Lists them with numbers. */
  function showChoices(choices: { label: string; note?: string }[]): void {
    for (const [index, { label, note }] of choices.entries()) {
      stderr.write(
        `  ${index + 1}) ${safeLine(label)}${
          note ? ` ${safeLine(note)}` : ""
        }\n`,
      );
    }
  }

  function indexOf(choices: { label: string; id?: string }[], word: string) {
    if (/^\d{1,4}$/.test(word) && choices[Number(word) - 1]) {
      return Number(word) - 1;
    }
    const found = choices.flatMap(({ label, id = "" }, index) =>
      `${label} ${id}`.toLowerCase().includes(word.toLowerCase()) ? [index] : []
    );
    return found.length === 1 ? found[0] : undefined;
  }

  return {
    input: (question) =>
      rewind.question(question.message, () => text(question)),

    secret: (question) =>
      rewind.question(question.message, async () => {
        // Without echo; a terminal that shows lines alone has raw mode, too.
        stdin.setRaw(true);
        try {
          const secret = await text(question);
          runtime.secrets.remember(secret);
          return secret;
        } finally {
          stdin.setRaw(false);
          stderr.write("\n");
        }
      }),

    confirm: ({ message, default: preset }) =>
      rewind.question(
        message,
        () =>
          ask(`${message} (${preset ? "Y/n" : "y/N"})`, (line) =>
            Promise.resolve(
              line === ""
                ? { answer: preset }
                : YES_OR_NO.test(line)
                ? { answer: /^y/i.test(line) }
                : "Answer yes or no",
            )),
      ),

    select: ({ message, choices, default: preset }) =>
      rewind.question(message, () => {
        stderr.write(`${safeLine(message)}\n`);
        showChoices(
          choices.map(({ label, id, disabled }) => ({
            label,
            note: disabled ? `(${disabled})` : id,
          })),
        );
        const first = choices.findIndex(({ value }) =>
          preset !== undefined && value === preset
        );
        return ask(
          first < 0 ? "Number or text" : `Number or text (${first + 1})`,
          (line) => {
            const index = line === "" ? first : indexOf(choices, line) ?? -1;
            const chosen = choices[index];
            return Promise.resolve(
              chosen === undefined
                ? `Enter a number from 1 to ${choices.length}, or a text that only one has`
                : chosen.disabled ?? { answer: chosen.value },
            );
          },
        );
      }),

    pickMany: ({ message, choices, check }) =>
      rewind.question(message, () => {
        stderr.write(`${safeLine(message)}\n`);
        showChoices(
          choices.map(({ label, picked }) => ({
            label,
            note: picked ? "*" : undefined,
          })),
        );
        return ask(
          "Numbers, comma-separated (default: those with *)",
          (line) => {
            const words = line.split(",").map((word) => word.trim());
            const indexes = words.map((word) => indexOf(choices, word));
            if (line !== "" && indexes.includes(undefined)) {
              return Promise.resolve(
                `Enter numbers from 1 to ${choices.length}, comma-separated`,
              );
            }
            const answer = choices.filter(({ picked }, index) =>
              line === "" ? picked : indexes.includes(index)
            ).map(({ value }) => value);
            return Promise.resolve(check?.(answer) ?? { answer });
          },
        );
      }),

    say(text) {
      if (!rewind.isRepeating) stderr.write(`${text}\n`);
    },
    once: (run) => rewind.once(run),
    answered: (...words) => rewind.answers.push(...words),
    resumeWith: (command) => rewind.command = command,
  };
}
