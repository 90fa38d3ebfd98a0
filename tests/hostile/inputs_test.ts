/** Inputs that are no text, have no end, or come through a pipe with a will of its own. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { textOf } from "../../runtime/text.ts";
import { runCli } from "../run_cli.ts";
import { HostileServer } from "./server.ts";

const MAIN = new URL("../../main.ts", import.meta.url).href;
const SINCH = [
  ...[Deno.execPath(), "run", "-A", "--quiet", "--no-check"],
  MAIN,
];
const ON_WINDOWS = Deno.build.os === "windows";

const env = {
  SINCH_PROJECT_ID: "P",
  SINCH_KEY_ID: "K",
  SINCH_KEY_SECRET: "the-key-secret",
  SINCH_APP_ID: "A",
};
const SEND = ["conversation", "send", "+15551234567", "-c", "SMS"];

/** Bytes, and what is said about them. */
const NO_TEXT: Record<string, [number[], string]> = {
  "UTF-16 with its mark": [[0xff, 0xfe, 0x68, 0], "UTF-16"],
  "UTF-16 without it": [[0x68, 0, 0x69, 0], "byte 2 is 0x00"],
  "a NUL": [[0x68, 0x69, 0], "byte 3 is 0x00"],
  "Latin-1": [[0x63, 0x61, 0x66, 0xe9], "byte 4 is 0xE9"],
  "half a character at the end": [[0x61, 0xf0, 0x9f], "byte 2 is 0xF0"],
  "an encoded surrogate": [[0xc3, 0xa9, 0xed, 0xa0, 0x80], "byte 3 is 0xED"],
  "an error behind a replacement character": [
    [0xef, 0xbf, 0xbd, 0xff],
    "byte 4 is 0xFF",
  ],
};

