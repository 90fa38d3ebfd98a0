/**
 * Questions to a person at a terminal. The only file that knows Cliffy's
 * prompts, and it loads them at the first question: they cost 39 ms.
 *
 * Everything is drawn on standard error, standard output stays data. Only the
 * four prompts that both Cliffy 1.2 and its release candidates have are used.
 */
import { stoppedBy } from "../errors.ts";
import { cells, clip } from "../output/cells.ts";
import { safeLine } from "../output/safe_text.ts";
import type { Guarded } from "../output/door.ts";
import {
  createKeyboard,
  MARK_PASTES,
  STOP_MARKING_PASTES,
  withLineBreaks,
} from "./keyboard.ts";
import { after, before, view } from "./text_line.ts";

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
  disabled?: string;
  picked?: boolean;
  /** Cliffy's search looks at the value's text too. */
  toString(): string;
}

export function createPrompter(runtime: Guarded): Prompter {
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
    const prompts = await loadPrompts(() => stderr.columns());
    const stopped = Promise.withResolvers<never>();
    const ignoreSignals = runtime.onStop((signal) =>
      stopped.reject(stoppedBy(signal))
    );
    if (stdin.isTerminal()) stdin.setRaw(true);
    try {
      stderr.draw(MARK_PASTES);
      return await Promise.race([question(prompts), stopped.promise]);
    } catch (error) {
      // Below the question, with no half-drawn list after it.
      stderr.draw("\x1b[J\n");
      throw error;
    } finally {
      if (stdin.isTerminal()) stdin.setRaw(false);
      ignoreSignals();
      stderr.draw(STOP_MARKING_PASTES + SHOW_CURSOR);
    }
  }

  const row = (label: string, rest: Omit<Row, "label">): Row => ({
    label: clip(
      runtime.secrets.mask(safeLine(label)),
      stderr.columns() - LIST_MARGIN,
    ),
    ...rest,
  });

  return {
    input: (question) =>
      ask(({ TextInput }) =>
        new TextInput({ ...streams, ...textSettings(question) }).prompt()
      ),

    async secret(question) {
      const secret = await ask(({ Secret }) =>
        Secret.prompt({ ...streams, ...textSettings(question) })
      );
      runtime.secrets.remember(secret);
      return secret;
    },

    confirm: ({ message, default: preset }) =>
      ask(({ Confirm }) =>
        Confirm.prompt({
          ...streams,
          message: safeLine(message),
          default: preset,
        })
      ),

    async select({ message, choices, default: preset, search }) {
      const rows = choices.map(({ label, disabled }, index) =>
        row(disabled ? `${label} (${disabled})` : label, {
          index,
          disabled,
          toString: () => label,
        })
      );
      const chosen = await ask(({ List }) =>
        new List({
          ...streams,
          message: safeLine(message),
          search,
          options: rows.map((row) => option(row)),
          // A choice may well stand for `undefined`; no preset means none of them.
          default: preset === undefined
            ? undefined
            : rows[choices.findIndex(({ value }) => value === preset)],
          hideDefault: true,
          validate: ({ disabled }) => disabled ?? true,
          keys: LIST_KEYS,
          maxRows: LIST_ROWS,
        }).prompt()
      );
      return choices[chosen.index]!.value;
    },

    async pickMany({ message, choices, check }) {
      const rows = choices.map(({ label, picked = false }, index) =>
        row(label, { index, picked, toString: () => label })
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
          format: () => picked().map(({ label }) => label).join(", ") || "none",
          keys: LIST_KEYS,
          maxRows: LIST_ROWS,
        }).prompt()
      );
      return values();
    },

    say: (text) => stderr.write(`${text}\n`),
  };
}

/** Cells beside a label: the pointer, the tick and the last column. */
const LIST_MARGIN = 7;
const LIST_ROWS = 14;
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

