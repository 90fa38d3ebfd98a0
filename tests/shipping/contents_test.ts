/** What a build says of itself: its parts, its version, its commit. */
import { assertEquals } from "@std/assert";
import { currentCommit, VERSION } from "../../scripts/compile/release.ts";
import { writeSbom } from "../../scripts/compile/sbom.ts";
import { buildBundle, ROOT, runProgram } from "./build.ts";

const { imports, scopes } = JSON.parse(
  await Deno.readTextFile(new URL("deno.json", ROOT)),
);

/** What deno.json names for tests and scripts alone. */
const NOT_INSIDE = [
  "@sinch/sdk-core",
  "@std/testing",
  "esbuild",
  "fast-check",
  "nanotar",
  "resedit",
  "web-tree-sitter",
  "yaml",
];

/** Inside or not: some releases of Cliffy's other packages import them. */
const CLIFFYS_OWN = ["@cliffy/table", "@std/assert"];

Deno.test("the bill of materials lists Deno and the packages inside, and no other", async () => {
  const file = await Deno.makeTempFile();
  await writeSbom(file);
  const { bomFormat, metadata, components } = JSON.parse(
    await Deno.readTextFile(file),
  );
  await Deno.remove(file);
  assertEquals(
    [bomFormat, metadata.component.purl],
    ["CycloneDX", `pkg:generic/sinch@${VERSION}`],
  );
  const purls: string[] = components.map(({ purl }: { purl: string }) => purl);
  assertEquals(purls[0], `pkg:generic/deno@${Deno.version.deno}`);

  // Those that these need in turn are there besides.
  const named = [imports, scopes["./"]].flatMap(Object.values).map(purlOf)
    .filter(({ name }) => !CLIFFYS_OWN.includes(name));
  assertEquals(
    named.filter(({ purl }) => purls.includes(purl)).map(({ name }) => name),
    named.map(({ name }) => name).filter((name) => !NOT_INSIDE.includes(name)),
  );
});

/** Of `jsr:@std/assert@1.0.19`, or a path in an npm package. */
function purlOf(specifier: string): { name: string; purl: string } {
  const [, registry, name, version] =
    /^(\w+):(@?[^@]+)@([\d.]+)/.exec(specifier) ?? [];
  const escaped = name!.replace("@", "%40");
  return { name: name!, purl: `pkg:${registry}/${escaped}@${version}` };
}

Deno.test("a build knows its version and its commit", async () => {
  const folder = await Deno.makeTempDir();
  const bundle = await buildBundle(folder);
  const { stdout } = await runProgram(
    Deno.execPath(),
    ["run", "--no-config", "--allow-env", bundle, "--version"],
  );
  assertEquals(stdout, `${VERSION} (${await currentCommit()})\n`);
  await Deno.remove(folder, { recursive: true });
});
