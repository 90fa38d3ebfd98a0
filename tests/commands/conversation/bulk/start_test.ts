/** A file of recipients, sent by the program itself to a served sandbox. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { BulkWorld, numberOf } from "./frozen_run.ts";

const MESSAGE = ["Hello ${name}", "--channel", "SMS"];

/** Writes people whose first row is 2; the command that sends to them. */
async function sendTo(
  { home }: BulkWorld,
  { rows }: { rows: number },
): Promise<string[]> {
  const people = Array.from({ length: rows }, (_, at) => at + 2)
    .map((row) => `${numberOf(row)},Ada ${row}\n`);
  await Deno.writeTextFile(
    `${home}/people.csv`,
    `phone,name\n${people.join("")}`,
  );
  const file = ["--recipients", `${home}/people.csv`];
  return ["conversation", "send", ...file, ...MESSAGE];
}

/** How many messages of any run each person got. */
async function messagesByPerson(world: BulkWorld): Promise<number[]> {
  const counts = new Map<string, number>();
  const { app_id } = world.api.info;
  for (let token = "";;) {
    const query = `app_id=${app_id}&page_size=1000&page_token=${token}`;
    const page = await world.ask("GET", world.api.url(`messages?${query}`));
    for (const { channel_identity, app_message } of page.messages) {
      const { identity } = channel_identity;
      const row = Number(identity.slice(-7));
      assertEquals(app_message.text_message.text, `Hello Ada ${row}`);
      counts.set(identity, (counts.get(identity) ?? 0) + 1);
    }
    token = page.next_page_token;
    if (!token) return [...counts.values()];
  }
}

Deno.test("each row of a file is sent once, reported, and not sent again by the same command", async () => {
  await using world = await BulkWorld.open();
  const send = await sendTo(world, { rows: 30 });
  const asked = await world.run(...send);
  assertEquals(asked.code, 2);
  assertStringIncludes(asked.stderr, "--yes");
  assertEquals(await messagesByPerson(world), []);

  const report = `${world.home}/out.csv`;
  const sent = await world.run(...send, "--yes", "--json", "--report", report);
  assertEquals(sent.code, 0, sent.stderr);
  const { rows, accepted, left } = JSON.parse(sent.stdout);
  assertEquals([rows, accepted, left], [30, 30, 0]);
  assertEquals(await messagesByPerson(world), Array(30).fill(1));
  const lines = (await Deno.readTextFile(report)).trim().split(/\r?\n/);
  assertEquals(lines[0], "phone,name,row,message_id,outcome,reason,time");
  assertEquals(lines.length, 31);
  assert(lines.slice(1).every((line) => line.includes(",accepted,")));

  const same = await world.run(...send, "--yes");
  assertEquals(same.code, 2);
  assertStringIncludes(same.stderr, "same recipients and messages");
  assertStringIncludes(same.stderr, "--again");
  assertEquals(await messagesByPerson(world), Array(30).fill(1));
  const again = await world.run(...send, "--yes", "--again");
  assertEquals(again.code, 0, again.stderr);
  assertEquals(await messagesByPerson(world), Array(30).fill(2));
});

Deno.test("two of the same command at one moment send once", async () => {
  await using world = await BulkWorld.open();
  const send = [...await sendTo(world, { rows: 50 }), "--yes"];
  const ends = await Promise.all([world.run(...send), world.run(...send)]);
  assertEquals(ends.map(({ code }) => code).sort(), [0, 2]);
  const refused = ends.find(({ code }) => code === 2)!;
  assert(
    /has begun meanwhile|sent by another process|same recipients/
      .test(refused.stderr),
    refused.stderr,
  );
  assertEquals(await messagesByPerson(world), Array(50).fill(1));
});

Deno.test("the same command goes on with a run that was killed, in another order of rows too", async () => {
  await using world = await BulkWorld.open();
  const send = [...await sendTo(world, { rows: 200 }), "--yes"];
  const first = world.start(...send, "--rate", "40");
  const output = first.output();
  let isOver = false;
  output.then(() => isOver = true);
  while (!isOver && (await messagesByPerson(world)).length < 5) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assertEquals(isOver, false, "it ended before it was killed");
  first.kill("SIGKILL");
  await output;
  const file = `${world.home}/people.csv`;
  const [header, ...rows] = (await Deno.readTextFile(file)).trim().split("\n");
  await Deno.writeTextFile(file, [header, ...rows.reverse()].join("\n"));
  const second = await world.run(...send, "--unknown", "resend");
  assertEquals(second.code, 0, second.stderr);
  assertEquals(await messagesByPerson(world), Array(200).fill(1));
});

Deno.test("options of a file need one, and a file stands alone", async () => {
  await using world = await BulkWorld.open();
  const send = await sendTo(world, { rows: 2 });
  const single = ["conversation", "send", numberOf(2), "Hi", "-c", "SMS"];
  for (
    const args of [
      [...single, "--yes"],
      [...single, "--rate", "5"],
      [...single, "--report", "out.csv"],
      [...send, "--dry-run"],
      [...send, "--contact", "01HW9CON0000000000000000BB"],
      [...send, "--yes", "--rate", "0"],
      [...send, "--yes", "--stop-after-failures", "101%"],
    ]
  ) {
    const { code, stdout, stderr } = await world.run(...args);
    assertEquals([code, stdout], [2, ""], args.join(" ") + stderr);
  }
  assertEquals(await messagesByPerson(world), []);
});
