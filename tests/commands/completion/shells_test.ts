/**
 * The scripts in the shells themselves: installed as a user would, then Tab is
 * pressed in a terminal. PowerShell is not among them: it is not at hand.
 */
import { assertEquals } from "@std/assert";
import { runCli } from "../../run_cli.ts";
import { startTerminal, terminalTest } from "../../terminal.ts";
import { DENO_DIR } from "../../wizard/sinch_terminal.ts";

const MAIN = new URL("../../../main.ts", import.meta.url).pathname;

const SHELLS = [
  { name: "bash", command: ["bash", "-i"] },
  { name: "zsh", command: ["zsh", "-i"] },
  { name: "fish", command: ["fish", "-i"] },
] as const;

/** What is typed before Tab, and what stands there afterwards. */
const LINES: [typed: string, completed: string][] = [
  ["sinch conversation se", "sinch conversation send"],
  ["sinch conversation send --capt", "--caption"],
  ["sinch conversation send --channel WH", "--channel WHATSAPP"],
  ["sinch conversation send --channel=WH", "--channel=WHATSAPP"],
  ["sinch conversation send --channel wh", "--channel WHATSAPP"],
  ["sinch conversation send --channel=wh", "--channel=WHATSAPP"],
  ["sinch config list -", "list --"],
  [
    'sinch conversation send +15551234567 "Hello there: you" --channel TEL',
    "--channel TELEGRAM",
  ],
  [
    "sinch conversation send --media https://example.com/a.jpg --type med",
    "--type media",
  ],
  [
    "sinch --sandbox conversation apps get ",
    "01SANDB0XAPP00000000000001",
  ],
  ["sinch --env-file LICEN", "--env-file LICENSE"],
  ["sinch conversation send --card @LICEN", "--card @LICENSE"],
  ["sinch conversation send --card=@LICEN", "--card=@LICENSE"],
];

for (const { name, command } of SHELLS) {
  shellTest(name, async () => {
    const home = await Deno.makeTempDir({ prefix: "sinch-shell-" });
    await Deno.mkdir(`${home}/bin`);
    // Where this is missing, fish reads every manual page in the background.
    await Deno.mkdir(`${home}/.local/share/fish/generated_completions`, {
      recursive: true,
    });
    await Deno.writeTextFile(
      `${home}/bin/sinch`,
      `#!/bin/sh\nexec '${Deno.execPath()}' run -A --quiet '${MAIN}' "$@"\n`,
      { mode: 0o755 },
    );
    try {
      const { code } = await runCli(
        ["completion", "--install", "--shell", name],
        { home },
      );
      assertEquals(code, 0);
      await using terminal = await startTerminal({
        command: [...command],
        env: {
          HOME: home,
          DENO_DIR,
          PATH: `${home}/bin:${Deno.env.get("PATH")}`,
          SINCH_SANDBOX_STORE: ":memory:",
        },
        columns: 120,
      });
      await terminal.answer("", "printf 'rea%s\\n' dy");
      await terminal.waitFor(/^ready$/m);
      // Words without a description are listed without its mark.
      await terminal.type("sinch conversation send --type car");
      await terminal.press("Tab", "Tab");
      await terminal.waitFor("carousel");
      assertEquals(/car\w* +--/.exec(await terminal.screen()), null);
      await terminal.press("C-c");
      await terminal.press("C-u", "C-l");
      await terminal.waitFor(/^(?![\s\S]*sinch )/);
      for (const [typed, completed] of LINES) {
        await terminal.type(typed);
        await terminal.press("Tab");
        await terminal.waitFor(completed);
        await terminal.press("C-u", "C-l");
        await terminal.waitFor(/^(?![\s\S]*sinch )/);
      }
      // It writes its history before the folder goes.
      await terminal.answer("", "exit");
      await terminal.exitCode();
    } finally {
      await Deno.remove(home, { recursive: true });
    }
  });
}

/** Skipped where the shell is missing, never on CI. */
function shellTest(shell: string, test: () => Promise<void>): void {
  const title = `${shell} completes with Tab`;
  if (!isThere(shell) && !Deno.env.get("CI")) {
    Deno.test.ignore(`${title} (skipped: there is no ${shell})`, () => {});
  } else terminalTest(title, test);
}

function isThere(command: string): boolean {
  try {
    return new Deno.Command(command, { args: ["--version"] }).outputSync()
      .success;
  } catch {
    return false;
  }
}
