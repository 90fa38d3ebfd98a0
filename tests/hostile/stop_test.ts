/** Real processes and real signals: every wait ends at once, and says how. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { startTerminal, terminalTest } from "../terminal.ts";
import { DENO_DIR } from "../wizard/sinch_terminal.ts";
import { HostileServer } from "./server.ts";

const MAIN = new URL("../../main.ts", import.meta.url).href;

const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** What a wait is longer than no more than. */
const AT_ONCE_MS = 1500;

interface Ended {
  code: number;
  ms: number;
  stdout: string;
  stderr: string;
}

function spawn(
  args: string[],
  env: Record<string, string>,
  stdin: "piped" | "null" = "piped",
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-check", MAIN, ...args],
    env: { HOME: "/nonexistent", NO_COLOR: "1", ...env },
    stdin,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function endOf(
  process: Deno.ChildProcess,
  signal: keyof typeof CODES,
): Promise<Ended> {
  const startedAt = performance.now();
  process.kill(signal);
  const [{ code }, stdout, stderr] = await Promise.all([
    process.status,
    new Response(process.stdout).text(),
    new Response(process.stderr).text(),
  ]);
  return { code, ms: performance.now() - startedAt, stdout, stderr };
}

/** Resolves when the process has opened the named pipe for reading. */
async function opened(fifo: string): Promise<Deno.FsFile> {
  return await Deno.open(fifo, { write: true });
}

async function makeFifo(folder: string): Promise<string> {
  const path = `${folder}/pipe`;
  const { success } = await new Deno.Command("mkfifo", { args: [path] })
    .output();
  assert(success);
  return path;
}

const ON_WINDOWS = Deno.build.os === "windows";
const ENV = {
  SINCH_PROJECT_ID: "P",
  SINCH_KEY_ID: "K",
  SINCH_KEY_SECRET: "the-key-secret",
  SINCH_APP_ID: "A",
};
const SEND = ["conversation", "send", "+15551234567", "-c", "SMS"];

/** How each wait is entered; resolves when the process is in it. */
const WAITS: Record<
  string,
  (folder: string) => Promise<Deno.ChildProcess>
> = {
  async "a text from a named pipe"(folder) {
    const fifo = await makeFifo(folder);
    const process = spawn([...SEND, `@${fifo}`], ENV);
    await opened(fifo);
    return process;
  },
  async "--env-file from a named pipe"(folder) {
    const fifo = await makeFifo(folder);
    const process = spawn(["auth", "status", "--env-file", fifo], {});
    await opened(fifo);
    return process;
  },
  async "--credentials-file from a named pipe"(folder) {
    const fifo = await makeFifo(folder);
    const process = spawn(["auth", "login", "-f", fifo], {
      SINCH_CONFIG_DIR: folder,
    });
    await opened(fifo);
    return process;
  },
};

for (const [name, enter] of Object.entries(WAITS)) {
  for (const signal of Object.keys(CODES) as (keyof typeof CODES)[]) {
    Deno.test({
      name: `${signal} ends the wait for ${name}`,
      ignore: ON_WINDOWS,
      sanitizeResources: false,
      async fn() {
        const folder = await Deno.makeTempDir();
        const process = await enter(folder);
        await process.stdin.close();
        const { code, ms, stderr } = await endOf(process, signal);
        assertEquals(code, CODES[signal], stderr);
        assert(ms < AT_ONCE_MS, `${ms} ms`);
        assertStringIncludes(stderr, "error:");
        await Deno.remove(folder, { recursive: true });
      },
    });
  }
}

Deno.test({
  name: "SIGTERM ends the wait for standard input",
  ignore: ON_WINDOWS,
  async fn() {
    // --debug shows nothing here; the read begins within the start-up.
    const process = spawn([...SEND, "-"], ENV);
    await new Promise((resolve) => setTimeout(resolve, AT_ONCE_MS));
    const { code, ms, stderr } = await endOf(process, "SIGTERM");
    await process.stdin.close().catch(() => {});
    assertEquals(code, 143, stderr);
    assert(ms < AT_ONCE_MS, `${ms} ms`);
  },
});

for (const signal of Object.keys(CODES) as (keyof typeof CODES)[]) {
  Deno.test({
    name: `${signal} during a send says that its outcome is not known`,
    ignore: ON_WINDOWS,
    async fn() {
      const arrived = Promise.withResolvers<void>();
      await using server = await HostileServer.start({
        reply({ url, method }) {
          if (url === "/oauth2/token") return undefined;
          if (method === "POST") arrived.resolve();
          return "silence";
        },
      });
      const process = spawn([...SEND, "Hello"], { ...ENV, ...server.env });
      await process.stdin.close();
      await arrived.promise;
      const { code, ms, stderr } = await endOf(process, signal);
      assertEquals(code, CODES[signal], stderr);
      assert(ms < AT_ONCE_MS, `${ms} ms`);
      assertStringIncludes(stderr, "not known whether the message");
      assertStringIncludes(stderr, "sinch conversation messages list");
    },
  });
}

Deno.test({
  name:
    "SIGINT while nobody reads the result says that the message was accepted",
  ignore: ON_WINDOWS,
  async fn() {
    await using server = await HostileServer.start({
      reply: ({ url }) =>
        url === "/oauth2/token"
          ? undefined
          : { status: 200, body: { message_id: "M1", x: "y".repeat(500_000) } },
    });
    const process = spawn(
      [...SEND, "Hello", "--json"],
      { ...ENV, ...server.env },
      "null",
    );
    const reader = process.stdout.getReader();
    await reader.read();
    // The pipe is full, and stays so.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const startedAt = performance.now();
    process.kill("SIGINT");
    const stderr = await new Response(process.stderr).text();
    const ms = performance.now() - startedAt;
    reader.releaseLock();
    await process.stdout.cancel();
    assertEquals((await process.status).code, 130, stderr);
    assert(ms < AT_ONCE_MS, `${ms} ms`);
    assertStringIncludes(stderr, "Message accepted (ID M1)");
  },
});

Deno.test({
  name: "SIGINT during a control call says that its outcome is not known",
  ignore: ON_WINDOWS,
  async fn() {
    const arrived = Promise.withResolvers<void>();
    await using server = await HostileServer.start({
      reply({ method }) {
        if (method === "GET") return { status: 200, body: { status: "ok" } };
        arrived.resolve();
        return "silence";
      },
    });
    const process = spawn(
      ["sandbox", "clock", "advance", "1h"],
      server.env,
      "null",
    );
    await arrived.promise;
    const { code, ms, stderr } = await endOf(process, "SIGINT");
    assertEquals(code, 130, stderr);
    assert(ms < AT_ONCE_MS, `${ms} ms`);
    assertStringIncludes(stderr, "not known whether the change was made");
  },
});

Deno.test({
  name: "SIGTERM ends a list whose reader has stopped reading",
  ignore: ON_WINDOWS,
  async fn() {
    const messages = Array.from({ length: 900 }, (_, n) => ({
      id: `M${n}`,
      app_message: { text_message: { text: "x".repeat(1000) } },
    }));
    await using server = await HostileServer.start({
      reply: ({ url }) =>
        url === "/oauth2/token"
          ? undefined
          : { status: 200, body: { messages } },
    });
    const process = spawn(
      ["conversation", "messages", "list", "--all"],
      { ...ENV, ...server.env },
      "null",
    );
    const reader = process.stdout.getReader();
    await reader.read();
    // The pipe is full, and stays so.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const startedAt = performance.now();
    process.kill("SIGTERM");
    const stderr = await new Response(process.stderr).text();
    const ms = performance.now() - startedAt;
    reader.releaseLock();
    await process.stdout.cancel();
    assertEquals((await process.status).code, 143, stderr);
    assert(ms < 4000, `${ms} ms`);
  },
});

for (const signal of Object.keys(CODES) as (keyof typeof CODES)[]) {
  terminalTest(`${signal} at a question gives the terminal back`, async () => {
    const home = await Deno.makeTempDir();
    const command = `echo $$ > "$HOME/pid"; exec "$@"`;
    await using terminal = await startTerminal({
      command: [
        ...["sh", "-c", command, "sh", Deno.execPath(), "run", "-A"],
        ...["--quiet", "--no-check", MAIN, "conversation", "send"],
      ],
      env: { HOME: home, DENO_DIR, SINCH_SANDBOX: "1" },
    });
    await terminal.waitFor("Message type");
    const pid = Number(await Deno.readTextFile(`${home}/pid`));
    Deno.kill(pid, signal);
    assertEquals(await terminal.exitCode(), CODES[signal]);
    assert(await terminal.showsCursor());
    await Deno.remove(home, { recursive: true });
  });
}
