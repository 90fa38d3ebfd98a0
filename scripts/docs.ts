/**
 * Writes the reference under `docs/` from the program itself: a page for each
 * command, and one for each topic of `sinch help`.
 * `--check` writes nothing, and fails if a page is not what it would write.
 */
import { TOPICS } from "../commands/help_command/topics.ts";
import {
  pageName,
  readManual,
  titleOf,
  withDescendants,
} from "./docs/manual.ts";
import {
  commandPage,
  commonOptionsPage,
  indexPage,
  topicPage,
} from "./docs/markdown.ts";

const DOCS = new URL("../docs/", import.meta.url);

/** The folder that holds generated pages only. */
const MADE = "commands/";

/** Every page by its path below `docs/`. */
export async function makePages(): Promise<Map<string, string>> {
  const root = await readManual();
  const topics = Object.entries(TOPICS);
  return new Map([
    ["commands/README.md", indexPage(root)],
    ["commands/common-options.md", commonOptionsPage(root)],
    ...withDescendants(root).map((manual): [string, string] => [
      `commands/${pageName(manual)}.md`,
      commandPage(manual),
    ]),
    ...topics.map(([name, topic]): [string, string] => [
      `${name}.md`,
      topicPage(titleOf(name), topic),
    ]),
  ]);
}

/** Pages that are missing, are different, or belong to no command any more. */
export async function stalePages(
  pages: Map<string, string>,
  docs: URL = DOCS,
): Promise<string[]> {
  const stale: string[] = await leftOver(pages, docs);
  for (const [path, text] of pages) {
    const present = await Deno.readTextFile(new URL(path, docs))
      .catch(() => undefined);
    if (present !== text) stale.push(path);
  }
  return stale.sort();
}

export async function writePages(
  pages: Map<string, string>,
  docs: URL = DOCS,
): Promise<void> {
  for (const path of await leftOver(pages, docs)) {
    await Deno.remove(new URL(path, docs));
  }
  await Deno.mkdir(new URL(MADE, docs), { recursive: true });
  for (const [path, text] of pages) {
    await Deno.writeTextFile(new URL(path, docs), text);
  }
}

async function leftOver(
  pages: Map<string, string>,
  docs: URL,
): Promise<string[]> {
  const present: string[] = [];
  try {
    for await (const { name } of Deno.readDir(new URL(MADE, docs))) {
      present.push(MADE + name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return present.filter((path) => !pages.has(path));
}

if (import.meta.main) {
  const pages = await makePages();
  const stale = await stalePages(pages);
  if (Deno.args.includes("--check")) {
    for (const path of stale) console.error(`docs/${path} is not current`);
    if (stale.length > 0) {
      console.error("deno task docs writes them anew");
      Deno.exitCode = 1;
    }
  } else {
    await writePages(pages);
    for (const path of stale) console.log(`docs/${path}`);
  }
}