/**
 * A text question for Cliffy. The default is not handed to it: it would be taken
 * unchecked.
 */
function textSettings({ message, hint, default: preset, check }: TextQuestion) {
  const answer = (typed: string) =>
    withLineBreaks(typed.trim()) || (preset ?? "");
  return {
    message: safeLine(preset ? `${message} (${preset})` : message),
    hint: hint && safeLine(hint),
    async validate(typed: string) {
      const refusal = await check?.(answer(typed));
      return refusal === undefined || safeLine(refusal);
    },
    transform: answer,
  };
}

/** A key, as far as it is of interest here. */
interface KeyEvent {
  name?: string;
  char?: string;
  sequence?: string;
  code?: string;
  ctrl?: boolean;
  meta?: boolean;
  shift?: boolean;
}

/** Cliffy 1.2 knows it, its release candidates do not. */
function isCtrlW({ name, ctrl }: KeyEvent): boolean {
  return name === "w" && ctrl === true;
}

/** Where the word before the cursor starts. */
function wordStart(text: string, cursor: number): number {
  return text.slice(0, cursor).trimEnd().lastIndexOf(" ") + 1;
}

type Prompts = Awaited<ReturnType<typeof loadPrompts>>;

/** Cliffy's prompts, with what they lack for this program. */
async function loadPrompts(columns: () => number) {
  const { Confirm, Input, Secret, Select } = await import("@cliffy/prompt");

  /** Edits whole characters, and scrolls a text that is wider than the terminal. */
  class TextInput extends Input {
    #shown = { text: "", cursor: 0 };

    protected override message(): string {
      const line = super.message();
      this.cursor.x = this.#questionCells() + this.#shown.cursor + 1;
      return line;
    }

    protected override input(): string {
      const room = Math.max(columns() - this.#questionCells() - 1, 10);
      this.#shown = view(this.inputValue, this.inputIndex, room);
      return this.#shown.text;
    }

    /** Width of `? message › `. */
    #questionCells(): number {
      return cells(this.settings.message) + 5;
    }

    protected override async handleEvent(event: KeyEvent): Promise<void> {
      if (!isCtrlW(event)) return await super.handleEvent(event);
      const end = this.inputIndex;
      this.inputIndex = wordStart(this.inputValue, end);
      this.#cut(this.inputIndex, end);
    }

    protected override moveCursorLeft(): void {
      this.inputIndex = before(this.inputValue, this.inputIndex);
    }

    protected override moveCursorRight(): void {
      this.inputIndex = after(this.inputValue, this.inputIndex);
    }

    protected override deleteChar(): void {
      const end = this.inputIndex;
      this.moveCursorLeft();
      this.#cut(this.inputIndex, end);
    }

    protected override deleteCharRight(): void {
      this.#cut(this.inputIndex, after(this.inputValue, this.inputIndex));
    }

    #cut(start: number, end: number): void {
      this.inputValue = this.inputValue.slice(0, start) +
        this.inputValue.slice(end);
    }
  }

  class List extends Select<Row> {
    #matched = "";

    /**
     * Keeps the lines that have the text in them, and points at the first that
     * can be chosen. Cliffy 1.2 would look for similar lines: a number that does
     * not exist would select its neighbour.
     */
    protected override match(): void {
      this.#matched = this.inputValue;
      const wanted = this.inputValue.toLowerCase();
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

    protected override async handleEvent(event: KeyEvent): Promise<void> {
      if (isCtrlW(event)) {
        const start = wordStart(this.inputValue, this.inputIndex);
        while (this.inputIndex > start) this.deleteChar();
      } else await super.handleEvent(event);
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
    protected override async handleEvent(event: KeyEvent): Promise<void> {
      if (event.name === "space") this.#tick([this.selectedOption]);
      else if (event.name === "a") this.#tick(this.options);
      else await super.handleEvent(event);
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

  return { Confirm, Secret, TextInput, List, TickList };
}
