/** What is said of an ID that the API does not know. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { denoRuntime } from "../../runtime/deno.ts";
import { runCli } from "../run_cli.ts";
import { SandboxServer } from "../sandbox_server.ts";

const CASES: [args: string[], env: Record<string, string>, says: string][] = [
  [["conversation", "apps", "get", "01NONE"], {}, 'App "01NONE" not found\n'],
  [
    ["conversation", "send", "+15551234567", "Hi", "-c", "SMS"],
    { SINCH_APP_ID: "01STALE" },
    'App "01STALE" not found (from SINCH_APP_ID)',
  ],
  [
    ["conversation", "conversations", "--json"],
    { SINCH_APP_ID: "01STALE" },
    'App "01STALE" not found (from SINCH_APP_ID)',
  ],
  [
    ["conversation", "contacts", "--app", "01GIVEN"],
    {},
    'App "01GIVEN" not found (from --app)',
  ],
  [
    ["conversation", "webhooks", "list", "--app", "01GIVEN"],
    {},
    'App "01GIVEN" not found (from --app)',
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
    assertStringIncludes(run.stderr.replaceAll('\\"', '"'), says);
    assertStringIncludes(run.stderr, "--region us or br");
    assert(!run.stderr.includes("--region eu"), run.stderr);
  });
}

const IN_SANDBOX: [line: string, says: string][] = [
  ["sandbox rule remove 01NONE", 'Rule "01NONE" not found'],
  ["sandbox show 01NONE", 'Message "01NONE" not found'],
  ["sandbox callbacks get 01NONE", 'Callback "01NONE" not found'],
  [
    "sandbox trigger OPT_IN --app 01NONE",
    'App "01NONE" not found (from --app)',
  ],
  [
    "--sandbox conversation messages get 01NONE",
    'Message "01NONE" not found',
  ],
  [
    "--sandbox conversation templates delete nosuch",
    'Template "nosuch" not found',
  ],
  ["--sandbox conversation apps delete 01NONE", 'App "01NONE" not found'],
];

for (const [line, says] of IN_SANDBOX) {
  Deno.test(`sinch ${line}: ${says}`, async () => {
    const home = await Deno.makeTempDir();
    const { code, stdout, stderr } = await runCli(line.split(" "), { home });
    assertEquals([code, stdout], [4, ""], stderr);
    assertStringIncludes(stderr, says);
    await Deno.remove(home, { recursive: true });
  });
}
