/**
 * Does what docs/tutorial.md says, as a reader would: its code blocks are run in
 * their order, each in the terminal that the second word of its fence names.
 *
 * - `sh`: run there. In the first terminal it must succeed, and print nothing
 *   but what is shown below it; in `live` the sandbox stands in for Sinch, and
 *   what it prints is not shown. In the others a program goes on.
 * - `text`: all that the terminal has printed since the last such block.
 * - `ts`: the file that is named above it; its types are checked.
 *
 * Ids, times and ports are others than those on the page.
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { startTerminal, type Terminal, terminalTest } from "./terminal.ts";
import { DENO_DIR } from "./wizard/sinch_terminal.ts";

const ROOT = new URL("../", import.meta.url);
const FIRST = "";
const DEADLINE_MS = 15_000;
const POLL_MS = 25;

/** What is asked in `live`, and what its reader answers. */
const ANSWERS: Record<string, [question: string, answer: string][]> = {
  "sinch auth login": [
    ["Project ID", "sandbox-project"],
    ["Key ID", "sandbox-key"],
    ["Key secret", "sandbox-secret"],
    ["Region", ""],
  ],
  "sinch conversation apps use": [["? App", ""]],
};

interface Block {
  language: string;
  terminal: string;
  text: string;
  /** The name of the file that a `ts` block is. */
  file?: string;
}

terminalTest("the tutorial does what it says", async () => {
  const blocks = blocksOf(await read("docs/tutorial.md"));
  await using reader = await Reader.create();
  for (const [place, block] of blocks.entries()) {
    if (block.language === "ts") await reader.save(block);
    else if (block.language === "text") await reader.see(block);
    else if (block.terminal === "install") {
      assertStringIncludes(await read("README.md"), block.text);
    } else {
      const next = blocks[place + 1];
      const isShown = next?.language === "text" &&
        next.terminal === block.terminal;
      await reader.run(block, isShown);
    }
  }
  await reader.hasSeenEverything();
});

