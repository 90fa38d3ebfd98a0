/** What `sinch api` refuses before anything leaves, and what it sends only once. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { denoRuntime } from "../../../runtime/deno.ts";
import { ScriptedApi } from "../../scripted_api.ts";

const OK = { status: 200, body: {} };

const PATHS = [
  ...["https://evil.example/x", "HTTPS://evil.example", "http:evil.example"],
  ...["//evil.example/x", "///evil.example", "\\\\evil.example", "/\\evil"],
  ...["ftp://evil.example", "https:/evil.example"],
  ...["..", "../x", "apps/../../x", "apps/..", "./apps", "apps/.", "apps//x"],
  ...["apps/%2e%2e/x", "apps/%2E./x", "apps/..%2fx", "apps/%2fx", "apps/%5cx"],
  ...["apps/%252e%252e", "apps/%25%32%65", "apps/a%0d%0aHost:x", "apps/%00"],
  ...[
    "apps/x\r\nHost: evil",
    "apps/x\ny",
    "apps/x y",
    "apps/\tx",
    "apps/x\x7f",
  ],
  ...["apps#x", "apps/%", "apps/%zz", "apps?x=%", "apps/", "/", "?x=1"],
  ...["v1/projects/{project}", "v1/projects/other/apps", "v1/projects/../apps"],
  ...["v2/projects/{project}/apps", "v1/projects/{project}/templates"],
  ...["v3/projects/{project}/apps", "batch", "batch/", "batch/../apps"],
  ...["contacts/{contact_id}", "C:/Program Files/Git/v1/apps"],
];

Deno.test("a path that leads elsewhere is refused, and nothing is sent", async () => {
  await using api = new ScriptedApi();
  for (const path of PATHS) {
    for (const method of ["GET", "POST"]) {
      const run = await api.run(["api", method, path], OK);
      assertEquals(run.code, 2, `${JSON.stringify(path)}: ${run.stderr}`);
      assertStringIncludes(run.stderr, "path");
      assertEquals(run.stdout, "");
    }
  }
  assertEquals(api.seen, []);
});

Deno.test("whatever a path has in it, the request is for the project on the host", async () => {
  await using api = new ScriptedApi();
  const pieces = [
    ...["a", "/", "..", ".", "%", "2e", "2f", "5c", "25", "0d", "0a", ":", "@"],
    ...[
      "?",
      "&",
      "=",
      "#",
      "\\",
      "//",
      "http:",
      "{app}",
      "é",
      ";",
      "%2e",
      "v1",
    ],
    ...["[", "]", "+", "*", "'", '"', "templates", "projects", "batch"],
  ];
  let state = 7;
  const random = (below: number) => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return Math.floor(state / 2 ** 31 * below);
  };
  let sent = 0;
  for (let round = 0; round < 120; round++) {
    const path = `x${
      Array.from({ length: 1 + random(6) }, () => pieces[random(pieces.length)])
        .join("")
    }`;
    const before = api.apiRequests.length;
    const { code, stderr } = await api.run(["api", "GET", path], OK);
    const asked = api.apiRequests.slice(before);
    assertEquals(asked.length, code === 0 ? 1 : 0, `${path}: ${stderr}`);
    assert(code === 0 || code === 2, `${path}: ${stderr}`);
    for (const { url } of asked) {
      sent++;
      assert(url.startsWith("/v1/projects/project/x"), `${path}: ${url}`);
    }
  }
  assert(sent > 10, `${sent}`);
});

for (
  const [args, named] of [
    [["POST", "x", "-f", "a"], "--raw-field"],
    [["POST", "x", "-f", "=a"], "--raw-field"],
    [["POST", "x", "-f", "a[b=c"], "--raw-field"],
    [["POST", "x", "-f", "a=1", "-f", "a=2"], "a is given twice"],
    [["POST", "x", "-f", "a=1", "-F", "a[b]=2"], "a[b]"],
    [["POST", "x", "-f", "a[]=1", "-f", "a[b]=2"], "a[b]"],
    [["POST", "x", "-f", "a[b]=1", "-f", "a[]=2"], "a[]"],
    [["POST", "x", "-F", "a={x:1}"], "--field a"],
    [["POST", "x", "-F", 'a={"x":1,"x":2}'], "Duplicate key"],
    [["POST", "x", "-F", "a=@/no/such/file"], "--field a"],
    [["POST", "x", "--input", "body.json"], "@body.json"],
    [["POST", "x", "--input", "{"], "--input"],
    [["POST", "x", "--input", '{"a":"\\u0000"}'], "NUL"],
    [["GET", "x", "--input", "{}"], "--input"],
    [["GET", "x", "-f", "a[b]=c"], "query"],
    [["GET", "x?a=1", "-f", "a=2"], "a is given twice"],
    [["POST", "x", "--paginate"], "--paginate"],
    [["GET", "x", "--paginate", "-i"], "--paginate"],
    [["HEAD", "x"], "method"],
    [["GET"], "<path>"],
    [[], "<method>"],
  ] as const
) {
  Deno.test(`refused: api ${args.join(" ")}`, async () => {
    await using api = new ScriptedApi();
    const run = await api.run(["api", ...args], OK);
    assertEquals(run.code, 2, run.stderr);
    assertStringIncludes(run.stderr, named);
    assertEquals(api.apiRequests, []);
  });
}

Deno.test("input that is not UTF-8 is refused", async () => {
  await using api = new ScriptedApi();
  const file = await Deno.makeTempFile();
  await Deno.writeFile(file, new Uint8Array([123, 34, 0xff, 34, 58, 49, 125]));
  const run = await api.run(["api", "POST", "x", "--input", `@${file}`], OK);
  await Deno.remove(file);
  assertEquals(run.code, 2, run.stderr);
  assertEquals(api.seen, []);
});

/** The program's own way to the network, and no waits between tries. */
const LIVE = {
  fetch: denoRuntime().fetch,
  runtime: { clock: { now: Date.now, sleep: () => Promise.resolve() } },
};

