/** Files of the repository that are released with its address in them. */
import { DEFAULT_HOME_URL, HOME_URL } from "./release.ts";

const ROOT = new URL("../../", import.meta.url);

/** The text of a file of the repository, for the repository that releases it. */
export async function stamped(path: string): Promise<string> {
  const text = await Deno.readTextFile(new URL(path, ROOT));
  return text.replaceAll(DEFAULT_HOME_URL, HOME_URL);
}
