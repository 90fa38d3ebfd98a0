/** The screen at the top of README.md is what the program prints. */
import { assertEquals } from "@std/assert";
import type { Output } from "../runtime/runtime.ts";
import { runCli } from "./run_cli.ts";

const README = await Deno.readTextFile(
  new URL("../README.md", import.meta.url),
);

/** IDs and times are of one run. */
function general(screen: string): string {
  return screen
    .replaceAll(/\b01[0-9A-Z]{24}\b/g, (id) => /SANDB0X/.test(id) ? id : "ID")
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+ \(.*\)/g, "TIME")
    .trimEnd();
}

Deno.test("README's first screen is what its commands print in a terminal", async () => {
  const [, screen = ""] = /```\n(\$ sinch[\s\S]*?)```/.exec(README) ?? [];
  const home = await Deno.makeTempDir();
  try {
    let printed = "";
    for (const [line, command = ""] of screen.matchAll(/^\$ sinch (.*)$/mg)) {
      const args = [...command.matchAll(/"([^"]*)"|(\S+)/g)]
        .map(([, quoted, word]) => quoted ?? word!);
      printed += `${line}\n`;
      const terminal: Output = {
        isTerminal: () => true,
        columns: () => 100,
        rows: () => 40,
        write: (text) => void (printed += text),
        send: (text) => Promise.resolve(void (printed += text)),
      };
      const { code } = await runCli(args, {
        home,
        terminal: true,
        env: { NO_COLOR: "1" },
        runtime: { stdout: terminal, stderr: terminal },
      });
      assertEquals(code, 0, printed);
      printed += "\n";
    }
    assertEquals(general(screen), general(printed));
    const [, hint = ""] = /run `sinch (.*)`/.exec(printed) ?? [];
    const hinted = await runCli(hint.split(" "), { home });
    assertEquals(hinted.code, 0, hinted.stderr);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});
