/** Streams that take nothing: real processes on a full disk and broken pipes. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { HostileServer } from "./server.ts";

const MAIN = new URL("../../main.ts", import.meta.url).href;

const SEND = "conversation send +15551234567 Hello -c sms --app A".split(" ");

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the program with redirections of a shell, such as `2>/dev/full`. */
async function runWith(
  redirections: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  const { code, stdout, stderr } = await new Deno.Command("bash", {
    args: [
      ...["-c", `"$@" ${redirections}`, "bash", Deno.execPath(), "run", "-A"],
      ...["--quiet", "--no-check", MAIN, ...args],
    ],
    env: { HOME: "/nonexistent", NO_COLOR: "1", ...env },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

const ignore = Deno.build.os !== "linux";

/** The second has a reader that has gone. */
for (const stderr of ["2>/dev/full", "2> >(exec <&-)", "2>&-"]) {
  Deno.test({
    name: `${stderr} changes neither what is sent nor the exit code`,
    ignore,
    async fn() {
      await using server = await HostileServer.start({
        reply: ({ url }) =>
          url.endsWith(":send")
            ? { status: 200, body: { message_id: "M1" } }
            : undefined,
      });
      // Notes come before the request, too.
      const sent = await runWith(
        stderr,
        [...SEND, "--debug", "--curl"],
        server.env,
      );
      assertEquals(sent.code, 0);
      assertStringIncludes(sent.stdout, "M1");
      assertEquals(server.changes.length, 1);

      const wrong = await runWith(stderr, [...SEND, "--nope"], server.env);
      assertEquals(wrong.code, 2);
      assertEquals(server.changes.length, 1);
    },
  });
}

for (
  const args of [
    ["--version"],
    ["--help"],
    ["help", "exit-codes"],
    ["config", "list"],
    ["completion", "--shell", "bash"],
    ["__complete", "bash", "conv"],
    ["conversation", "apps", "list", "--sandbox"],
    ["sandbox", "clock", "--sandbox"],
  ]
) {
  Deno.test({
    name: `a full disk behind ${args.join(" ")} is no bug`,
    ignore,
    async fn() {
      const { code, stderr } = await runWith("> /dev/full", args, {
        SINCH_SANDBOX_STORE: ":memory:",
        SINCH_CONFIG_DIR: "/nonexistent",
      });
      assertEquals(code, 1, stderr);
      assertStringIncludes(stderr, "error: Cannot write the result");
      assert(!/bug|Uncaught/.test(stderr), stderr);
    },
  });
}

Deno.test({
  name: "a full disk behind a local change says that it was made",
  ignore,
  async fn() {
    const folder = await Deno.makeTempDir();
    const env = { SINCH_CONFIG_DIR: folder };
    const set = ["config", "set", "region", "eu"];
    const { code, stderr } = await runWith("> /dev/full", set, env);
    assertEquals(code, 1, stderr);
    assertStringIncludes(stderr, "The command was completed");
    const { stdout } = await runWith("", ["config", "get", "region"], env);
    assertEquals(stdout, "eu\n");
    await Deno.remove(folder, { recursive: true });
  },
});
