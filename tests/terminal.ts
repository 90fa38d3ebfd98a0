/**
 * A real terminal for tests: a program in a tmux pane, driven by keys and read
 * as a person reads it. Each terminal is a tmux server of its own, so that tests
 * can run side by side. Nothing waits for a fixed time.
 */
import { assertEquals } from "@std/assert";

const DEADLINE_MS = 30_000;
const POLL_MS = 25;

export interface TerminalOptions {
  /** Program and arguments. */
  command: string[];
  /** On top of this process's environment, whose CI is left out. */
  env?: Record<string, string>;
  columns?: number;
  rows?: number;
}

export interface Terminal extends AsyncDisposable {
  /** Types characters, as fast as the terminal takes them. */
  type(text: string): Promise<void>;
  /** Presses keys by tmux's names: `Enter`, `Down`, `C-c`, `Space`, `BSpace`. */
  press(...keys: string[]): Promise<void>;
  /** Pastes, marked as a paste where the program asked for that. */
  paste(text: string): Promise<void>;
  /** Waits until the screen shows it; throws with the screen if it never does. */
  waitFor(text: string | RegExp): Promise<void>;
  /** Waits, then types an answer and Enter. */
  answer(question: string | RegExp, text?: string): Promise<void>;
  /** Makes the window as many cells wide and high. */
  resize(columns: number, rows: number): Promise<void>;
  screen(): Promise<string>;
  showsCursor(): Promise<boolean>;
  /** Waits for the program to end; asserts that it left the terminal as it was. */
  exitCode(): Promise<number>;
}

/** A test that needs a terminal: skipped where there is no tmux, never on CI. */
export function terminalTest(name: string, test: () => Promise<void>): void {
  const ignore = !HAS_TMUX && !Deno.env.get("CI");
  Deno.test({
    name: ignore ? `${name} (skipped: there is no tmux)` : name,
    ignore,
    fn: test,
  });
}

const HAS_TMUX = await runs("tmux", "-V") && Deno.build.os !== "windows";

export async function startTerminal(
  { command, env = {}, columns = 100, rows = 40 }: TerminalOptions,
): Promise<Terminal> {
  const folder = await Deno.makeTempDir({ prefix: "sinch-terminal-" });
  const tmux = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await new Deno.Command("tmux", {
      args: ["-S", `${folder}/socket`, "-f", "/dev/null", "-u", ...args],
      env: { LC_ALL: "C.UTF-8", ...env },
    }).output();
    if (code !== 0) {
      throw new Error(`tmux ${args[0]}: ${new TextDecoder().decode(stderr)}`);
    }
    return new TextDecoder().decode(stdout);
  };

  await Deno.writeTextFile(
    `${folder}/run.sh`,
    `unset TMUX ${env.CI ? "" : "CI"}
cd ${quote(Deno.cwd())}
stty -a > ${folder}/before
${command.map(quote).join(" ")}
echo $? > ${folder}/exit.part
stty -a > ${folder}/after
mv ${folder}/exit.part ${folder}/exit
exec sleep 600
`,
  );
  await tmux(
    ...["new-session", "-d", "-x", `${columns}`, "-y", `${rows}`],
    `sh ${folder}/run.sh`,
  );

  const screen = () => tmux("capture-pane", "-p", "-J");
  const shows = (screen: string, text: string | RegExp) =>
    typeof text === "string" ? screen.includes(text) : text.test(screen);

  async function poll<T>(
    what: string,
    look: () => Promise<T | undefined>,
  ): Promise<T> {
    const giveUpAt = Date.now() + DEADLINE_MS;
    while (Date.now() < giveUpAt) {
      const found = await look();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    throw new Error(`the terminal never showed ${what}:\n${await screen()}`);
  }

  const terminal: Terminal = {
    async type(text) {
      await tmux("send-keys", "-l", "--", text);
    },
    async press(...keys) {
      await tmux("send-keys", ...keys);
    },
    async paste(text) {
      // Too long for an argument.
      await Deno.writeTextFile(`${folder}/paste`, text);
      await tmux("load-buffer", `${folder}/paste`);
      await tmux("paste-buffer", "-p", "-r");
    },
    async waitFor(text) {
      await poll(
        String(text),
        async () => shows(await screen(), text) || undefined,
      );
    },
    async answer(question, text = "") {
      await terminal.waitFor(question);
      if (text) await terminal.type(text);
      await terminal.press("Enter");
    },
    async resize(columns, rows) {
      await tmux("resize-window", "-x", `${columns}`, "-y", `${rows}`);
    },
    screen,
    showsCursor: async () =>
      (await tmux("display-message", "-p", "#{cursor_flag}")).trim() === "1",
    async exitCode() {
      const code = await poll(
        "the end of the program",
        () => Deno.readTextFile(`${folder}/exit`).catch(() => undefined),
      );
      const settings = async (when: string) =>
        (await Deno.readTextFile(`${folder}/${when}`))
          .replace(/rows \d+; columns \d+/, "");
      assertEquals(
        await settings("after"),
        await settings("before"),
        "the program left the terminal's settings changed",
      );
      return Number(code);
    },
    async [Symbol.asyncDispose]() {
      await tmux("kill-server").catch(() => {});
      await Deno.remove(folder, { recursive: true });
    },
  };
  return terminal;
}

/** A word for the shell. */
function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

async function runs(command: string, ...args: string[]): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(command, { args }).output();
    return success;
  } catch {
    return false;
  }
}
