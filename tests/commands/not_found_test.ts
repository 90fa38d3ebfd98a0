/** What is said of an ID that the API does not know. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { denoRuntime } from "../../runtime/deno.ts";
import { runCli } from "../run_cli.ts";
import { SandboxServer } from "../sandbox_server.ts";

const CASES: [args: string[], env: Record<string, string>, says: string][] = [
  [["conversation", "apps", "get", "01NONE"], {}, "apps/01NONE"],
  [
    ["conversation", "send", "+15551234567", "Hi", "-c", "SMS"],
    { SINCH_APP_ID: "01STALE" },
    "App 01STALE (SINCH_APP_ID)",
  ],
  [
    ["conversation", "conversations", "--json"],
    { SINCH_APP_ID: "01STALE" },
    "App 01STALE (SINCH_APP_ID)",
  ],
  [
    ["conversation", "contacts", "--app", "01GIVEN"],
    {},
    "App 01GIVEN (--app)",
  ],
  [
    ["conversation", "webhooks", "list", "--app", "01GIVEN"],
    {},
    "App 01GIVEN (--app)",
  ],
];

for (const [args, env, says] of CASES) {
  Deno.test(`${args.join(" ")}: names the ID, its source and the other regions`, async () => {
    await using server = new SandboxServer();
    const run = await runCli(args, {
      env: { ...server.env, SINCH_REGION: "eu", ...env },
      fetch: denoRuntime().fetch,
    });
    assertEquals([run.code, run.stdout], [4, ""], run.stderr);
    assertStringIncludes(run.stderr, says);
    assertStringIncludes(run.stderr, "--region us or br");
    assert(!run.stderr.includes("--region eu"), run.stderr);
  });
}
