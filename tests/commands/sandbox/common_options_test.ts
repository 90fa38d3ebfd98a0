/** The common options of `sinch sandbox …`: each does something, or is refused. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runCli } from "../../run_cli.ts";
import { Served } from "./served.ts";

for (
  const [option, command] of [
    [["--region", "eu"], ["sandbox", "rule"]],
    [["--profile", "work"], ["sandbox", "clock", "advance", "1s"]],
    [["--curl"], ["sandbox", "env"]],
    [["--region", "eu"], ["sandbox", "start", "--port", "0"]],
    [["--region", "eu"], ["sandbox", "reset", "--force"]],
  ]
) {
  Deno.test(`${command!.join(" ")} refuses ${option![0]}`, async () => {
    const { code, stderr } = await runCli([...command!, ...option!]);
    assertEquals(code, 2);
    assertStringIncludes(stderr, option![0]!);
  });
}

Deno.test("--debug shows the request to a running sandbox", async () => {
  await using served = await Served.open();
  const { code, stdout, stderr } = await served.run("clock", "--debug");
  assertEquals(code, 0);
  assertMatch(stdout, /^\d{4}-/);
  assertMatch(stderr, /^> GET http:.*\/_sandbox\/clock\n< 200 in /m);
});

Deno.test("--env-file names the sandbox and its store", async () => {
  await using served = await Served.open();
  const home = await Deno.makeTempDir();
  const file = `${home}/test.env`;
  const { keyId, keySecret } = served.sandbox.account;
  await Deno.writeTextFile(
    file,
    `SINCH_API_URL=${served.url}\nSINCH_KEY_ID=${keyId}\nSINCH_KEY_SECRET=${keySecret}\n`,
  );
  const add = ["sandbox", "rule", "add", "--http", "500", "--json"];
  const run = (...args: string[]) =>
    runCli([...args, "--env-file", file], { home, fetch });
  assertEquals((await run(...add)).code, 0);
  assertEquals(
    (await served.run("rule")).stdout,
    "1\teverything\tHTTP 500\t0\n",
  );

  const store = `${home}/named.db`;
  await Deno.writeTextFile(file, `SINCH_SANDBOX_STORE=${store}\n`);
  assertEquals((await run(...add)).code, 0);
  assertEquals((await Deno.stat(store)).isFile, true);
  const reset = await run("sandbox", "reset", "--force", "--json");
  assertEquals(JSON.parse(reset.stdout), { store, reset: true });
  await Deno.remove(home, { recursive: true });
});

Deno.test("without a running sandbox the hint comes after the result", async () => {
  const home = await Deno.makeTempDir();
  let seen = "";
  const write = (text: string) => {
    seen += text;
  };
  const stream = {
    isTerminal: () => false,
    columns: () => 80,
    rows: () => 24,
    write,
    send: (text: string) => Promise.resolve(write(text)),
  };
  const { code } = await runCli(["sandbox", "rule"], {
    home,
    runtime: { stdout: stream, stderr: stream },
  });
  assertEquals(code, 0);
  assertMatch(seen, /^No rules.*\n.*--sandbox/);
  await Deno.remove(home, { recursive: true });
});