for (const method of ["POST", "PATCH", "PUT", "DELETE"]) {
  Deno.test(`a ${method} is sent once, whatever the answer`, async () => {
    for (
      const answer of [{ status: 500 }, { status: 302 }, "hang up"] as const
    ) {
      await using api = new ScriptedApi();
      const run = await api.run(["api", method, "x"], answer, LIVE);
      assertEquals(run.code, 5);
      assertStringIncludes(run.stderr, "not known");
      assertEquals(api.apiRequests.length, 1, JSON.stringify(answer));
    }
  });
}

Deno.test("a GET is tried again, and a 401 leads to a new token", async () => {
  await using api = new ScriptedApi();
  const read = await api.run(["api", "GET", "x"], { status: 503 }, LIVE);
  assertEquals(read.code, 1);
  assertEquals(api.apiRequests.length, 3);
  const refused = await api.run(["api", "POST", "x"], { status: 401 }, LIVE);
  assertEquals(refused.code, 3);
  assertEquals(api.apiRequests.length, 5);
});

Deno.test("pages that never end, and two lists in one answer, are refused", async () => {
  await using api = new ScriptedApi();
  const all = ["api", "GET", "x", "--paginate"];
  const endless = { status: 200, body: { a: [1], next_page_token: "t" } };
  const ends = await api.run(all, endless);
  assertEquals([ends.code, ends.stdout], [1, ""]);
  assertEquals(api.apiRequests.map(({ url }) => url), [
    "/v1/projects/project/x",
    "/v1/projects/project/x?page_token=t",
  ]);
  const one = await api.run(all, { status: 200, body: { a: [1], b: [2] } });
  assertEquals(JSON.parse(one.stdout), { a: [1], b: [2] });
  const lists = { a: [], b: [], next_page_token: "t" };
  const two = await api.run(all, { status: 200, body: lists });
  assertEquals([two.code, two.stdout], [1, ""]);
  assertStringIncludes(two.stderr, "a,b");
});

Deno.test("a cookie in the headers is masked", async () => {
  await using api = new ScriptedApi();
  const answer = { ...OK, headers: { "set-cookie": "session=hush-hush" } };
  const run = await api.run(["api", "GET", "x", "-i"], answer);
  assertStringIncludes(run.stdout, "set-cookie: ••••");
  const failed = await api.run(["api", "GET", "x", "-i"], {
    ...answer,
    status: 404,
  });
  assertEquals((run.stdout + failed.stdout).includes("hush-hush"), false);
});
