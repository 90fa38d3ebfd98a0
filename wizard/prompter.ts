/**
 * Questions to a person at a terminal. The only file that knows Cliffy's
 * prompts, and it loads them at the first question: they cost 39 ms.
 *
 * Everything is drawn on standard error, standard output stays data. Only the
 * two prompts that both Cliffy 1.2 and its release candidates have are used.
 */
import { Failure, stoppedBy } from "../errors.ts";
import { cells, clip } from "../output/cells.ts";
import type { Guarded } from "../output/door.ts";
import { safeLine } from "../output/safe_text.ts";
import { typedWith } from "../runtime/suggest.ts";
import { goesBack, isCtrlD, type Key } from "./key.ts";
import {
  createKeyboard,
  endOfInput,
  LINE_BREAK_SIGN,
  MARK_PASTES,
  PASTED,
  STOP_MARKING_PASTES,
  withLineBreaks,
} from "./keyboard.ts";
import { GoBack, Rewind } from "./rewind.ts";
import { edited, inserted, type Line, view } from "./text_line.ts";

/**
 * Every method throws a `Failure`: `interrupted` at Ctrl-C, `usage` at the end
 * of input. Foreign text (names of apps …) is cleaned before it is shown.
 */
export interface Prompter {
  input(question: TextQuestion): Promise<string>;
  /** Shows stars for what is typed. */
  secret(question: TextQuestion): Promise<string>;
  confirm(question: { message: string; default: boolean }): Promise<boolean>;
  select<T>(question: SelectQuestion<T>): Promise<T>;
  /** A list to tick: space ticks, Enter ends. */
  pickMany<T>(question: PickManyQuestion<T>): Promise<T[]>;
  /** Shows a text between two questions. */
  say(text: string): void;
  /**
   * Does what must not be done twice, such as a change: nobody goes back to the
   * questions before it.
   */
  once<T>(run: () => Promise<T>): Promise<T>;
  /**
   * Notes an answer as the words of the command line that give it: Ctrl-C shows
   * the command with the answers so far.
   */
  answered(...words: string[]): void;
  /** Sets what Ctrl-C shows instead. */
  resumeWith(command: () => string): void;
}

export interface TextQuestion {
  message: string;
  hint?: string;
  /** Taken for an empty answer, and checked like any other. */
  default?: string;
  check?(answer: string): Refusal | Promise<Refusal>;
}

/** Why an answer will not do; nothing where it does. */
type Refusal = string | undefined;

export interface SelectQuestion<T> {
  message: string;
  choices: SelectOption<T>[];
  default?: T;
  /** Typing narrows the list down. */
  search?: boolean;
}

export interface SelectOption<T> {
  value: T;
  label: string;
  /** Shown dim behind the label where there is room; found by typing it, too. */
  id?: string;
  /** Why it cannot be chosen; shown beside it. */
  disabled?: string;
}

export interface PickManyQuestion<T> {
  message: string;
  /** Those of one group stand together, under its name. */
  choices: { value: T; label: string; group?: string; picked?: boolean }[];
  check?(picked: T[]): Refusal;
}

/** One line of a list, as Cliffy carries it about. */
interface Row {
  index: number;
  label: string;
  id?: string;
  disabled?: string;
  picked?: boolean;
  /** Cliffy's search looks at the value's text too. */
  toString(): string;
}

