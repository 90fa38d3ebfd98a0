import { assertEquals, assertStringIncludes } from "@std/assert";
import { SandboxedCli } from "../sandboxed_cli.ts";

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
