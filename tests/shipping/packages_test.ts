/** The manifests of the package managers, filled in for a list of checksums. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parse } from "yaml";
import { TEMPLATES, writePackages } from "../../scripts/compile/packages.ts";
import {
  MAN_FILE,
  RELEASES_URL,
  TARGETS,
  VERSION,
} from "../../scripts/compile/release.ts";
import { runCli } from "../run_cli.ts";
import { ROOT } from "./build.ts";

/** A checksum that tells which file it is of. */
const sumOf = (place: number) => String(place).repeat(64);

Deno.test("every executable is in a manifest, by its address and its own checksum", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(
    `${folder}/SHA256SUMS`,
    [
      ...TARGETS.map(({ file }, place) => `${sumOf(place)}  ${file}\n`),
      `${sumOf(9)}  ${MAN_FILE}\n`,
    ].join(""),
  );
  await writePackages(folder);
  const text = new Map<string, string>();
  for (const template of TEMPLATES) {
    text.set(
      template,
      await Deno.readTextFile(`${folder}/packages/${template}`),
    );
    assertEquals(/\$\{/.test(text.get(template)!), false, template);
    assertStringIncludes(text.get(template)!, VERSION);
    if (template.endsWith(".yaml")) {
      assertEquals(parse(text.get(template)!).PackageVersion, VERSION);
    }
  }
  await Deno.remove(folder, { recursive: true });

  const url = (file: string) => `${RELEASES_URL}/download/v${VERSION}/${file}`;
  assertStringIncludes(
    text.get("homebrew/sinch.rb")!,
    `url "${url(MAN_FILE)}"\n    sha256 "${sumOf(9)}"\n`,
  );
  for (const [place, { name, file }] of TARGETS.entries()) {
    if (name.startsWith("windows")) {
      const { url: address, hash } = JSON.parse(text.get("scoop/sinch.json")!)
        .architecture["64bit"];
      assertEquals([address, hash], [`${url(file)}#/sinch.exe`, sumOf(place)]);
      assertStringIncludes(
        text.get("winget/SinchCommunity.Sinch.installer.yaml")!,
        `InstallerUrl: ${url(file)}\n    InstallerSha256: ${sumOf(place)}\n`,
      );
    } else {
      assertStringIncludes(
        text.get("homebrew/sinch.rb")!,
        `url "${url(file)}"\n      sha256 "${sumOf(place)}"\n`,
      );
    }
  }
});

Deno.test("what the formula runs works", async () => {
  const formula = await Deno.readTextFile(
    new URL("packaging/homebrew/sinch.rb", ROOT),
  );
  const [, word, shells, format] =
    /generate_completions_from_executable\(bin\/"sinch", "(\w+)", shells: \[(.+)\], shell_parameter_format: :(\w+)\)/
      .exec(formula) ?? [];
  // Which is `--shell=bash`: https://docs.brew.sh/rubydoc/Formula.html
  assertEquals(format, "arg");
  for (const shell of shells!.split(", ")) {
    const args = [word!, `--shell=${shell.slice(1)}`];
    const { code, stdout } = await runCli(args);
    assertEquals(code, 0, args.join(" "));
    assertMatch(stdout, /sinch/);
  }
  const [, tested] = /shell_output\("#\{bin\}\/sinch (--sandbox .+)"\)/
    .exec(formula) ?? [];
  const { code, stdout } = await runCli(tested!.split(" "), {
    env: { SINCH_SANDBOX_STORE: ":memory:" },
  });
  assertEquals(code, 0);
  assertMatch(stdout, /message_id/);
});
