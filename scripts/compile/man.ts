/** The manual pages as one archive, for `install.sh` and the packages. */
import { createTarGzip } from "nanotar";
import { manPages } from "../docs/man.ts";
import { readManual } from "../docs/manual.ts";

/** Writes the archive to the path `file`; the same sources give the same bytes. */
export async function writeMan(file: string): Promise<void> {
  const pages = [...manPages(await readManual())]
    .map(([name, data]) => ({ name, data }));
  const attrs = { mode: "644", mtime: Date.parse("2000-01-01T00:00:00Z") };
  await Deno.writeFile(file, await createTarGzip(pages, { attrs }));
}
