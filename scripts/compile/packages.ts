/**
 * The manifests of the package managers, from the templates in `packaging/`:
 * `${version}` and `${sha256 FILE}` are filled in.
 */
import { SUMS_FILE, VERSION } from "./release.ts";
import { stamped } from "./stamp.ts";

const WINGET = "winget/SinchCommunity.Sinch";

export const TEMPLATES = [
  "homebrew/sinch.rb",
  "scoop/sinch.json",
  `${WINGET}.yaml`,
  `${WINGET}.installer.yaml`,
  `${WINGET}.locale.en-US.yaml`,
];

/** Beneath the folder of a release. */
export const PACKAGES_FOLDER = "packages";

/** Writes them beneath `folder`, for the checksums there. */
export async function writePackages(folder: string): Promise<void> {
  const list = await Deno.readTextFile(`${folder}/${SUMS_FILE}`);
  const sums = new Map(
    list.trim().split("\n").map((line) => {
      const [sum = "", name = ""] = line.split("  ");
      return [name, sum];
    }),
  );
  for (const template of TEMPLATES) {
    const text = (await stamped(`packaging/${template}`))
      .replaceAll("${version}", VERSION)
      .replaceAll(/\$\{sha256 (\S+)\}/g, (_, name) => {
        const sum = sums.get(name);
        if (!sum) throw new Error(`${SUMS_FILE} does not list ${name}`);
        return sum;
      });
    const file = `${folder}/${PACKAGES_FOLDER}/${template}`;
    await Deno.mkdir(file.replace(/\/[^/]+$/, ""), { recursive: true });
    await Deno.writeTextFile(file, text);
  }
}