/** @param rewind What goes back to the question before; the caller runs it. */
export function createPrompter(
  runtime: Guarded,
  rewind: Rewind = new Rewind(),
): Prompter {
  const { stdin, stderr } = runtime;
  const keyboard = createKeyboard(stdin);
  const decoder = new TextDecoder();
  const streams = {
    reader: {
      read: keyboard.read,
      isTerminal: () => stdin.isTerminal(),
      // Raw for the whole question: between two keys Cliffy would let the
      // terminal echo what is typed ahead, and Ctrl-C end the process.
      setRaw: () => {},
    },
    writer: {
      writeSync(bytes: Uint8Array) {
        stderr.draw(decoder.decode(bytes, { stream: true }));
        return bytes.length;
      },
    },
  };

  /** Asks, and leaves the terminal as it was whatever happens. */
  async function ask<T>(
    question: (prompts: Prompts) => Promise<T>,
  ): Promise<T> {
    const prompts = await loadPrompts({
      columns: () => stderr.columns(),
      pasted: keyboard.pasted,
      back: rewind.canGoBack
        ? () => {
          throw new GoBack();
        }
        : () => {},
    });
    const stopped = Promise.withResolvers<never>();
    const ignoreSignals = runtime.onStop((signal) =>
      stopped.reject(stoppedBy(signal))
    );
    if (stdin.isTerminal()) stdin.setRaw(true);
    try {
      stderr.draw(MARK_PASTES);
      return await Promise.race([question(prompts), stopped.promise]);
    } catch (error) {
      // In place of the question that was left, or below it, with no half-drawn
      // list after it.
      stderr.draw(error instanceof GoBack ? "\r\x1b[J" : "\x1b[J\n");
      throw withCommand(error, rewind);
    } finally {
      if (stdin.isTerminal()) stdin.setRaw(false);
      ignoreSignals();
      stderr.draw(STOP_MARKING_PASTES + SHOW_CURSOR);
    }
  }

  const row = ({ label, id, ...rest }: Omit<Row, "toString">): Row => {
    const text = runtime.secrets.mask(safeLine(label));
    const room = stderr.columns() - LIST_MARGIN;
    const idCells = id === undefined ? 0 : cells(id) + GAP.length;
    // An ID is there to be copied, a text to be read: that comes first.
    const showsId = cells(text, room) + idCells <= room ||
      room - idCells >= READABLE;
    return {
      ...rest,
      label: clip(text, showsId ? room - idCells : room),
      id: showsId && id !== undefined ? safeLine(id) : undefined,
      toString: () => `${label} ${id ?? ""}`,
    };
  };
  /** The question, its hint and the line below stay on the screen, too. */
  const listRows = () =>
    Math.max(3, Math.min(LIST_ROWS, stderr.rows() - OTHER_ROWS));

  /** Asks for a text in one line; `settings` are Cliffy's. */
  const askLine = <T>(
    message: string,
    hint: string | undefined,
    { before, refusal, answer, shown, hidden }: LineQuestion<T>,
  ) =>
    ask(async ({ TextInput }) => {
      const hints = [
        hint && safeLine(hint),
        rewind.canGoBack && "Esc to go back",
      ];
      let result: T;
      const input = new TextInput({
        ...streams,
        message: safeLine(message),
        hint: hints.filter(Boolean).join(" · ") || undefined,
        async validate(typed: string) {
          const text = withLineBreaks(typed.trim());
          const why = await refusal(text);
          input.isReplaceable = why !== undefined;
          result = answer(text);
          return why === undefined || safeLine(why);
        },
        transform: (typed: string) => typed,
      });
      input.isHidden = hidden ?? false;
      input.shown = () => shown(result);
      if (before !== undefined) input.offer(before);
      await input.prompt();
      return result!;
    });

  const text = (
    { message, hint, default: preset, check }: TextQuestion,
    options: { before?: string; hidden?: boolean },
  ) => {
    const answer = (typed: string) => typed || (preset ?? "");
    return askLine<string>(
      preset ? `${message} (${preset})` : message,
      hint,
      {
        ...options,
        // The default is not handed to Cliffy: it would be taken unchecked.
        refusal: async (typed) => await check?.(answer(typed)),
        answer,
        shown: (text) => options.hidden ? "*".repeat(text.length) : text,
      },
    );
  };

  return {
    input: (question) =>
      rewind.question<string>(
        question.message,
        (before) => text(question, { before }),
      ),

    secret: (question) =>
      rewind.question(question.message, async () => {
        const secret = await text(question, { hidden: true });
        runtime.secrets.remember(secret);
        return secret;
      }),

    confirm: ({ message, default: preset }) =>
      rewind.question<boolean>(message, (before) =>
        askLine<boolean>(
          `${message} (${before ?? preset ? "Y/n" : "y/N"})`,
          undefined,
          {
            refusal: (typed) =>
              typed === "" || YES_OR_NO.test(typed)
                ? undefined
                : "Answer yes or no",
            answer: (typed) =>
              typed === "" ? before ?? preset : /^y/i.test(typed),
            shown: (yes) => yes ? "Yes" : "No",
          },
        )),

    async select<T>(
      { message, choices, default: preset, search }: SelectQuestion<T>,
    ) {
      // Its label finds the choice again among others that are made anew.
      const chosen = await rewind.question<SelectOption<T>>(
        message,
        async (before) => {
          const rows = choices.map(({ label, id, disabled }, index) =>
            row({
              label: disabled ? `${label} (${disabled})` : label,
              id,
              index,
              disabled,
            })
          );
          const first = choices.findIndex(({ label, value }) =>
            // A choice may well be for `undefined`; no preset means none of them.
            before
              ? label === before.label
              : preset !== undefined && value === preset
          );
          const { index } = await ask(({ List }) =>
            new List({
              ...streams,
              message: safeLine(message),
              search,
              options: rows.map((row) => option(row)),
              default: rows[first],
              hideDefault: true,
              validate: ({ disabled }) => disabled ?? true,
              keys: LIST_KEYS,
              maxRows: listRows(),
            }).prompt()
          );
          return choices[index]!;
        },
      );
      return chosen.value;
    },

    pickMany({ message, choices, check }) {
      return rewind.question(message, async (before) => {
        const rows = choices.map(({ label, value, picked = false }, index) =>
          row({ label, index, picked: before?.includes(value) ?? picked })
        );
        const picked = () => rows.filter(({ picked }) => picked);
        const values = () => picked().map(({ index }) => choices[index]!.value);
        const groups = Map.groupBy(rows, ({ index }) => choices[index]!.group);
        await ask(({ TickList }) =>
          new TickList({
            ...streams,
            message: safeLine(message),
            hint: "Space to toggle, a to toggle all, Enter to confirm",
            options: [...groups].flatMap(([group, rows]) => [
              ...group ? [{ name: `── ${safeLine(group)} ──` }] : [],
              ...rows.map((row) => option(row)),
            ]),
            validate: () => check?.(values()) ?? true,
            format: () =>
              picked().map(({ label }) => label).join(", ") || "none",
            keys: LIST_KEYS,
            maxRows: listRows(),
          }).prompt()
        );
        return values();
      });
    },

    say(text) {
      if (!rewind.isRepeating) stderr.write(`${text}\n`);
    },
    once: (run) => rewind.once(run),
    answered: (...words) => rewind.answers.push(...words),
    resumeWith: (command) => rewind.command = command,
  };
}

