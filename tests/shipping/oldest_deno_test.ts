/** The oldest Deno that the README names, and older ones, with the bundle. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { buildBundle, fetchFromNpm, ROOT, runProgram } from "./build.ts";

const { os, arch } = Deno.build;
const isThere = os === "linux" && arch === "x86_64";

const deno = (version: string) =>
  fetchFromNpm(`@deno/linux-x64-glibc@${version}`, "deno");

Deno.test({
  name:
    "the bundle runs on the oldest Deno that README names, older ones say so",
  ignore: !isThere,
  async fn() {
    const readme = await Deno.readTextFile(new URL("README.md", ROOT));
    assertStringIncludes(readme, "With Deno 2.8 or later");
    const folder = await Deno.makeTempDir();
    try {
      const bundle = await buildBundle(folder);
      const run = async (version: string, ...args: string[]) => {
        const program = await deno(version);
        await Deno.chmod(program, 0o755);
        return await runProgram(program, [
          ...["run", "--no-prompt", "--quiet", "--allow-all", bundle, ...args],
        ], {
          env: {
            HOME: folder,
            DENO_DIR: folder,
            NO_COLOR: "1",
            SINCH_SANDBOX_STORE: `${folder}/store.db`,
          },
        });
      };
      for (const version of ["2.0.0", "2.7.12"]) {
        const { code, stdout, stderr } = await run(version, "--version");
        assertEquals([code, stdout], [1, ""]);
        assertEquals(
          stderr,
          `error: sinch requires Deno 2.8 or later, this is Deno ${version}. Run \`deno upgrade\`.\n`,
        );
      }
      const send = ["--sandbox", "conversation", "send", "+15551234567", "Hi"];
      const sent = await run("2.8.0", ...send, "-c", "SMS");
      assertEquals(sent.code, 0, sent.stderr);
      // A fault that loses the answer.
      const show = ["--sandbox", "sandbox", "rule", "add", "--drop", "after"];
      const rule = await run("2.8.0", ...show, "--json");
      assertEquals(rule.code, 0, rule.stderr);
      const lost = await run("2.8.0", ...send, "-c", "SMS");
      assertEquals(lost.code, 5);
      assertMatch(lost.stderr, /not known/);
      const served = new Deno.Command(await deno("2.8.0"), {
        args: [
          ...["run", "--quiet", "--allow-all", bundle, "sandbox", "start"],
          ...["--port", "0", "--store", ":memory:", "--json"],
        ],
        env: { HOME: folder, DENO_DIR: folder },
        stdout: "piped",
      }).spawn();
      try {
        const reader = served.stdout.pipeThrough(new TextDecoderStream())
          .getReader();
        const { value = "" } = await reader.read();
        await reader.cancel();
        const health = await fetch(`${JSON.parse(value).url}/_sandbox/health`);
        assertEquals((await health.json()).status, "ok");
      } finally {
        served.kill();
        await served.status;
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
