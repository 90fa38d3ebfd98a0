/** The store: one commit for many changes, and lists that walk an index. */
import { Refusal } from "../../sandbox/contract/errors.ts";
import { SCHEMA } from "../../sandbox/store/schema.ts";
import { Store } from "../../sandbox/store/store.ts";
import { APPLICATION_ID } from "../../sandbox/store/store_file.ts";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";

function openStore(): Store {
  return new Store(":memory:", { now: () => 0 }, () => {});
}

function addTemplate(store: Store, id: string) {
  store.run("INSERT INTO templates VALUES (?, '{}')", id);
}

function templateIds(store: Store): unknown[] {
  return store.all("SELECT id FROM templates ORDER BY id").map(({ id }) => id);
}

Deno.test("a change that throws after writing leaves no trace, its neighbours stay", async () => {
  const store = openStore();
  const results = await Promise.allSettled([
    store.write(() => addTemplate(store, "a")),
    store.write(() => {
      addTemplate(store, "b");
      throw new Error("late");
    }),
    store.write(() => {
      throw new Error("early");
    }),
    store.write(() => addTemplate(store, "c")),
  ]);
  assertEquals(results.map(({ status }) => status), [
    "fulfilled",
    "rejected",
    "rejected",
    "fulfilled",
  ]);
  assertEquals(templateIds(store), ["a", "c"]);
  await assertRejects(
    () =>
      store.write(() => {
        addTemplate(store, "d");
        throw new Error("alone");
      }),
    Error,
    "alone",
  );
  assertEquals(templateIds(store), ["a", "c"]);
  store.close();
});

Deno.test("a store that closes commits what waits, refuses what comes later, and may be closed again", async () => {
  const path = await Deno.makeTempFile({ suffix: ".db" });
  const store = new Store(path, Date, () => {});
  const waiting = store.write(() => addTemplate(store, "a"));
  const late = waiting.then(() => store.write(() => addTemplate(store, "b")));
  store.close();
  store.close();
  await waiting;
  await assertRejects(() => late, Refusal, "The sandbox is closed.");
  const again = new Store(path, Date, () => {});
  assertEquals(templateIds(again), ["a"]);
  again.close();
  await Deno.remove(path);
});

Deno.test("those who open a new store at the same moment all get it", async () => {
  const openers = Array.from(
    { length: 4 },
    () => new Worker(new URL("opener.ts", import.meta.url), { type: "module" }),
  );
  const open = (opener: Worker, path: string, at: number) =>
    new Promise<string>((resolve) => {
      opener.onmessage = ({ data }) => resolve(data);
      opener.postMessage({ path, at });
    });
  const folder = await Deno.makeTempDir();
  for (let round = 0; round < 30; round++) {
    const path = `${folder}/${round}.db`;
    const at = Date.now() + (round === 0 ? 1000 : 20);
    assertEquals(
      await Promise.all(openers.map((opener) => open(opener, path, at))),
      ["", "", "", ""],
    );
  }
  for (const opener of openers) opener.terminate();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a disk that is full refuses changes, and has room again later", async () => {
  const store = openStore();
  // SQLite's own limit stands in for the disk's.
  store.get(
    `PRAGMA max_page_count = ${store.get("PRAGMA page_count")!.page_count}`,
  );
  const fill = () =>
    store.write(() =>
      store.run("INSERT INTO templates VALUES ('big', ?)", "x".repeat(100_000))
    );
  for (const _ of [1, 2]) {
    const refusals = await Promise.all(
      [fill(), fill()].map((change) =>
        assertRejects(() => change, Refusal, "is full")
      ),
    );
    assertEquals(refusals.map(({ code }) => code), [503, 503]);
  }
  store.get("PRAGMA max_page_count = 100000");
  assertEquals(await fill(), 1);
  store.close();
});

Deno.test("a store of another format is refused with what to do", async () => {
  const path = await Deno.makeTempFile({ suffix: ".db" });
  const database = new DatabaseSync(path);
  database.exec(
    `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 99`,
  );
  database.close();
  assertThrows(
    () => new Store(path, Date, () => {}),
    Error,
    "reset the sandbox",
  );
  await Deno.remove(path);
});

Deno.test("every message list walks an index in its order, without sorting", () => {
  const database = new DatabaseSync(":memory:");
  database.exec(SCHEMA);
  const steps = (condition: string) =>
    database.prepare(
      `EXPLAIN QUERY PLAN SELECT * FROM messages WHERE ${condition}
       AND id < 'x' ORDER BY id DESC LIMIT 11`,
    ).all().map(({ detail }) => String(detail).replace(/ \(.*/, ""));
  const thread = "SEARCH threads USING INTEGER PRIMARY KEY";
  const byId = "SEARCH thread_messages USING INDEX messages_by_id";
  const byThread = "SEARCH thread_messages USING INDEX messages_by_thread";
  assertEquals(steps("source = 'CONVERSATION_SOURCE'"), [byId, thread]);
  assertEquals(steps("channel = 'SMS' AND app_id = 'a'"), [byId, thread]);
  assertEquals(steps("thread_id = 1").toSorted(), [byThread, thread]);
  database.close();
});
