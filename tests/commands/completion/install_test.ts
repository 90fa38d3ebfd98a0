import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { SCRIPTS } from "../../../commands/completion/shells.ts";
import { SHELL_NAMES } from "../../../commands/completion/shell_names.ts";
import { runCli } from "../../run_cli.ts";

const PLACES: Record<string, [script: string, startUp?: string]> = {
  bash: [".local/share/bash-completion/completions/sinch", ".bashrc"],
  zsh: [".local/share/zsh/site-functions/_sinch", ".zshrc"],
  fish: [".config/fish/completions/sinch.fish"],
  powershell: [
    ".config/powershell/sinch-completion.ps1",
    ".config/powershell/Microsoft.PowerShell_profile.ps1",
  ],
};

for (const shell of SHELL_NAMES) {
  Deno.test(`completion prints the ${shell} script, and nothing else`, async () => {
    const { code, stdout, stderr } = await runCli([
      "completion",
      "--shell",
      shell,
    ]);
    assertEquals([code, stdout, stderr], [0, SCRIPTS[shell], ""]);
  });

  Deno.test(`completion --install for ${shell}: twice is once`, async () => {
    const home = await Deno.makeTempDir();
    const [script, startUp] = PLACES[shell]!;
    const before = "alias ll='ls -l'";
    if (startUp) {
      await Deno.mkdir(`${home}/${startUp}`.replace(/\/[^/]*$/, ""), {
        recursive: true,
      });
      await Deno.writeTextFile(`${home}/${startUp}`, before, { mode: 0o644 });
    }
    const install = () =>
      runCli(["completions", "--install", "--shell", shell], { home });
    const first = await install();
    assertEquals([first.code, first.stderr], [0, ""]);
    assertStringIncludes(first.stdout, `${home}/${script} written`);
    assertEquals(
      await Deno.readTextFile(`${home}/${script}`),
      SCRIPTS[shell],
    );
    const text = startUp && await Deno.readTextFile(`${home}/${startUp}`);
    const second = await install();
    assertStringIncludes(second.stdout, `${home}/${script} is up to date`);
    if (startUp) {
      assertStringIncludes(second.stdout, `${home}/${startUp} is up to date`);
      assertEquals(await Deno.readTextFile(`${home}/${startUp}`), text);
      assertEquals(text!.startsWith(`${before}\n# >>> sinch`), true);
      assertEquals(text!.split("# >>> sinch completion >>>").length, 2);
      assertEquals(
        (await Deno.stat(`${home}/${startUp}`)).mode! & 0o777,
        0o644,
      );
    }
    await Deno.remove(home, { recursive: true });
  });
}

Deno.test("--install keeps a linked start-up file a link, and replaces its own lines only", async () => {
  const home = await Deno.makeTempDir();
  await Deno.writeTextFile(
    `${home}/dotfile`,
    "one\n# >>> sinch completion >>>\nold\n# <<< sinch completion <<<\ntwo\n",
  );
  await Deno.symlink(`${home}/dotfile`, `${home}/.bashrc`);
  const { code } = await runCli(["completion", "--install"], {
    home,
    env: { SHELL: "/usr/bin/bash" },
  });
  assertEquals(code, 0);
  assertEquals((await Deno.lstat(`${home}/.bashrc`)).isSymlink, true);
  const text = await Deno.readTextFile(`${home}/dotfile`);
  assertMatch(text, /^one\n# >>>.*\n\. '.*'\n# <<<.*\ntwo\n$/);
  await Deno.remove(home, { recursive: true });
});

for (
  const [env, script] of [
    [{ SHELL: "/bin/zsh" }, SCRIPTS.zsh],
    [{ SHELL: "/opt/microsoft/pwsh" }, SCRIPTS.powershell],
    [{ SHELL: "C:\\Program Files\\Git\\bin\\bash.exe" }, SCRIPTS.bash],
    [{ PSModulePath: "C:\\Modules" }, SCRIPTS.powershell],
  ] as const
) {
  Deno.test(`the shell is told from ${JSON.stringify(env)}`, async () => {
    const { stdout } = await runCli(["completion"], { env });
    assertEquals(stdout, script);
  });
}

for (const SHELL of ["", "/bin/tcsh"]) {
  const env = { SHELL };
  Deno.test(`no script for ${JSON.stringify(env)}: exit 2 names --shell`, async () => {
    const { code, stdout, stderr } = await runCli(["completion"], { env });
    assertEquals([code, stdout], [2, ""]);
    assertStringIncludes(stderr, "--shell bash, zsh, fish or powershell");
  });
}