for (const [name, [bytes, says]] of Object.entries(NO_TEXT)) {
  Deno.test(`a file with ${name} is refused with the place of the byte`, async () => {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/text`;
    await Deno.writeFile(path, new Uint8Array(bytes));
    for (
      const args of [
        [...SEND, `@${path}`],
        ["sandbox", "rule", "add", "--file", path],
      ]
    ) {
      const run = await runCli(args, { env });
      assertEquals([run.code, run.requests], [2, []], run.stderr);
      assertStringIncludes(run.stderr, says);
    }
    const files = [
      ["auth", "status", "--env-file", path],
      ["auth", "login", "-f", path],
    ];
    for (const args of files) {
      const run = await runCli(args, { env: {} });
      assert(run.code === 1 || run.code === 2, run.stderr);
      assertStringIncludes(run.stderr, says);
    }
    await Deno.remove(folder, { recursive: true });
  });
}

Deno.test("text is what it was, with its byte order mark and U+FFFD", () => {
  for (const text of ["", "\ufeffa", "a\ufffdb", "👨‍👩‍👧", "é\n"]) {
    assertEquals(textOf(new TextEncoder().encode(text)), text);
  }
});

Deno.test(
  "an argument that is not UTF-8 is refused with the place of the byte",
  {
    ignore: ON_WINDOWS,
  },
  async () => {
    const { code, stderr } = await new Deno.Command("sh", {
      args: [
        "-c",
        `exec "$@" "$(printf 'caf\\351')"`,
        "sh",
        ...SINCH,
        ...SEND,
      ],
      env,
    }).output();
    assertEquals(code, 2);
    assertStringIncludes(new TextDecoder().decode(stderr), "at byte 4");
  },
);

Deno.test("half a surrogate pair or a NUL in JSON is refused with its place", async () => {
  for (
    const [bad, what] of [["\\ud800", "alf a surrogate pair at"], [
      "\\u0000",
      "a NUL at",
    ]]
  ) {
    const message = `{"text_message":{"text":"ab${bad}"}}`;
    const run = await runCli([...SEND, "--json-message", message], { env });
    assertEquals([run.code, run.requests], [2, []], run.stderr);
    assertStringIncludes(run.stderr, what!);
  }
});

Deno.test("an input without an end is refused at 8 MiB", {
  ignore: ON_WINDOWS,
}, async () => {
  for (
    const args of [
      [...SEND, "@/dev/zero"],
      ["sandbox", "rule", "add", "--file", "/dev/zero"],
      ["auth", "status", "--env-file", "/dev/zero"],
      ["auth", "login", "-f", "/dev/zero"],
    ]
  ) {
    const run = await runCli(args, { env: args[0] === "auth" ? {} : env });
    assert(run.code === 1 || run.code === 2, run.stderr);
    assertStringIncludes(run.stderr, "larger than 8 MiB");
  }
});

Deno.test("standard input without an end is refused at 8 MiB", {
  ignore: ON_WINDOWS,
}, async () => {
  const file = await Deno.open("/dev/zero");
  const process = new Deno.Command(SINCH[0]!, {
    args: [...SINCH.slice(1), ...SEND, "-"],
    env,
    stdin: "piped",
    stderr: "piped",
  }).spawn();
  await file.readable.pipeTo(process.stdin).catch(() => {});
  const stderr = await new Response(process.stderr).text();
  assertEquals((await process.status).code, 2);
  assertStringIncludes(stderr, "larger than 8 MiB");
});

const NON_BLOCKING = `
import fcntl, os, subprocess, sys, time
r, w = os.pipe()
fcntl.fcntl(w, fcntl.F_SETFL, fcntl.fcntl(w, fcntl.F_GETFL) | os.O_NONBLOCK)
child = subprocess.Popen(sys.argv[1:], stdout=w, stdin=subprocess.DEVNULL)
os.close(w)
time.sleep(1.0)
total = 0
while True:
    piece = os.read(r, 1 << 16)
    if not piece: break
    total += len(piece)
print(total, child.wait())
`;

Deno.test("a pipe that does not block loses nothing", {
  ignore: ON_WINDOWS,
}, async () => {
  const rows = 900;
  const text = "é".repeat(1000);
  const messages = Array.from({ length: rows }, () => ({
    id: "M",
    app_message: { text_message: { text } },
  }));
  await using server = await HostileServer.start({
    reply: ({ url }) =>
      url === "/oauth2/token" ? undefined : { status: 200, body: { messages } },
  });
  const list = ["conversation", "messages", "list", "--limit", `${rows}`];
  const { stdout, stderr } = await new Deno.Command("python3", {
    args: ["-c", NON_BLOCKING, ...SINCH, ...list, "--columns", "content"],
    env: { ...env, ...server.env },
  }).output();
  assertEquals(
    new TextDecoder().decode(stdout).trim(),
    `${rows * 2001} 0`,
    new TextDecoder().decode(stderr),
  );
});

Deno.test("a lock that is a symbolic link is not followed", {
  ignore: ON_WINDOWS,
}, async () => {
  const home = await Deno.makeTempDir();
  const config = `${home}/.config/sinch`;
  await Deno.mkdir(config, { recursive: true });
  const target = `${home}/made-by-the-lock`;
  await Deno.symlink(target, `${config}/config.json.lock`);
  const run = await runCli(["config", "set", "region=eu"], { home });
  assertEquals(run.code, 1);
  assertStringIncludes(run.stderr, "is a symbolic link");
  const made = await Deno.stat(target).then(() => true, () => false);
  assertEquals(made, false);
  await Deno.remove(home, { recursive: true });
});

Deno.test("doctor finds folders and tokens that others can change or read", {
  ignore: ON_WINDOWS,
}, async () => {
  const home = await Deno.makeTempDir();
  const config = `${home}/.config/sinch`;
  const tokens = `${home}/.cache/sinch/tokens`;
  await Deno.mkdir(config, { recursive: true });
  await Deno.mkdir(tokens, { recursive: true });
  await Deno.writeTextFile(`${tokens}/a.json`, "{}");
  await Deno.chmod(config, 0o777);
  await Deno.chmod(tokens, 0o770);
  await Deno.chmod(`${tokens}/a.json`, 0o644);
  const run = await runCli(["doctor", "--json"], { home });
  const findings: { state: string; fix?: string }[] =
    JSON.parse(run.stdout).findings;
  assertEquals(
    findings.filter(({ state, fix }) =>
      state === "broken" && fix?.startsWith("chmod")
    ).map(({ fix }) => fix),
    [
      `chmod 700 ${config}`,
      `chmod 700 ${tokens}`,
      `chmod 600 ${tokens}/a.json`,
    ],
  );
  await Deno.remove(home, { recursive: true });
});
