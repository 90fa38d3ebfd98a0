import { assertEquals, assertMatch } from "@std/assert";
import { parse } from "yaml";
import { DENO_DIR } from "../wizard/sinch_terminal.ts";
import { makePages, stalePages, writePages } from "../../scripts/docs.ts";

const DOCS = new URL("../../docs/", import.meta.url);

async function withPages(
  test: (docs: URL, pages: Map<string, string>) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const docs = new URL(`file://${folder}/`);
    const pages = await makePages();
    await writePages(pages, docs);
    await test(docs, pages);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the pages under docs/ are current", async () => {
  assertEquals(await stalePages(await makePages()), []);
});

Deno.test("the pages are the same each time", async () => {
  assertEquals([...await makePages()], [...await makePages()]);
});

Deno.test("a page that was changed, is missing or left over is noticed", async () => {
  await withPages(async (docs, pages) => {
    assertEquals(await stalePages(pages, docs), []);
    await Deno.writeTextFile(new URL("exit-codes.md", docs), "changed");
    await Deno.writeTextFile(new URL("commands/gone.md", docs), "left over");
    await Deno.remove(new URL("commands/sinch-auth.md", docs));
    assertEquals(await stalePages(pages, docs), [
      "commands/gone.md",
      "commands/sinch-auth.md",
      "exit-codes.md",
    ]);
    await writePages(pages, docs);
    assertEquals(await stalePages(pages, docs), []);
  });
});

Deno.test("a page tells usage, arguments, options by title and examples", async () => {
  const page = (await makePages()).get("commands/sinch-conversation-send.md")!;
  assertEquals(
    [...page.matchAll(/^#+ .+$/gm)].map(([heading]) => heading),
    [
      "# sinch conversation send",
      "## Arguments",
      "## Options",
      "## Content options",
      "## Delivery options",
      "## Recipients options",
      "## Examples",
    ],
  );
  assertMatch(page, /^\| `recipient` \| optional +\|$/m);
  assertMatch(page, /^\| `-c, --channel <channel>` +\|.* SMS, WHATSAPP/m);
  assertMatch(page, /^sinch conversation send \[recipient\] \[message\]/m);
});

Deno.test("the hidden command has no page", async () => {
  const paths = [...(await makePages()).keys()];
  assertEquals(paths.filter((path) => path.includes("__")), []);
});

Deno.test("every link in the documents leads to a file, and to a heading of it", async () => {
  const broken: string[] = [];
  const root = new URL("../", DOCS);
  for (const folder of [root, DOCS, new URL("commands/", DOCS)]) {
    for await (const { name } of Deno.readDir(folder)) {
      if (!name.endsWith(".md")) continue;
      const file = new URL(name, folder);
      const text = await Deno.readTextFile(file);
      for (const [, link] of text.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
        const { href, hash } = new URL(link!, file);
        const path = new URL(href.slice(0, href.length - hash.length));
        const there = await Deno.stat(path).catch(() => undefined);
        const isFound = there && (!hash ||
          headingsOf(await Deno.readTextFile(path)).includes(hash.slice(1)));
        if (!isFound) broken.push(`${name}: ${link}`);
      }
    }
  }
  assertEquals(broken, []);
});

/** As GitHub names them in addresses. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!.toLowerCase().replaceAll(/[^\w\- ]/g, "").replaceAll(" ", "-")
  );
}

Deno.test("the commands of docs/ci.md run as they stand", async () => {
  const text = await Deno.readTextFile(new URL("ci.md", DOCS));
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)];
  const script = blocks.map(([, block]) => block).join("");
  const { code, stderr } = await runInBash(script);
  assertEquals({ code, stderr: code === 0 ? "" : stderr }, {
    code: 0,
    stderr: "",
  });
});

Deno.test("the recipes of docs/ci.md run as they stand, on the sandbox alone", async () => {
  const text = await Deno.readTextFile(new URL("ci.md", DOCS));
  const [github, gitlab] = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)]
    .map(([, block]) => parse(block!));
  const stepsOf = (job: string): string[] =>
    github.jobs[job].steps.map(({ run }: { run: string }) => run);
  const rehearsals = [stepsOf("rehearse"), gitlab.rehearse.script];
  const notices = [stepsOf("notify"), gitlab.notify.script];
  const variables =
    "export SINCH_SANDBOX=1 ON_CALL=+15551234567 TAG=v1 CI_COMMIT_TAG=v1\n";
  for (
    const script of [
      ...rehearsals.map((lines) => lines.join("\n")),
      ...notices.map((lines) => variables + lines.join("\n")),
    ]
  ) {
    const withoutInstalling = script.replaceAll(/^(curl|echo) .+$/gm, "");
    assertMatch(withoutInstalling, /conversation send/);
    const { code, stderr } = await runInBash(withoutInstalling);
    assertEquals(code, 0, `${script}\n${stderr}`);
  }
});

/** With `sinch` on the path, a home of its own, and nothing left running. */
async function runInBash(
  script: string,
): Promise<{ code: number; stderr: string }> {
  const home = await Deno.makeTempDir();
  const main = new URL("../../main.ts", import.meta.url).pathname;
  // `exec`: the shell's job is the program itself, and ends when it is killed.
  await Deno.writeTextFile(
    `${home}/sinch`,
    `#!/bin/sh\nexec "${Deno.execPath()}" run -A -q "${main}" "$@"\n`,
    { mode: 0o755 },
  );
  const end = "trap 'kill $(jobs -p) 2> /dev/null || true' EXIT";
  try {
    const { code, stderr } = await new Deno.Command("bash", {
      args: ["-euo", "pipefail", "-c", `${end}\n${script}`],
      cwd: home,
      clearEnv: true,
      env: {
        DENO_DIR,
        // What the lane found, where JSR cannot be reached.
        JSR_URL: Deno.env.get("JSR_URL") ?? "https://jsr.io/",
        PATH: `${home}:${Deno.env.get("PATH")}`,
        HOME: home,
        CI: "true",
      },
      stdin: "null",
      stdout: "null",
      signal: AbortSignal.timeout(60_000),
    }).output();
    return { code, stderr: new TextDecoder().decode(stderr) };
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}
