/** `sinch sandbox reply` and `tap`, against a served sandbox that calls back. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runCli } from "../../run_cli.ts";
import { ADA } from "../../sandbox/client.ts";
import { Served } from "./served.ts";

Deno.test("a number, a contact and the reader of a message each write to the app", async () => {
  await using served = await Served.open();
  const message = await served.sendChoices();
  for (
    const [args, channel, identity] of [
      [["+46700000001", "Hi"], "SMS", "46700000001"],
      [["+46700000001", "Hi", "-c", "whatsapp"], "WHATSAPP", "46700000001"],
      [[ADA, "Hi"], "SMS", "15551234567"],
      [[message, "Hi"], "SMS", "15551234567"],
    ] as const
  ) {
    const { code, stdout, stderr } = await served.run("reply", ...args);
    assertEquals(code, 0, stderr);
    const told = await served.told();
    assertStringIncludes(stdout, told.id);
    assertEquals(told.contact_message.text_message, { text: "Hi" });
    assertEquals([
      told.channel_identity.channel,
      told.channel_identity.identity,
    ], [
      channel,
      identity,
    ]);
  }
});

Deno.test("a picture and a place are received; --json is the answer", async () => {
  await using served = await Served.open();
  const url = "https://example.com/a.jpg";
  const run = await served.run("reply", ADA, "--media", url, "--json");
  const told = await served.told();
  assertEquals(JSON.parse(run.stdout).message_id, told.id);
  assertEquals(told.contact_message.media_message, { url });
  await served.run("reply", ADA, "--lat", "55.5", "--lng=-13");
  assertEquals((await served.told()).contact_message.location_message, {
    title: "Here",
    coordinates: { latitude: 55.5, longitude: -13 },
  });
});

for (
  const [args, content] of [
    [["--location", "55.5,-13"], { title: "Here", at: [55.5, -13] }],
    [["--location=-55.5,13", "-n", "Home"], { title: "Home", at: [-55.5, 13] }],
    [["--location", "--lat", "1", "--lng", "2"], { title: "Here", at: [1, 2] }],
    [["--lat", "1", "--lng", "2", "--name", "X"], { title: "X", at: [1, 2] }],
  ] as const
) {
  Deno.test(`reply ${args.join(" ")} sends a place`, async () => {
    await using served = await Served.open();
    const { code, stderr } = await served.run("reply", ADA, ...args);
    assertEquals(code, 0, stderr);
    const [latitude, longitude] = content.at;
    assertEquals((await served.told()).contact_message.location_message, {
      title: content.title,
      coordinates: { latitude, longitude },
    });
  });
}

Deno.test("a caption makes the media a media card, and --reply-to quotes", async () => {
  await using served = await Served.open();
  const message_id = await served.sendChoices();
  const url = "https://example.com/a.jpg";
  await served.run(
    ...["reply", ADA, "--media", url, "--caption", "Look"],
    ...["--reply-to", message_id],
  );
  assertEquals((await served.told()).contact_message, {
    media_card_message: { url, caption: "Look" },
    reply_to: { message_id },
  });
});

for (
  const [flags, event] of [
    [["--typing"], { contact_event: { composing_event: {} } }],
    [["--typing-end"], { contact_event: { composing_end_event: {} } }],
    [["--react", "👍"], reaction("👍", "REACTION_ACTION_REACT")],
    [["--unreact"], reaction("", "REACTION_ACTION_UNREACT")],
  ] as const
) {
  Deno.test(`reply ${flags.join(" ")} is told as an event`, async () => {
    await using served = await Served.open(["EVENT_INBOUND"]);
    const message_id = await served.sendChoices();
    const run = await served.run("reply", message_id, ...flags);
    await served.sandbox.runDue();
    const { event: told } = served.receiver.received.at(-1)!.body;
    assertStringIncludes(run.stdout, told.id);
    const [[kind, content]] = Object.entries(event) as [[string, unknown]];
    assertEquals(
      JSON.stringify(told[kind]),
      JSON.stringify(content).replace("<id>", message_id),
    );
  });
}

function reaction(emoji: string, action: string) {
  const reaction_event = { emoji, action, message_id: "<id>" };
  return { contact_message_event: { reaction_event } };
}

for (
  const [args, fault] of [
    [["+46700000001", "--react", "👍"], /<from> .*--react/],
    [[ADA, "Hi", "--typing"], /\[text\] and --typing/],
    [[ADA, "--react", "x", "--unreact"], /--react and --unreact/],
    [[ADA, "Hi", "--caption", "x"], /--caption requires --media/],
    [[ADA, "Hi", "--name", "x"], /--name requires --location/],
    [[ADA, "--typing", "--reply-to", "x"], /--reply-to requires/],
    [[ADA, "--location", "here"], /\[text\] and --location/],
    [[ADA, "--location=here"], /--location .*LAT,LNG/],
    [[ADA, "--location", "1,2,3"], /--location .*LAT,LNG/],
    [[ADA, "--location", "1,200"], /--location: longitude .*180/],
    [[ADA, "--location", "1,2", "--lat", "1"], /--location .*and --lat/],
    [[ADA, "--location"], /Missing --lat/],
    [[ADA, "--lat", "1"], /Missing --lng/],
    [[ADA, "--lat", "north", "--lng", "1"], /--lat .*90.*"north"/],
    [[ADA, "--media", "x"], /--media .*URL/],
    [[ADA, "--location", "--lot", "1"], /"--lot"/],
  ] as [string[], RegExp][]
) {
  Deno.test(`reply ${args.slice(1).join(" ")} is refused`, async () => {
    await using served = await Served.open();
    const { code, stderr } = await served.run("reply", ...args);
    assertEquals(code, 2);
    assertMatch(stderr, fault);
    assertEquals(served.receiver.received, []);
  });
}

Deno.test("a reaction to what is no message is not found", async () => {
  await using served = await Served.open();
  const { code, stderr } = await served.run("reply", ADA, "--react", "👍");
  assertEquals(code, 4);
  assertStringIncludes(
    stderr,
    'Message "01HSANDB0XC0NTACT000000001" not found',
  );
});

Deno.test("a tap sends the choice's postback data", async () => {
  await using served = await Served.open();
  const message_id = await served.sendChoices();
  assertEquals((await served.run("tap", message_id, "no")).code, 0);
  assertEquals((await served.told()).contact_message.choice_response_message, {
    message_id,
    postback_data: "no",
  });
  const { code, stderr } = await served.run("tap", message_id, "Maybe");
  assertEquals(code, 1);
  assertMatch(stderr, /"Yes", "No"/);
});

Deno.test("an unknown contact, and no message, are refused", async () => {
  await using served = await Served.open();
  const unknown = await served.run("reply", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "Hi");
  assertEquals(unknown.code, 4);
  assertStringIncludes(
    unknown.stderr,
    'Contact "01ARZ3NDEKTSV4RRFFQ69G5FAV" not found',
  );
  for (
    const args of [[ADA], [ADA, "Hi", "--media", "x"], [ADA, "--lat", "91"]]
  ) {
    assertEquals((await served.run("reply", ...args)).code, 2, args.join(" "));
  }
  assertEquals(served.receiver.received, []);
});

Deno.test("a number is taken as people write it, and what is none is refused", async () => {
  await using served = await Served.open();
  for (
    const who of ["0046 70-000 00 01", "+46 (70) 000.00.01", "46700000001"]
  ) {
    assertEquals((await served.run("reply", who, "Hi")).code, 0, who);
    assertEquals(
      (await served.told()).channel_identity.identity,
      "46700000001",
    );
  }
  for (const who of ["abc", "01NOPE", ""]) {
    const { code, stderr } = await served.run("reply", who, "Hi");
    assertEquals(code, 2, who);
    assertStringIncludes(stderr, "error: ");
  }
});

Deno.test("the text may come from standard input", async () => {
  await using served = await Served.open();
  const stdin = "Hi from a pipe\n";
  await served.runWith({ stdin }, "reply", "+46700000001", "-");
  assertEquals((await served.told()).contact_message.text_message, {
    text: "Hi from a pipe",
  });
});

Deno.test("without a served sandbox, reply writes to the app of --sandbox and says so", async () => {
  const home = await Deno.makeTempDir();
  const { code, stderr } = await runCli(["sandbox", "reply", ADA, "Hi"], {
    home,
  });
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "sinch sandbox start");
  const list = ["--sandbox", "conversation", "messages", "list", "--json"];
  const { stdout } = await runCli(list, { home });
  assertEquals(JSON.parse(stdout).messages[0].contact_message.text_message, {
    text: "Hi",
  });
  await Deno.remove(home, { recursive: true });
});
