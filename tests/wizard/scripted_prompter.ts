/** A person who gives the answers of a script, and meets every check. */
import { assert, assertEquals } from "@std/assert";
import type { Prompter } from "../../wizard/prompter.ts";

/**
 * What is asked, and the answer: the text typed, yes or no, the beginning of
 * the label chosen, or those of the labels ticked.
 */
export type Answers = [question: string, answer: string | boolean | string[]][];

export interface ScriptedPrompter extends Prompter {
  /** What was said between the questions. */
  readonly said: string[];
  /** Every answer was asked for. */
  assertDone(): void;
}

export function scriptedPrompter(answers: Answers): ScriptedPrompter {
  const left = [...answers];
  const said: string[] = [];

  function next<T extends string | boolean | string[]>(message: string): T {
    const [question, answer] = left.shift() ?? [];
    assertEquals(message, question, "asked what the script does not expect");
    return answer as T;
  }

  async function typed(
    question: Parameters<Prompter["input"]>[0],
  ): Promise<string> {
    const answer = next<string>(question.message) || question.default || "";
    const refusal = await question.check?.(answer);
    assertEquals(refusal, undefined, `${question.message}: ${answer}`);
    return answer;
  }

  function chosen<C extends { label: string; id?: string; disabled?: string }>(
    choices: C[],
    label: string,
  ): C {
    const found = choices.find((choice) =>
      choice.label.startsWith(label) || choice.id === label
    );
    assert(found, `no choice "${label}" in ${JSON.stringify(choices)}`);
    assertEquals(found.disabled, undefined, `${label} cannot be chosen`);
    return found;
  }

  return {
    said,
    input: typed,
    secret: typed,
    confirm: ({ message }) => Promise.resolve(next<boolean>(message)),
    select: ({ message, choices }) =>
      Promise.resolve(chosen(choices, next<string>(message)).value),
    pickMany({ message, choices, check }) {
      const picked = next<string[]>(message)
        .map((label) => chosen(choices, label).value);
      assertEquals(check?.(picked), undefined, message);
      return Promise.resolve(picked);
    },
    say: (text) => void said.push(text),
    once: (run) => run(),
    answered: () => {},
    resumeWith: () => {},
    assertDone: () => assertEquals(left, [], "never asked"),
  };
}
