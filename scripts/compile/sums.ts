/** Checksums of what is released, in the format of `sha256sum --check`. */
import { SUMS_FILE } from "./release.ts";

export async function sha256(path: string): Promise<string> {
  const bytes = await Deno.readFile(path);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

export async function writeSums(
  folder: string,
  files: readonly string[],
): Promise<void> {
  const lines = await Promise.all(
    files.map(async (file) =>
      `${await sha256(`${folder}/${file}`)}  ${file}\n`
    ),
  );
  await Deno.writeTextFile(`${folder}/${SUMS_FILE}`, lines.join(""));
}
