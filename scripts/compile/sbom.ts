/**
 * What the program is made of, as a CycloneDX document: Deno's runtime, and the
 * packages whose modules are in the bundle. It states no time and no serial
 * number, so that the same sources give the same file.
 * @see https://cyclonedx.org/docs/1.5/json/
 */
import { VERSION } from "./release.ts";

const MAIN = new URL("../../main.ts", import.meta.url);

/** `/@scope/name/1.2.3/` in the address of a JSR package's module. */
const JSR_MODULE = /\/(@[^/]+\/[^/]+)\/(\d[^/]*)\//;

interface ModuleGraph {
  modules: { kind?: string; specifier: string }[];
  npmPackages?: Record<string, { name: string; version: string }>;
}

interface Component {
  type: "library" | "platform" | "application";
  name: string;
  version: string;
  purl: string;
}

export async function writeSbom(file: string): Promise<void> {
  const document = {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: {
      component: component("application", "generic", "sinch", VERSION),
    },
    components: [
      component("platform", "generic", "deno", Deno.version.deno),
      ...libraries(await moduleGraph()),
    ],
  };
  await Deno.writeTextFile(file, `${JSON.stringify(document, null, 2)}\n`);
}

/** The packages in the graph, each once, in order. */
function libraries(graph: ModuleGraph): Component[] {
  const found = new Map<string, Component>();
  const add = (registry: string, name: string, version: string) => {
    const library = component("library", registry, name, version);
    found.set(library.purl, library);
  };
  for (const { kind, specifier } of graph.modules) {
    const [, name, version] = JSR_MODULE.exec(specifier) ?? [];
    if (kind === "esm" && name && version) add("jsr", name, version);
  }
  for (const { name, version } of Object.values(graph.npmPackages ?? {})) {
    add("npm", name, version);
  }
  return [...found.values()].sort((a, b) => a.purl < b.purl ? -1 : 1);
}

function component(
  type: Component["type"],
  registry: string,
  name: string,
  version: string,
): Component {
  const purl = `pkg:${registry}/${name.replace("@", "%40")}@${version}`;
  return { type, name, version, purl };
}

async function moduleGraph(): Promise<ModuleGraph> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", MAIN.href],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr).trim());
  return JSON.parse(new TextDecoder().decode(stdout));
}
