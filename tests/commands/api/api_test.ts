/** `sinch api`: any endpoint of a real sandbox, through the real program. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TYPED_COMMANDS } from "../../../commands/api/typed_command.ts";
import { leavesOf, nameOf, wholeTree } from "../../command_tree.ts";
import { runCli } from "../../run_cli.ts";
import { calls, SandboxedCli } from "../../sandboxed_cli.ts";

const SEND = [
  ...["api", "POST", "messages:send", "-F", "app_id={app}"],
  ...["-f", "recipient[identified_by][channel_identities][][channel]=SMS"],
  ...["-f", "recipient[identified_by][channel_identities][][identity]=+4670"],
  ...["-f", "message[text_message][text]=007"],
];

Deno.test("fields of a POST are the body, and the app is filled in", async () => {
  await using cli = new SandboxedCli();
  const sent = await cli.run(SEND);
  assertEquals(sent.code, 0, sent.stderr);
  const { message_id } = JSON.parse(sent.stdout);
  const message = await cli.ask("GET", `messages/${message_id}`);
  assertEquals(message.app_message.text_message.text, "007");
  assertEquals(message.channel_identity.identity, "4670");
});

for (
  const [path, asked] of [
    ["apps/{app}", "apps/APP"],
    ["/apps/{app_id}", "apps/APP"],
    ["v1/projects/{project}/apps/{app}", "apps/APP"],
    ["/v1/projects/{project_id}/apps", "apps"],
    ["templates/welcome_template", "templates/welcome_template"],
    ["/v2/projects/{project}/templates", "templates"],
    ["contacts:identityConflicts", "contacts:identityConflicts"],
    ["contacts?page_size=1", "contacts?page_size=1"],
  ] as const
) {
  Deno.test(`GET ${path} asks for ${asked}`, async () => {
    await using cli = new SandboxedCli();
    const run = await cli.run(["api", "GET", path]);
    assertEquals(run.code, 0, run.stderr);
    const { appId } = cli.sandbox.account;
    assertEquals(calls(run), [`GET ${asked.replace("APP", appId)}`]);
    assert(/^[{[]/.test(run.stdout));
  });
}

Deno.test("fields of GET and DELETE are the query, beside that of the path", async () => {
  await using cli = new SandboxedCli();
  const get = await cli.run([
    ...["api", "get", "messages?channel_identity=+4670"],
    ...["-f", "channel=SMS", "-F", "page_size=2"],
  ]);
  assertEquals(get.code, 0, get.stderr);
  assertEquals(calls(get), [
    "GET messages?channel_identity=+4670&channel=SMS&page_size=2",
  ]);
  const id = await cli.sendText("Hello");
  const remove = await cli.run([
    ...["api", "DELETE", `messages/${id}`],
    ...["-f", "messages_source=CONVERSATION_SOURCE"],
  ]);
  assertEquals(calls(remove), [
    `DELETE messages/${id}?messages_source=CONVERSATION_SOURCE`,
  ]);
  assertEquals([remove.code, remove.stdout], [0, "{}\n"]);
});

Deno.test("--input is the body, from a file or stdin, and fields are then the query", async () => {
  await using cli = new SandboxedCli();
  const file = await Deno.makeTempFile();
  const body = JSON.stringify({ display_name: "Support" });
  await Deno.writeTextFile(file, body);
  const { appId } = cli.sandbox.account;
  for (const [input, stdin] of [[`@${file}`, ""], ["-", body], [body, ""]]) {
    const run = await cli.run([
      ...["api", "PATCH", "apps/{app}", "--input", input!],
      ...["-f", "update_mask=display_name"],
    ], { stdin });
    assertEquals(run.code, 0, run.stderr);
    assertEquals(calls(run), [`PATCH apps/${appId}?update_mask=display_name`]);
    assertEquals(await run.requests.at(-1)!.json(), JSON.parse(body));
    assertEquals(JSON.parse(run.stdout).display_name, "Support");
  }
  await Deno.remove(file);
});

Deno.test("-F is JSON where it is, -f is always text, and both nest", async () => {
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, '{"from":"file"}\n');
  const run = await runCli([
    ...["--sandbox", "api", "POST", "x", "--dry-run"],
    ...[
      "-F",
      "phone=+4670",
      "-F",
      "agent=007",
      "-F",
      "big=12345678901234567890",
    ],
    ...[
      "-F",
      "on=true",
      "-F",
      "none=null",
      "-F",
      "text=Hello",
      "-F",
      'in={"a":[1]}',
    ],
    ...["-F", "list[]=1", "-F", "list[]=x", "-F", "empty[]", "-F", "a[b][c]=2"],
    ...["-F", "rows[][n]=1", "-F", "rows[][m]=2", "-F", "rows[][n]=3"],
    ...["-F", `file=@${file}`, "-F", "at=@@x", "-F", "project={project}"],
    ...[
      "-f",
      "raw=true",
      "-f",
      "raw_at=@x",
      "-f",
      "equals=a=b",
      "-f",
      "blank=",
    ],
    ...["-f", "__proto__=own"],
  ]);
  await Deno.remove(file);
  assertEquals(run.code, 0, run.stderr);
  assertStringIncludes(run.stdout, '"big": 12345678901234567890');
  const { body } = JSON.parse(run.stdout);
  assertEquals(Object.entries(body).sort(), [
    ["__proto__", "own"],
    ["a", { b: { c: 2 } }],
    ["agent", "007"],
    ["at", "@x"],
    ["big", 12345678901234567890],
    ["blank", ""],
    ["empty", []],
    ["equals", "a=b"],
    ["file", { from: "file" }],
    ["in", { a: [1] }],
    ["list", [1, "x"]],
    ["none", null],
    ["on", true],
    ["phone", "+4670"],
    ["project", "sandbox-project"],
    ["raw", "true"],
    ["raw_at", "@x"],
    ["rows", [{ n: 1, m: 2 }, { n: 3 }]],
    ["text", "Hello"],
  ]);
});

Deno.test("--paginate merges all pages into one document", async () => {
  await using cli = new SandboxedCli();
  for (let count = 0; count < 5; count++) await cli.sendText(`No. ${count}`);
  const run = await cli.run([
    ...["api", "GET", "messages?page_size=2", "--paginate"],
  ]);
  assertEquals(run.code, 0, run.stderr);
  assertEquals(calls(run).length, 3);
  const { messages, ...rest } = JSON.parse(run.stdout);
  assertEquals(messages.length, 5);
  assertEquals("next_page_token" in rest, false);
  const ids = await cli.run([
    ...["api", "GET", "messages", "--paginate", "-F", "page_size=3"],
    ...["--query", "messages[].id", "--raw"],
  ]);
  assertEquals(
    ids.stdout.trimEnd().split("\n"),
    messages.map(({ id }: { id: string }) => id),
  );
});

Deno.test("batches have a host of their own, in process and served", async () => {
  const cancel = [
    ...["api", "DELETE", "batch/messages", "--input", '{"batch_id":"x"}'],
  ];
  const embedded = await runCli(["--sandbox", ...cancel]);
  assertEquals([embedded.code, embedded.stdout], [0, "{}\n"], embedded.stderr);

  await using cli = new SandboxedCli();
  const seen: string[] = [];
  await using batch = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => {
      seen.push(`${request.method} ${new URL(request.url).pathname}`);
      return cli.sandbox.batch.fetch(request);
    },
  );
  const env = { SINCH_BATCH_URL: `http://127.0.0.1:${batch.addr.port}` };
  const list = await cli.run([
    ...["api", "GET", "batch/messages"],
    ...["-f", "metadataKey=a", "-f", "metadataValue=b"],
  ], { env });
  assertEquals([list.code, list.stdout], [0, "[]\n"], list.stderr);
  assertEquals(seen, ["GET /v1/projects/sandbox-project/messages"]);

  // POST contacts would create a contact on the other host.
  const without = await cli.run([
    ...["api", "POST", "batch/contacts", "--input", '{"contacts":[]}'],
  ]);
  assertEquals(without.code, 2);
  assertStringIncludes(without.stderr, "SINCH_BATCH_URL");
  assertEquals(calls(without), []);
});

Deno.test("-i shows the status and headers, of a refusal too", async () => {
  await using cli = new SandboxedCli();
  const found = await cli.run(["api", "GET", "apps", "-i"]);
  const [head, body] = found.stdout.split("\n\n");
  assert(/^HTTP 200\n/.test(head!), head);
  assertStringIncludes(head!, "content-type: application/json");
  assertEquals(JSON.parse(body!).apps.length, 1);
  const none = await cli.run(["api", "GET", "apps/none", "--include"]);
  assertEquals(none.code, 4);
  assert(/^HTTP 404\n[^{]*\n\n$/.test(none.stdout), none.stdout);
  assertStringIncludes(none.stderr, "not found");
  const json = await cli.run([
    ...["api", "GET", "apps", "-i", "--query"],
    `[status, headers."content-type"]`,
  ]);
  assertEquals(JSON.parse(json.stdout), [200, "application/json"]);
});

Deno.test("an answer may be a list or empty, and what is not JSON is refused", async () => {
  await using cli = new SandboxedCli();
  cli.answers = [
    Response.json([1]),
    new Response(),
    new Response("<p>Sign in"),
    new Response("<p>Sign in"),
  ];
  const ends = [];
  for (const method of ["GET", "POST", "GET", "POST"]) {
    const { code, stdout, stderr } = await cli.run([
      ...["api", method, "x"],
    ]);
    ends.push([code, stdout.replaceAll(/\s/g, ""), /not known/.test(stderr)]);
  }
  assertEquals(ends, [
    [0, "[1]", false],
    [0, "{}", false],
    [1, "", false],
    [5, "", true],
  ]);
});

Deno.test("secrets are masked, and a mask is not sent back", async () => {
  await using cli = new SandboxedCli();
  const app = await cli.run(["api", "GET", "apps/{app}"]);
  assertStringIncludes(app.stdout, "••••");
  const shown = await cli.run(["api", "GET", "apps/{app}", "--show-secrets"]);
  assertEquals(shown.stdout.includes("••••"), false);
  const back = await cli.run(
    ["api", "PATCH", "apps/{app}", "--input", "-"],
    { stdin: app.stdout },
  );
  assertEquals(back.code, 2);
  assertEquals(calls(back), []);
  const secret = await cli.run([
    ...["api", "POST", "webhooks", "-f", "secret=hush-hush"],
    ...["--dry-run", "--curl"],
  ]);
  assertEquals((secret.stdout + secret.stderr).includes("hush-hush"), false);
});

Deno.test("--dry-run sends nothing, whatever the method", async () => {
  await using cli = new SandboxedCli();
  for (const method of ["GET", "POST", "PATCH", "PUT", "DELETE"]) {
    const run = await cli.run(["api", method, "apps", "--dry-run"]);
    assertEquals(run.code, 0, run.stderr);
    assertEquals(JSON.parse(run.stdout).method, method);
    assertEquals(run.requests, []);
  }
});

Deno.test("a command for the same thing is named on stderr, and exists", async () => {
  await using cli = new SandboxedCli();
  const list = await cli.run(["api", "GET", "apps"]);
  assertStringIncludes(list.stderr, "`sinch conversation apps list`");
  const get = await cli.run(["api", "GET", "apps/{app}"]);
  const { appId } = cli.sandbox.account;
  assertStringIncludes(get.stderr, `\`sinch conversation apps get ${appId}\``);
  const json = await cli.run(["api", "GET", "apps", "--json"]);
  assertEquals(json.stderr, "");
  const other = await cli.run(["api", "GET", "contacts:identityConflicts"]);
  assertEquals(other.stderr, "");
  const names = new Set(leavesOf(await wholeTree()).map(nameOf));
  for (const [, , words] of TYPED_COMMANDS) {
    const name = `conversation ${words.replace(/ (--app )?\*$/, "")}`;
    assert(names.has(name), name);
  }
});

Deno.test("completion offers the methods", async () => {
  const run = await runCli(["__complete", "--", "api", "P"]);
  assertEquals(
    run.stdout.split("\n").map((line) => line.split("\t")[0]),
    ["values", "POST", "PATCH", "PUT", ""],
  );
});
