/** One store and several processes: at once, killed, opened again. */
import { assert, assertEquals } from "@std/assert";
import { resetSandbox } from "../../sandbox/sandbox.ts";
import { APP, openClient, P, smsTo } from "./client.ts";

async function withStore(use: (store: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await use(`${folder}/sandbox.db`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function startWriter(store: string, count: number): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      new URL("writer.ts", import.meta.url).pathname,
      store,
      String(count),
    ],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

/** The ids in a store, read page by page. */
async function storedIds(store: string): Promise<Set<string>> {
  using client = openClient(store);
  const ids = new Set<string>();
  let token = "";
  do {
    const { body } = await client.call(
      "GET",
      `${P}/messages?page_size=1000&page_token=${token}`,
    );
    for (const { id } of body.messages) ids.add(id);
    token = body.next_page_token;
  } while (token);
  return ids;
}

/** Complete lines alone: the last one of a killed process may be cut. */
function linesOf(output: string): string[] {
  return output.split("\n").slice(0, -1);
}

Deno.test("three processes that open a new store at once seed it once and lose no message", () =>
  withStore(async (store) => {
    const outputs = await Promise.all(
      [1, 2, 3].map(() => startWriter(store, 300).output()),
    );
    assert(outputs.every(({ success }) => success));
    const accepted = outputs.flatMap(({ stdout }) =>
      linesOf(new TextDecoder().decode(stdout))
    );
    assertEquals(accepted.length, 900);
    assertEquals(await storedIds(store), new Set(accepted));
    using client = openClient(store);
    const { body } = await client.call(
      "GET",
      `${P}/conversations?app_id=${APP}`,
    );
    assertEquals(body.total_size, 16);
    assertEquals((await client.call("GET", `${P}/apps`)).body.apps.length, 1);
  }));

Deno.test("a process killed in the middle of its sends loses none that it accepted", () =>
  withStore(async (store) => {
    const writer = startWriter(store, 1_000_000);
    let output = "";
    for await (
      const chunk of writer.stdout.pipeThrough(new TextDecoderStream())
    ) {
      output += chunk;
      if (output.length > 27 * 500) writer.kill("SIGKILL");
    }
    await writer.status;
    const accepted = linesOf(output);
    assert(accepted.length >= 500);
    const stored = await storedIds(store);
    assertEquals(accepted.filter((id) => !stored.has(id)), []);
  }));

Deno.test("two sandboxes on one store read each other's writes at once", () =>
  withStore(async (store) => {
    using one = openClient(store);
    using other = openClient(store);
    const { body } = await one.call("POST", `${P}/messages:send`, smsTo("1"));
    const read = await other.call("GET", `${P}/messages/${body.message_id}`);
    assertEquals(read.status, 200);
    await other.call("PATCH", `${P}/apps/${APP}`, {
      processing_mode: "DISPATCH",
    });
    const sent = await one.call("POST", `${P}/messages:send`, smsTo("1"));
    assertEquals(
      (await one.call("GET", `${P}/messages/${sent.body.message_id}`)).status,
      404,
    );
  }));

Deno.test("a store that is opened again is as it was, one that was reset is as new", () =>
  withStore(async (store) => {
    using client = openClient(store);
    const { body } = await client.call(
      "POST",
      `${P}/messages:send`,
      smsTo("1"),
    );
    await client.sandbox.close();
    assertEquals(await storedIds(store), new Set([body.message_id]));
    await resetSandbox(store);
    assertEquals([...Deno.readDirSync(store.replace(/[^/]+$/, ""))], []);
    assertEquals(await storedIds(store), new Set());
  }));
