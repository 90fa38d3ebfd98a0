/** The manual pages as one archive, for `install.sh` and the packages. */
import { createTar } from "nanotar";
import { manPages } from "../docs/man.ts";
import { readManual } from "../docs/manual.ts";

/** Writes the archive to the path `file`; the same sources give the same bytes. */
export async function writeMan(file: string): Promise<void> {
  const pages = [...manPages(await readManual())]
    .map(([name, data]) => ({ name, data }));
  const attrs = { mode: "644", mtime: Date.parse("2000-01-01T00:00:00Z") };
  const archive = new Blob([
    createTar(pages, { attrs }) as Uint8Array<ArrayBuffer>,
    // tar warns of an archive that does not end with two empty blocks.
    new Uint8Array(1024),
  ]);
  const gzip = archive.stream().pipeThrough(new CompressionStream("gzip"));
  await Deno.writeFile(file, gzip);
}
