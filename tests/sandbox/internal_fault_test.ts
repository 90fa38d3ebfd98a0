/** What the sandbox says when it cannot go on itself. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { runCli } from "../run_cli.ts";

Deno.test("an internal fault is answered with its cause, and no stack", async () => {
  const home = await Deno.makeTempDir();
  const store = `${home}/sandbox.db`;
  const env = { SINCH_SANDBOX: "1", SINCH_SANDBOX_STORE: store };
  const list = ["conversation", "contacts", "list"];
  assertEquals((await runCli(list, { home, env })).code, 0);
  const database = new DatabaseSync(store);
  database.exec("UPDATE contacts SET doc = '{'");
  database.close();
  for (const form of [[], ["--json"], ["--debug"]]) {
    const run = await runCli([...list, ...form], { home, env });
    const text = run.stdout + run.stderr;
    assertEquals(run.code, 1, text);
    assertStringIncludes(text, "internal server error");
    if (form[0] === "--debug") assertStringIncludes(text, "SyntaxError");
    assert(!/\bat .*:\d+:\d+|\.ts\b/.test(text), text);
  }
  await Deno.remove(home, { recursive: true });
});