function blocksOf(markdown: string): Block[] {
  const found = markdown.matchAll(
    /(?:`([\w.]+)`:\n\n)?^```(sh|text|ts) ?(\w*)\n(.*?)^```$/gms,
  );
  const blocks = [...found].map(([, file, language, terminal, text]) => ({
    file,
    language: language!,
    terminal: terminal!,
    text: text!,
  }));
  assertEquals(blocks.length * 2, markdown.match(/^```/gm)!.length);
  return blocks;
}

/** A home folder with `sinch` on PATH, and the terminals that are open. */
class Reader implements AsyncDisposable {
  readonly #shells = new Map<string, Shell>();
  /** From a port on the page to the one here. */
  readonly #ports = new Map(
    ["4010", "4011", "8000"].map((page) => [page, freePort()]),
  );
  /** All that was to be seen, and was seen, so far. */
  #wanted = "";
  #seen = "";

  private constructor(readonly home: string) {}

  static async create(): Promise<Reader> {
    const home = await Deno.realPath(
      await Deno.makeTempDir({ prefix: "sinch-tutorial-" }),
    );
    const main = new URL("main.ts", ROOT).pathname;
    const programs = {
      sinch: `exec '${Deno.execPath()}' run -A --quiet '${main}' "$@"`,
      // No secret goes to the keychain of who runs the tests.
      "secret-tool": "exit 1",
      security: "exit 1",
    };
    await Deno.mkdir(`${home}/bin`);
    for (const [name, body] of Object.entries(programs)) {
      const text = `#!/bin/sh\n${body}\n`;
      await Deno.writeTextFile(`${home}/bin/${name}`, text, { mode: 0o755 });
    }
    await Deno.symlink(Deno.execPath(), `${home}/bin/deno`);
    return new Reader(home);
  }

  async save({ file, text }: Block): Promise<void> {
    assert(file, "the name of the file stands above a ts block");
    const path = `${this.home}/${file}`;
    await Deno.writeTextFile(path, this.#here(text));
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--no-config", "--quiet", path],
    }).output();
    assert(success, new TextDecoder().decode(stderr));
  }

  async run({ terminal, text }: Block, isShown: boolean): Promise<void> {
    const shell = await this.#shell(terminal);
    await shell.start(this.#here(text));
    if (terminal === "live") {
      for (const [command, answers] of Object.entries(ANSWERS)) {
        if (!text.includes(command)) continue;
        for (const answer of answers) await shell.terminal.answer(...answer);
      }
    }
    if (terminal === FIRST || terminal === "live") {
      const code = await shell.exitCode();
      assertEquals(code, 0, `${text}${await shell.printed()}`);
    }
    if (terminal === FIRST && !isShown) {
      assertEquals(await shell.printed(), "", text);
    }
  }

  async see({ terminal, text }: Block): Promise<void> {
    const shell = await this.#shell(terminal);
    const wanted = this.#wanted + text;
    const giveUpAt = Date.now() + DEADLINE_MS;
    for (;;) {
      const printed = await shell.printed();
      const seen = this.#seen + this.#onPage(printed);
      if (plain(seen) === plain(wanted)) {
        [this.#wanted, this.#seen] = [wanted, seen];
        shell.passOver(printed);
        return;
      }
      if (Date.now() > giveUpAt) {
        const start = plain(this.#wanted).length;
        assertEquals(plain(seen).slice(start), plain(wanted).slice(start));
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  async hasSeenEverything(): Promise<void> {
    for (const [terminal, shell] of this.#shells) {
      const printed = await shell.printed();
      if (terminal !== "live") assertEquals(withoutRequests(printed), "");
    }
  }

  async #shell(name: string): Promise<Shell> {
    const open = this.#shells.get(name);
    if (open) return open;
    const sandbox = `http://127.0.0.1:${this.#ports.get("4010")}`;
    const shell = await Shell.open(name, this.home, {
      SINCH_DATA_DIR: `${this.home}/.local/share/sinch`,
      ...(name === "live" ? { SINCH_API_URL: sandbox } : {}),
    });
    this.#shells.set(name, shell);
    return shell;
  }

  #here(text: string): string {
    const [port, batchPort] = this.#ports.values();
    const ports = `--port ${port} --batch-port ${batchPort}`;
    return this.#replaced(
      text.replaceAll("sinch sandbox start", `$& ${ports}`),
      ([page, here]) => [page, here],
    );
  }

  #onPage(text: string): string {
    return this.#replaced(text, ([page, here]) => [here, page])
      .replaceAll(this.home, "/home/you");
  }

  #replaced(
    text: string,
    direction: (pair: [string, string]) => [string, string],
  ): string {
    return [...this.#ports].map(direction).reduce(
      (text, [from, to]) =>
        text.replaceAll(new RegExp(`\\b${from}\\b`, "g"), to),
      text,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const shell of this.#shells.values()) await shell.close();
    await Deno.remove(this.home, { recursive: true });
  }
}

/** Bash in a terminal, which runs a block at a time. */
class Shell {
  #blocks = 0;
  /** Lines on the screen that were looked at. */
  #passed = 0;

  private constructor(
    readonly name: string,
    readonly home: string,
    readonly terminal: Terminal,
  ) {}

  static async open(
    name: string,
    home: string,
    env: Record<string, string>,
  ): Promise<Shell> {
    const terminal = await startTerminal({
      command: ["sh", "-c", "cd && exec bash --norc --noprofile"],
      env: {
        HOME: home,
        DENO_DIR,
        DENO_NO_UPDATE_CHECK: "1",
        PATH: `${home}/bin:${Deno.env.get("PATH")}`,
        ...env,
      },
      columns: 140,
      rows: 60,
    });
    return new Shell(name, home, terminal);
  }

  async start(text: string): Promise<void> {
    const file = `.block-${this.name}-${++this.#blocks}`;
    await Deno.writeTextFile(`${this.home}/${file}`, text);
    this.#passed = 0;
    await this.terminal.type(
      `clear; . ~/${file}; echo "[block ${this.#blocks} ended: $?]"`,
    );
    await this.terminal.press("Enter");
  }

  /** Of the block; waits for its end. */
  async exitCode(): Promise<number> {
    const end = new RegExp(`^\\[block ${this.#blocks} ended: (\\d+)\\]$`, "m");
    await this.terminal.waitFor(end);
    return Number(end.exec(await this.terminal.screen())![1]);
  }

  /** What stands on the screen, and was not looked at. */
  async printed(): Promise<string> {
    const screen = await this.terminal.screen();
    const lines = screen.replace(/^\[block \d+ ended: .*/ms, "").trimEnd();
    return lines.split("\n").slice(this.#passed).map((line) => `${line}\n`)
      .join("").trimStart();
  }

  passOver(printed: string): void {
    this.#passed += printed.split("\n").length - 1;
  }

  /** Stops what runs, and waits for it: it may write to the home folder. */
  async close(): Promise<void> {
    await this.terminal.press("C-c");
    await this.terminal.type("exit");
    await this.terminal.press("Enter");
    await this.terminal.exitCode().catch(() => {});
    await this.terminal[Symbol.asyncDispose]();
  }
}

/**
 * For comparing: ids by the order in which they appear, no times, no more than
 * two spaces between columns, whose width depends on the times.
 */
function plain(text: string): string {
  const ids: string[] = [];
  return text
    .replaceAll(/\b01[0-9A-Z]{24}\b/g, (id) => {
      if (!ids.includes(id)) ids.push(id);
      return `(id ${ids.indexOf(id) + 1})`;
    })
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, "(time)")
    .replaceAll(/just now|\d+( minutes?|m) ago/g, "(age)")
    .replaceAll(/ {2,}/g, "  ");
}

async function read(path: string): Promise<string> {
  return await Deno.readTextFile(new URL(path, ROOT));
}

function freePort(): string {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return String(listener.addr.port);
}

/** What the sandbox printed, except its line for each request. */
function withoutRequests(printed: string): string {
  return printed.replace(/^[A-Z]+ \/\S* {2}\d+ {2}\d+ ms\n?/gm, "");
}

Deno.test("what a Unix shell alone understands has a form for PowerShell", async () => {
  const text = await Deno.readTextFile("docs/tutorial.md");
  const pieces = [...text.matchAll(/^```sh[^\n]*\n(.*?)^```\n+(.{0,400})/gms)];
  for (const [, commands = "", after = ""] of pieces) {
    if (!/\beval\b|\bexport\b|^curl|\/dev\/|^head/m.test(commands)) continue;
    assertMatch(after, /^\(In PowerShell/, commands);
  }
  assertMatch(text, /'@secret\.txt'/);
});
