/** What `sandbox start` shows of requests in a terminal. */
import { assert } from "@std/assert";
import { startTerminal, terminalTest } from "../../terminal.ts";
import { DENO_DIR } from "../../wizard/sinch_terminal.ts";

const LOGIN = `Basic ${btoa("sandbox-key:sandbox-secret")}`;

async function startIn(...flags: string[]) {
  const home = await Deno.makeTempDir({ prefix: "sinch-home-" });
  const terminal = await startTerminal({
    command: [
      ...[Deno.execPath(), "run", "-A", "main.ts"],
      ...["sandbox", "start", "--port", "0", "--store", ":memory:", ...flags],
    ],
    env: { HOME: home, DENO_DIR },
  });
  await terminal.waitFor("Press Ctrl-C to stop.");
  const [, url] = /ready at (\S+)/.exec(await terminal.screen())!;
  return {
    ...terminal,
    async ask(path: string, body?: unknown) {
      const response = await fetch(
        `${url}/v1/projects/sandbox-project${path}`,
        {
          method: body ? "POST" : "GET",
          headers: { authorization: LOGIN, "content-type": "application/json" },
          body: body ? JSON.stringify(body) : undefined,
        },
      );
      await response.body?.cancel();
    },
    async [Symbol.asyncDispose]() {
      await terminal[Symbol.asyncDispose]();
      // The program may still be removing its own files.
      await Deno.remove(home, { recursive: true }).catch(() => {});
    },
  };
}

terminalTest(
  "sandbox start shows a line for each request, and names unknown fields",
  async () => {
    await using sandbox = await startIn();
    await sandbox.ask("/apps");
    await sandbox.waitFor(
      /GET \/v1\/projects\/sandbox-project\/apps {2}200 {2}\d+ ms/,
    );
    await sandbox.ask("/contacts", { languge: "SV" });
    await sandbox.waitFor(
      /POST \/v1\/projects\/sandbox-project\/contacts {2}400 {2}\d+ ms\n {2}Note: unknown field languge/,
    );
  },
);

terminalTest("sandbox start --quiet shows no request", async () => {
  await using sandbox = await startIn("--quiet", "--debug");
  await sandbox.ask("/apps");
  // The terminal's echo comes after what the sandbox wrote.
  await sandbox.type("done");
  await sandbox.waitFor("done");
  const screen = await sandbox.screen();
  assert(!screen.includes("/apps"), screen);
});
