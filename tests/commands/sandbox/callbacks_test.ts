/** `sinch sandbox callbacks`, against a served sandbox that calls back. */
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { Served } from "./served.ts";

Deno.test("callbacks are listed newest first, with what came back", async () => {
  await using served = await Served.open();
  served.receiver.answers = [200, 404];
  for (const text of ["one", "two"]) {
    await served.run("reply", "+46700000001", text);
    await served.sandbox.runDue();
  }
  const { code, stdout } = await served.run("callbacks");
  assertEquals(code, 0);
  const rows = stdout.trim().split("\n").map((line) => line.split("\t"));
  assertEquals(
    rows.map(([id, , ...rest]) => [id, ...rest]),
    [
      [
        "2",
        "MESSAGE_INBOUND",
        "FAILED",
        "1",
        "404",
        served.receiver.url,
      ],
      [
        "1",
        "MESSAGE_INBOUND",
        "DELIVERED",
        "1",
        "200",
        served.receiver.url,
      ],
    ],
  );
  const failed = await served.run("callbacks", "--status", "failed", "--json");
  const list = JSON.parse(failed.stdout);
  assertEquals(
    [list.callbacks.map(({ id }: { id: string }) => id), list.next_page_token],
    [["2"], undefined],
  );
  const first = await served.run("callbacks", "list", "-l", "1", "--json");
  assert(JSON.parse(first.stdout).next_page_token);
  const other = await served.run("callbacks", "--app", "01X", "--json");
  assertEquals(JSON.parse(other.stdout), {
    callbacks: [],
  });
});

Deno.test("an empty journal and an unknown status are explained", async () => {
  await using served = await Served.open();
  const none = await served.run("callbacks");
  assertEquals([none.code, none.stdout], [0, ""]);
  assertStringIncludes(none.stderr, "webhooks create");
  const { code, stderr } = await served.run("callbacks", "--status", "LOST");
  assertEquals(code, 2);
  assertMatch(stderr, /--status .*WAITING, DELIVERED or FAILED/);
});

Deno.test("a callback is shown with its body, harmless for a terminal, and posted again", async () => {
  await using served = await Served.open();
  served.receiver.answers = [404];
  await served.run("reply", "+46700000001", "a\u009b31mb");
  await served.sandbox.runDue();
  const shown = await served.run("callbacks", "get", "1");
  assertEquals(shown.code, 0);
  assertStringIncludes(shown.stdout, "a�31mb");
  assert(!shown.stdout.includes("\u009b"));
  const again = await served.run("callbacks", "redeliver", "1");
  assertEquals([again.code, again.stderr], [0, ""]);
  await served.sandbox.runDue();
  const { stdout } = await served.run("callbacks", "get", "1", "--json");
  const callback = JSON.parse(stdout);
  assertEquals([callback.status, callback.last_status], ["DELIVERED", 200]);
  assertEquals(served.receiver.received[1]!.body, callback.body);
  for (const command of ["get", "redeliver"]) {
    for (const id of ["9", "x"]) {
      const { code, stderr } = await served.run("callbacks", command, id);
      assertEquals(code, 4);
      assertStringIncludes(stderr, '" not found');
    }
  }
});
