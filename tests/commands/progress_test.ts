/** Waits and retries, as a person in a terminal sees them. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { startTerminal, terminalTest } from "../terminal.ts";
import { runCli } from "../run_cli.ts";
import { DENO_DIR } from "../wizard/sinch_terminal.ts";

const LIST = ["conversation", "messages", "list"];
const ACCOUNT = {
  SINCH_PROJECT_ID: "p",
  SINCH_KEY_ID: "k",
  SINCH_KEY_SECRET: "s",
  SINCH_APP_ID: "a",
};

/** A server that refuses once, and takes its time for the answer. */
function slow(ms: number) {
  let refusals = 1;
  return Deno.serve({ port: 0, onListen: () => {} }, async ({ url }) => {
    if (url.endsWith("/oauth2/token")) {
      return Response.json({ access_token: "t", expires_in: 3600 });
    }
    if (refusals-- > 0) {
      return Response.json({}, {
        status: 503,
        headers: { "retry-after": "1" },
      });
    }
    await new Promise((resolve) => setTimeout(resolve, ms));
    return Response.json({ messages: [] });
  });
}

function environment(server: Deno.HttpServer<Deno.NetAddr>) {
  return { ...ACCOUNT, SINCH_API_URL: `http://127.0.0.1:${server.addr.port}` };
}

terminalTest("a wait shows a spinner, and a retry why and when", async () => {
  await using server = await slow(1000);
  const home = await Deno.makeTempDir();
  await using terminal = await startTerminal({
    command: [Deno.execPath(), "run", "-A", "--quiet", "main.ts", ...LIST],
    env: { ...environment(server), HOME: home, DENO_DIR },
  });
  await terminal.waitFor("The server answered 503. Trying again in 1 s.");
  await terminal.waitFor("Waiting for an answer…");
  assertEquals(await terminal.exitCode(), 0);
  const screen = await terminal.screen();
  assertEquals(screen.includes("Waiting"), false, screen);
  assertStringIncludes(screen, "No messages found.");
  await Deno.remove(home, { recursive: true });
});

for (
  const [args, terminal] of [
    [["--json"], true],
    [[], { stdout: false, stderr: true }],
    [[], false],
  ] as const
) {
  Deno.test(`no spinner with ${args} and ${JSON.stringify(terminal)}`, async () => {
    await using server = await slow(500);
    const run = await runCli([...LIST, ...args], {
      env: environment(server),
      fetch: fetch,
      terminal,
    });
    assertEquals(run.code, 0, run.stderr);
    assert(!/Waiting|Trying/.test(run.stderr), run.stderr);
  });
}