/** What is special about a question that is answered in one line. */
interface LineQuestion<T> {
  /** The answer that the person went back to. */
  before?: string;
  refusal(typed: string): Refusal | Promise<Refusal>;
  answer(typed: string): T;
  /** What stays on the screen. */
  shown(answer: T): string;
  hidden?: boolean;
}

/** An interruption, with the command that has the answers so far. */
export function withCommand(
  error: unknown,
  { command, answers }: Rewind,
): unknown {
  if (!(error instanceof Failure) || error.kind !== "interrupted") return error;
  if (!command && answers.length === 0) return error;
  return error.withHint(`To continue: ${command?.() ?? typedWith(answers)}`);
}

export const YES_OR_NO = /^(y|yes|n|no)$/i;
const GAP = "  ";
/** Cells that a text keeps beside an ID. */
const READABLE = 40;
/** Rows of the terminal beside those of a list. */
const OTHER_ROWS = 4;
/** Cells beside a label: the pointer, the tick and the last column. */
const LIST_MARGIN = 7;
const LIST_ROWS = 14;
/** Cells of a text input beside the message. */
const NARROWEST_INPUT = 16;
/** Cliffy hides it while a list is shown. */
const SHOW_CURSOR = "\x1b[?25h";
/** Without Cliffy's letters (`d` for down …): a word typed too early would move. */
const LIST_KEYS = {
  next: ["down"],
  previous: ["up"],
  nextPage: ["pagedown"],
  previousPage: ["pageup"],
};

