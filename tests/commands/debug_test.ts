/** The one debug switch, `--debug` or `SINCH_DEBUG=1`, and what it shows. */
import { assertEquals } from "@std/assert";
import { SandboxedCli } from "../sandboxed_cli.ts";

const LIST = ["conversation", "apps", "list"];

for (
  const [name, flags, env, shows] of [
    ["--debug", ["--debug"], {}, { log: true, stack: true }],
    ["SINCH_DEBUG=1", [], { SINCH_DEBUG: "1" }, { log: true, stack: true }],
    ["DEBUG_HTTP=1", [], { DEBUG_HTTP: "1" }, { log: true, stack: false }],
    ["SINCH_DEBUG=0", [], { SINCH_DEBUG: "0" }, { log: false, stack: false }],
    ["DEBUG=1", [], { DEBUG: "1" }, { log: false, stack: false }],
  ] as const
) {
  Deno.test(
    `${name} ${shows.log ? "logs" : "does not log"} requests, and ${
      shows.stack ? "shows" : "does not show"
    } the stack of an error`,
    async () => {
      await using cli = new SandboxedCli();
      const listed = await cli.run([...LIST, ...flags], { env });
      assertEquals(listed.code, 0, listed.stderr);
      assertEquals(
        /^> GET http/m.test(listed.stderr),
        shows.log,
        listed.stderr,
      );

      const home = await Deno.makeTempDir();
      // A folder where a file should be: reading it is an error of the system.
      await Deno.mkdir(`${home}/.config/sinch/config.json`, {
        recursive: true,
      });
      const broken = await cli.run(["config", "list", ...flags], { env, home });
      await Deno.remove(home, { recursive: true });
      assertEquals(broken.code, 1, broken.stderr);
      assertEquals(/^ +at /m.test(broken.stderr), shows.stack, broken.stderr);
    },
  );
}
