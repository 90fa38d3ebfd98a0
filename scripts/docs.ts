/**
 * Writes the reference under `docs/` from the program itself: a page and a
 * manual page for each command, and one for each topic of `sinch help`.
 * `--check` writes nothing, and fails if a page is not what it would write.
 */
import { TOPICS } from "../commands/help_command/topics.ts";
import { manPage, manTopic } from "./docs/man.ts";
import { pageName, readManual, withDescendants } from "./docs/manual.ts";
import {
  commandPage,
  commonOptionsPage,
  indexPage,
  topicPage,
} from "./docs/markdown.ts";

const DOCS = new URL("../docs/", import.meta.url);

/** Folders that hold nothing but what is made here. */
const MADE = ["commands/", "man/"];

/** Every page by its path below `docs/`. */
export async function makePages(): Promise<Map<string, string>> {
  const root = await readManual();
  const topics = Object.entries(TOPICS);
  const commands = withDescendants(root).flatMap((
    manual,
  ): [string, string][] => [
    [`commands/${pageName(manual)}.md`, commandPage(manual)],
    [`man/${pageName(manual)}.1`, manPage(manual)],
  ]);
  const pages = new Map([
    ["commands/README.md", indexPage(root)],
    ["commands/common-options.md", commonOptionsPage(root)],
    ...commands,
    ...topics.map(([name, topic]): [string, string] => [
      `${name}.md`,
      topicPage(titleOf(name), topic),
    ]),
  ]);
  const first = pages.get("man/sinch.1")!;
  const rest = topics.map(([name, topic]) => manTopic(titleOf(name), topic));
  return pages.set("man/sinch.1", [first, ...rest].join(""));
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
  for (const folder of MADE) {
    await Deno.mkdir(new URL(folder, docs), { recursive: true });
  }
  for (const [path, text] of pages) {
    await Deno.writeTextFile(new URL(path, docs), text);
  }
}

async function leftOver(
  pages: Map<string, string>,
  docs: URL,
): Promise<string[]> {
  const present: string[] = [];
  for (const folder of MADE) {
    try {
      for await (const { name } of Deno.readDir(new URL(folder, docs))) {
        present.push(folder + name);
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return present.filter((path) => !pages.has(path));
}

/** `exit-codes` → `Exit codes`. */
function titleOf(name: string): string {
  const words = name.replaceAll("-", " ");
  return words[0]!.toUpperCase() + words.slice(1);
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