const TICKS = { on: "[x]", off: "[ ]" };

function option(row: Row) {
  return {
    value: row,
    name: nameOf(row),
    disabled: row.disabled !== undefined,
  };
}

function nameOf({ label, picked }: Row): string {
  if (picked === undefined) return label;
  return `${picked ? TICKS.on : TICKS.off} ${label}`;
}

type Prompts = Awaited<ReturnType<typeof loadPrompts>>;

interface PromptOptions {
  columns(): number;
  /** The text of a paste. */
  pasted(): string;
  /** Leaves the question for the one before, if there is one. */
  back(): void;
}

/** Cliffy's prompts, with what they lack for this program. */
async function loadPrompts({ columns, pasted, back }: PromptOptions) {
  const { Input, Select } = await import("@cliffy/prompt");

  /** The line after a key or a paste; ends at Ctrl-D where it is empty. */
  function typed(line: Line, key: Key): Line | undefined {
    if (goesBack(key)) {
      back();
      return line;
    }
    if (isCtrlD(key) && line.text === "") throw endOfInput();
    return key.sequence === PASTED
      ? inserted(line, pasted())
      : edited(line, key);
  }

  /**
   * Moves to the line on which the question begins: a terminal that became
   * narrower has broken the line in which `cell` is.
   */
  function moveToQuestion(cell: number): Uint8Array {
    const lines = Math.floor(Math.max(0, cell - 1) / columns());
    return new TextEncoder().encode(lines > 0 ? `\x1b[${lines}A` : "");
  }

  /** Edits whole characters, and scrolls a text that is wider than the terminal. */
  class TextInput extends Input {
    /** Whether the next character takes the place of the text. */
    isReplaceable = false;
    isHidden = false;
    /** What stays on the screen of the answer. */
    shown = () => "";
    #view = { text: "", cursor: 0 };
    #message?: string;
    /** Where the cursor was left. */
    #drawnAt = 0;

    /** Puts a text into the line, to be taken, edited or replaced. */
    offer(text: string): void {
      this.inputValue = text.replaceAll("\n", LINE_BREAK_SIGN);
      this.inputIndex = this.inputValue.length;
      this.isReplaceable = true;
    }

    protected override message(): string {
      this.#message ??= this.settings.message;
      this.settings.message = clip(this.#message, columns() - NARROWEST_INPUT);
      const line = super.message();
      this.cursor.x = this.#questionCells() + this.#view.cursor + 1;
      return line;
    }

    protected override async render(): Promise<void> {
      await super.render();
      this.#drawnAt = this.cursor.x;
    }

    protected override clear(): void {
      this.settings.writer.writeSync(moveToQuestion(this.#drawnAt));
      super.clear();
    }

    protected override input(): string {
      const room = Math.max(columns() - this.#questionCells() - 1, 10);
      const text = this.isHidden
        ? "*".repeat(this.inputValue.length)
        : this.inputValue;
      this.#view = view(text, this.inputIndex, room);
      return this.isReplaceable
        ? `\x1b[7m${this.#view.text}\x1b[27m`
        : this.#view.text;
    }

    protected override format(): string {
      const room = Math.max(columns() - this.#questionCells(), 10);
      return clip(
        safeLine(this.shown().replaceAll("\n", LINE_BREAK_SIGN)),
        room,
      );
    }

    /** Width of `? message › `. */
    #questionCells(): number {
      return cells(this.settings.message) + 5;
    }

    protected override async handleEvent(key: Key): Promise<void> {
      const old = { text: this.inputValue, cursor: this.inputIndex };
      const isText = key.sequence === PASTED ||
        key.char && !key.ctrl && !key.meta;
      const line = typed(
        this.isReplaceable && isText ? { text: "", cursor: 0 } : old,
        key,
      );
      if (!line) return await super.handleEvent(key);
      this.isReplaceable = false;
      this.inputValue = line.text;
      this.inputIndex = line.cursor;
    }
  }

  class List extends Select<Row> {
    #matched = "";
    /** Where the cursor was left. */
    #drawnAt = 0;

    /**
     * Keeps the lines that have the text in them, and points at the first that
     * can be chosen. Cliffy 1.2 would look for similar lines: a number that does
     * not exist would select its neighbour.
     */
    protected override match(): void {
      this.#matched = this.inputValue;
      // The API has phone numbers without their +.
      const wanted = this.inputValue.toLowerCase().replace(/^\+(?=\d)/, "");
      this.setOptions(
        this.getCurrentOptions().filter((each) => {
          const text = "value" in each
            ? `${each.name}\n${each.value}`
            : each.name;
          return text.toLowerCase().includes(wanted);
        }),
      );
      this.listIndex = this.options.findIndex(({ disabled }) => !disabled);
      this.listOffset = 0;
    }

    protected override async render(): Promise<void> {
      await super.render();
      this.#drawnAt = this.cursor.x;
    }

    protected override clear(): void {
      this.settings.writer.writeSync(moveToQuestion(this.#drawnAt));
      super.clear();
    }

    protected override getList(): string {
      return super.getList().replace(
        "No matches...",
        "No matches. Ctrl-U clears the search.",
      );
    }

    protected override getListItem(
      option: typeof this.options[number],
      isSelected?: boolean,
    ): string {
      const line = super.getListItem(option, isSelected);
      const id = "value" in option ? option.value?.id : undefined;
      return id === undefined ? line : `${line}${GAP}\x1b[2m${id}\x1b[22m`;
    }

    protected override async handleEvent(key: Key): Promise<void> {
      const line = typed(
        { text: this.inputValue, cursor: this.inputIndex },
        key,
      );
      if (!line) return await super.handleEvent(key);
      if (!this.settings.search) return;
      this.inputValue = line.text;
      this.inputIndex = line.cursor;
      if (this.inputValue !== this.#matched) this.match();
    }

    /** The list itself says that it is empty. */
    protected override setErrorMessage(): void {}

    /** Cliffy looks for the next enabled line for ever when there is none. */
    protected override selectNext(loop?: boolean): void {
      if (this.#canMove()) super.selectNext(loop);
    }

    protected override selectPrevious(loop?: boolean): void {
      if (this.#canMove()) super.selectPrevious(loop);
    }

    #canMove(): boolean {
      return this.options.some(({ disabled }) => !disabled);
    }
  }

  class TickList extends List {
    protected override async handleEvent(key: Key): Promise<void> {
      if (key.name === "space") this.#tick([this.selectedOption]);
      else if (key.name === "a" && !key.ctrl) this.#tick(this.options);
      else await super.handleEvent(key);
    }

    /** Ticks them; takes the ticks away where all have one. */
    #tick(options: typeof this.options | [typeof this.selectedOption]): void {
      const ticked = options.filter((each) =>
        each !== undefined && "value" in each && !each.disabled
      ) as ReturnType<typeof option>[];
      const all = ticked.every(({ value }) => value.picked);
      for (const each of ticked) {
        each.value.picked = !all;
        each.name = nameOf(each.value);
      }
    }
  }

  return { TextInput, List, TickList };
}
