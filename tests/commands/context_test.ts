import { assertEquals, assertStringIncludes } from "@std/assert";
import { failing, SandboxedCli } from "../sandboxed_cli.ts";

const LIST = ["conversation", "apps", "list"];

Deno.test("a profile named by a flag does not hide whose credentials are used", async () => {
  await using cli = new SandboxedCli();
  const home = await Deno.makeTempDir();
  const created = await cli.run(["config", "profile", "create", "prod"], {
    home,
  });
  assertEquals(created.code, 0, created.stderr);
  const noted = await cli.run([...LIST, "--profile", "prod"], { home });
  assertEquals(noted.code, 0);
  assertStringIncludes(
    noted.stderr,
    "from the environment, not from profile prod",
  );
  const json = await cli.run([...LIST, "--profile", "prod", "--json"], {
    home,
  });
  assertEquals(json.stderr, "");
  assertEquals((await cli.run(LIST, { home })).stderr, "");
  await Deno.remove(home, { recursive: true });
});

for (const flag of ["--region", "--profile", "--env-file"]) {
  Deno.test(`--sandbox checks ${flag} as any other call does`, async () => {
    await using cli = new SandboxedCli();
    const real = await cli.run([...LIST, flag, "nowhere"]);
    const run = await cli.run([...LIST, "--sandbox", flag, "nowhere"]);
    assertEquals([run.code, run.stdout], [2, ""]);
    const [error] = run.stderr.split("\n");
    assertEquals(error, real.stderr.split("\n")[0]);
    assertStringIncludes(error!, '"nowhere"');
  });
}

Deno.test("with --json a failure is all that is on stderr", async () => {
  await using cli = new SandboxedCli();
  const args = ["conversation", "send", "+15551234567", "hi", "--json"];
  const env = { SINCH_APP_ID: "" };
  const sent = await cli.run([...args, "-c", "SMS"], { env });
  assertEquals(sent.code, 0);
  assertStringIncludes(sent.stderr, "Using the project's only app");
  cli.answers = [undefined, failing(400, "INVALID_ARGUMENT")];
  const failed = await cli.run([...args, "-c", "SMS"], { env });
  assertEquals([failed.code, failed.stdout], [1, ""]);
  assertEquals(JSON.parse(failed.stderr).error.code, "INVALID_ARGUMENT");
});
