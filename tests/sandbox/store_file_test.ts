/** Whose file a store is: other programs' files are neither written nor deleted. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { runCli } from "../run_cli.ts";
import { SandboxProcess } from "../sandbox_process.ts";

async function withFolder(use: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Runs a command on this store. */
function run(store: string, ...args: string[]) {
  return runCli(args, {
    home: store.replace(/\/[^/]*$/, ""),
    env: { SINCH_SANDBOX_STORE: store },
  });
}

const LIST = ["--sandbox", "conversation", "messages", "list"];
const SEND = [
  ...["--sandbox", "conversation", "send", "+15551234567", "Hi"],
  ...["-c", "SMS"],
];

Deno.test("another program's database is neither written to nor deleted", () =>
  withFolder(async (folder) => {
    const store = `${folder}/books.db`;
    const database = new DatabaseSync(store);
    database.exec("CREATE TABLE books (title TEXT); PRAGMA application_id = 7");
    database.close();
    const before = await Deno.readFile(store);
    for (
      const args of [LIST, SEND, ["sandbox", "start", "--port", "0"], [
        ...["sandbox", "reset", "--force", "--store", store],
      ]]
    ) {
      const { code, stderr } = await run(store, ...args);
      assertEquals(code, 1, args.join(" "));
      assertStringIncludes(stderr, "belongs to another program");
    }
    assertEquals(await Deno.readFile(store), before);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), [
      "books.db",
    ]);
  }));

Deno.test("an empty file becomes a store, and its own store is reset", () =>
  withFolder(async (folder) => {
    const store = `${folder}/sandbox.db`;
    await Deno.writeTextFile(store, "");
    assertEquals((await run(store, ...SEND)).code, 0);
    assertEquals((await run(store, "sandbox", "reset", "--force")).code, 0);
    assertEquals([...Deno.readDirSync(folder)], []);
  }));

Deno.test({
  name: "store, log and shared memory are for their owner alone",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      const modes = () =>
        [...Deno.readDirSync(folder)]
          .filter(({ name }) => name.startsWith("sandbox.db"))
          .map(({ name }) => {
            const { mode } = Deno.statSync(`${folder}/${name}`);
            return `${name} ${(mode! & 0o777).toString(8)}`;
          }).sort();
      const own = ["", "-shm", "-wal"].map((end) => `sandbox.db${end} 600`);
      const old = Deno.umask(0);
      try {
        {
          await using _sandbox = await SandboxProcess.start(folder);
          assertEquals(modes(), own);
        }
        // As an older version may have left it.
        await Deno.chmod(`${folder}/sandbox.db`, 0o644);
        await using _sandbox = await SandboxProcess.start(folder);
        assertEquals(modes(), own);
      } finally {
        Deno.umask(old);
      }
    }),
});

/** A file system of 1 MiB, where this user may make one. */
const CAN_MOUNT = Deno.build.os === "linux" &&
  await new Deno.Command("unshare", {
    args: ["-rm", "mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"],
    stdout: "null",
    stderr: "null",
  }).output().then(({ success }) => success, () => false);

Deno.test({
  name: "a full disk refuses sends, and lists what it has",
  ignore: !CAN_MOUNT,
  fn: async () => {
    const main = new URL("../../main.ts", import.meta.url).pathname;
    const sinch = `'${Deno.execPath()}' run -A --quiet '${main}'`;
    const { stdout } = await new Deno.Command("unshare", {
      args: [
        "-rm",
        "sh",
        "-c",
        `
        mount -t tmpfs -o size=1m none /mnt && cd /mnt || exit 9
        export SINCH_SANDBOX_STORE=/mnt/sandbox.db
        ${sinch} ${SEND.join(" ")} --json >/dev/null
        echo "sent $?"
        cat /dev/zero >fill 2>/dev/null
        ${sinch} ${LIST.join(" ")} --query 'length(messages)'
        ${sinch} ${SEND.join(" ")} 2>&1 >/dev/null | grep -c 'is full'
        rm fill
        ${sinch} ${SEND.join(" ")} >/dev/null 2>&1
        echo "sent $?"
        cd /`,
      ],
      stdin: "null",
      stderr: "inherit",
    }).output();
    assertEquals(new TextDecoder().decode(stdout).split("\n"), [
      "sent 0",
      "1",
      "1",
      "sent 0",
      "",
    ]);
  },
});
