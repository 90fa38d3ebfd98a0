import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { SinchClient } from "@sinch/sdk-core";
import type { RunningSandbox } from "../../../commands/sandbox/running.ts";
import type { Runtime } from "../../../runtime/runtime.ts";
import { runCli } from "../../run_cli.ts";

const MAIN = new URL("../../../main.ts", import.meta.url).href;

/** A home folder of its own, in which real processes of the program run. */
class World implements AsyncDisposable {
  readonly home = Deno.makeTempDirSync();

  command(args: string[], env: Record<string, string> = {}): Deno.Command {
    return new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--quiet", MAIN, ...args],
      env: { HOME: this.home, SINCH_DATA_DIR: `${this.home}/data`, ...env },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    });
  }

  async run(args: string[], env?: Record<string, string>) {
    const { code, stdout, stderr } = await this.command(args, env).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, stdout: text(stdout), stderr: text(stderr) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.home, { recursive: true });
  }
}

/** A process that serves a sandbox, and its first line. */
async function startWith(world: World, ...flags: string[]) {
  const process = world.command(
    ["sandbox", "start", "--port", "0", "--store", ":memory:", ...flags],
  ).spawn();
  let text = "";
  for await (
    const part of process.stdout.pipeThrough(new TextDecoderStream())
  ) {
    text += part;
    if (text.includes("\n")) break;
  }
  return { process, text };
}

/** A sandbox that is being served, with what its first line said. */
async function startSandbox(world: World, ...flags: string[]) {
  const port = flags.includes("--port") ? [] : ["--port", "0"];
  const args = ["sandbox", "start", "--json", ...port, ...flags];
  const child = world.command(args).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) text += (await reader.read()).value ?? "";
  const info: RunningSandbox = JSON.parse(text);
  return {
    info,
    variables: {
      SINCH_API_URL: info.url,
      SINCH_PROJECT_ID: info.project_id,
      SINCH_KEY_ID: info.key_id,
      SINCH_KEY_SECRET: info.key_secret,
      SINCH_APP_ID: info.app_id,
    },
    child,
    async stop(signal: Deno.Signal): Promise<number> {
      child.kill(signal);
      const { code } = await child.status;
      await reader.cancel();
      await child.stderr.cancel();
      return code;
    },
  };
}

/** Of the tests that only talk to one. */
const shared = new World();
let started: Awaited<ReturnType<typeof startSandbox>>;
Deno.test.beforeAll(async () => {
  started = await startSandbox(shared, "--store", ":memory:");
});
Deno.test.afterAll(async () => {
  await started.stop("SIGTERM");
  await shared[Symbol.asyncDispose]();
});

Deno.test("the official SDK sends a text to a started sandbox and lists it", async () => {
  const { info } = started;
  const { conversation } = new SinchClient({
    projectId: info.project_id,
    keyId: info.key_id,
    keySecret: info.key_secret,
    authHostname: info.url,
    conversationHostname: info.url,
    conversationTemplatesHostname: info.url,
    // deno-lint-ignore no-explicit-any -- the SDK types this as an enum
    conversationRegion: "us" as any,
  });
  const { message_id } = await conversation.messages.send({
    sendMessageRequestBody: {
      app_id: info.app_id,
      recipient: {
        identified_by: {
          channel_identities: [{ channel: "SMS", identity: "+15551234567" }],
        },
      },
      message: { text_message: { text: "Hello from the SDK" } },
    },
  });
  const { data } = await conversation.messages.list({ app_id: info.app_id });
  assert(data.some(({ id }) => id === message_id));
});

Deno.test("start --rules takes the rules of a file", async () => {
  await using world = new World();
  const file = `${world.home}/rules.json`;
  const rules = [{ id: "1", latency: "1ms..2ms", hits: 0 }];
  await Deno.writeTextFile(file, JSON.stringify({ rules }));
  const { variables, stop } = await startSandbox(
    world,
    ...["--store", ":memory:", "--rate-limit", "--rules", file],
  );
  const { stdout } = await world.run(
    ["sandbox", "rule", "list", "--json"],
    variables,
  );
  await stop("SIGTERM");
  assertEquals(JSON.parse(stdout), { rules });
});

Deno.test("a started sandbox prints the origin of each host, Batch on a port of its own", async () => {
  const { info } = started;
  const answer = await fetch(`${info.auth_url}/oauth2/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${btoa(`${info.key_id}:${info.key_secret}`)}`,
    },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const authorization = `Bearer ${(await answer.json()).access_token}`;
  const project = `projects/${info.project_id}`;
  const ask = async (url: string) => {
    const response = await fetch(url, { headers: { authorization } });
    return Object.keys(await response.json());
  };
  assertEquals(await ask(`${info.conversation_url}/v1/${project}/messages`), [
    "messages",
    "next_page_token",
  ]);
  assertEquals(await ask(`${info.template_url}/v2/${project}/templates`), [
    "templates",
  ]);
  // The same path means another thing there, and its errors are not wrapped.
  assertEquals(await ask(`${info.batch_url}/v1/${project}/messages`), [
    "code",
    "message",
    "status",
    "details",
  ]);
});

Deno.test("the Batch API takes the next port, another one if that is taken, or the one that is named", async () => {
  await using world = new World();
  const ports = ({ info }: { info: RunningSandbox }) =>
    [info.url, info.batch_url].map((url) => Number(new URL(url).port));
  let port = 0, next = 0;
  // Some other test may have the next port just now.
  for (let tries = 0; tries < 5 && next !== port + 1; tries++) {
    const first = await startSandbox(world);
    [port, next] = ports(first) as [number, number];
    await first.stop("SIGTERM");
  }
  assertEquals(next, port + 1);

  using _taken = Deno.listen({ hostname: "127.0.0.1", port: next });
  const second = await startSandbox(world, "--port", String(port));
  assert(![port, next].includes(ports(second)[1]!));
  await second.stop("SIGTERM");

  const named = await world.run([
    ...["sandbox", "start", "--port", String(port)],
    ...["--batch-port", String(next)],
  ]);
  assertEquals(named.code, 1);
  assertStringIncludes(named.stderr, `Cannot listen on 127.0.0.1:${next}`);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`${signal} ends a sandbox cleanly and its store stays`, async () => {
    await using world = new World();
    const { variables, info, stop } = await startSandbox(world);
    const sent = await world.run(
      ["conversation", "send", "+15551234567", "Hi", "-c", "SMS", "--json"],
      variables,
    );
    assertEquals(sent.code, 0, sent.stderr);
    assertEquals(await stop(signal), 0);
    assertEquals((await world.run(["sandbox", "env"])).code, 1);
    // The same store in-process, by --sandbox.
    const { message_id } = JSON.parse(sent.stdout);
    const list = await world.run(
      ["--sandbox", "conversation", "messages", "list", "--json"],
      { SINCH_SANDBOX_STORE: info.store },
    );
    assertStringIncludes(list.stdout, message_id);
  });
}

Deno.test("sandbox env prints the variables of the running sandbox for a shell", async () => {
  const { info, variables } = started;
  const { code, stdout } = await shared.run(["sandbox", "env"]);
  assertEquals(code, 0);
  const { stdout: echoed } = await new Deno.Command("sh", {
    args: ["-c", `${stdout}\necho "$SINCH_API_URL $SINCH_KEY_ID"`],
  }).output();
  assertEquals(
    new TextDecoder().decode(echoed),
    `${info.url} ${variables.SINCH_KEY_ID}\n`,
  );
});

for (
  const [shell, line] of [
    ["bash", /^export SINCH_REGION=us$/m],
    ["zsh", /^export SINCH_REGION=us$/m],
    ["fish", /^set -gx SINCH_REGION 'us'$/m],
    ["powershell", /^\$env:SINCH_REGION = 'us'$/m],
    ["cmd", /^set "SINCH_REGION=us"$/m],
  ] as const
) {
  Deno.test(`sandbox env --shell ${shell} prints lines for that shell`, async () => {
    const { code, stdout } = await runCli(
      ["sandbox", "env", "--shell", shell],
      { env: { SINCH_DATA_DIR: `${shared.home}/data` }, fetch },
    );
    assertEquals(code, 0);
    assertMatch(stdout, line);
    assertStringIncludes(stdout, started.info.url);
  });
}

Deno.test("sandbox env without --shell is for bash, and on Windows outside Git Bash for PowerShell", async () => {
  const env = { SINCH_DATA_DIR: `${shared.home}/data` };
  // As the program spells the path there.
  const list = `${shared.home}/data/sandbox.json`;
  await Deno.copyFile(list, list.replace("data/", "data\\"));
  const lines = async (os: Runtime["os"], variables = {}) => {
    const { stdout } = await runCli(["sandbox", "env"], {
      env: { ...env, ...variables },
      fetch,
      runtime: { os },
    });
    return stdout;
  };
  assertMatch(await lines("windows"), /^\$env:SINCH_API_URL/);
  assertMatch(await lines("windows", { SHELL: "bash.exe" }), /^export /);
  assertMatch(await lines("linux"), /^export /);
});

Deno.test("sandbox start --debug logs each request without a secret, and --query picks from its line", async () => {
  await using world = new World();
  const { process, text } = await startWith(
    world,
    ...["--debug", "--query", "[url, key_secret]"],
  );
  const [url, secret] = JSON.parse(text);
  const login = btoa(`sandbox-key:${secret}`);
  const ask = async (path: string, body?: BodyInit) =>
    await (await fetch(url + path, {
      method: body ? "POST" : "GET",
      headers: {
        authorization: `Basic ${login}`,
        ...typeof body === "string" && { "content-type": "application/json" },
      },
      body,
    })).text();
  const project = "/v1/projects/sandbox-project";
  const grant_type = "client_credentials";
  await ask("/oauth2/token", new URLSearchParams({ grant_type }));
  await ask(`${project}/messages:send`, '{"app_id":"01X"}');
  for (const fault of ['"lose_answer":true', '"drop":"after"']) {
    const rule = `{"path":"/apps","times":1,${fault}}`;
    await ask("/_sandbox/rules", `{"rules":[${rule}]}`);
    // Deno may repeat it on a new connection.
    await ask(`${project}/apps`).catch(() => {});
  }
  process.kill("SIGTERM");
  const stderr = await new Response(process.stderr).text();
  await process.status;
  assertMatch(stderr, /> POST http.*messages:send\n> .*"01X".*\n< 400 in /);
  assertMatch(
    stderr,
    /> POST http.*token\n> .*\n< 200 in .*\n.*"access_token":"•+"/,
  );
  assertMatch(stderr, /apps\n< 200 in .*\n< \(not JSON\)/);
  assertMatch(stderr, /apps\n< lost: .*dropped/);
  assert(!stderr.includes(secret) && !stderr.includes(login));
});

Deno.test("a port that is taken is a clear failure", async () => {
  await using world = new World();
  const port = new URL(started.info.url).port;
  const second = await world.run(["sandbox", "start", "--port", port]);
  assertEquals(second.code, 1);
  assertStringIncludes(second.stderr, `Cannot listen on 127.0.0.1:${port}`);
  assertStringIncludes(second.stderr, "--port");
});

Deno.test("reset refuses while the sandbox is served, then starts over", async () => {
  await using world = new World();
  const { stop } = await startSandbox(world);
  const refused = await world.run(["sandbox", "reset", "--force"]);
  assertEquals(refused.code, 1);
  assertStringIncludes(refused.stderr, "Ctrl-C");
  await stop("SIGTERM");
  const send = ["conversation", "send", "+15551234567", "Hi", "-c", "SMS"];
  await world.run(["--sandbox", ...send]);
  const list = ["--sandbox", "conversation", "messages", "list", "--json"];
  const count = async () =>
    JSON.parse((await world.run(list)).stdout).messages.length;
  // Not a terminal: it cannot be asked, and is not guessed.
  const unasked = await world.run(["sandbox", "reset"]);
  assertEquals([unasked.code, await count()], [2, 1]);
  assertStringIncludes(unasked.stderr, "--force");
  const reset = await world.run(["sandbox", "reset", "--force", "--json"]);
  assertEquals([reset.code, await count()], [0, 0]);
});

Deno.test("a store that is served is not reset, however it is named, nor a file that is none", async () => {
  await using world = new World();
  const store = `${world.home}/data/named.db`;
  const { stop } = await startSandbox(world, "--store", store);
  await Deno.remove(`${world.home}/data/sandbox.json`);
  const same = `${world.home}/../${world.home.split("/").at(-1)}/data/named.db`;
  const reset = (store: string) =>
    world.run(["sandbox", "reset", "--force", "--store", store]);
  const refused = await reset(same);
  assertEquals(refused.code, 1);
  assertStringIncludes(refused.stderr, "Ctrl-C");
  await stop("SIGTERM");
  assertEquals((await reset(same)).code, 0);
  const notes = `${world.home}/notes.txt`;
  await Deno.writeTextFile(notes, "not to be lost");
  const other = await reset(notes);
  assertEquals(other.code, 1);
  assertStringIncludes(other.stderr, "is not a sandbox store");
  assertEquals(await Deno.readTextFile(notes), "not to be lost");
});

Deno.test("a second sandbox that ends leaves the first one to be found", async () => {
  await using world = new World();
  const memory = ["--store", ":memory:"];
  const first = await startSandbox(world, ...memory);
  const second = await startSandbox(world, ...memory);
  const url = async () => {
    const { stdout } = await world.run(["sandbox", "env", "--json"]);
    return JSON.parse(stdout).SINCH_API_URL;
  };
  assertEquals(await url(), second.info.url);
  // Without its note removed, as after kill -9.
  await second.stop("SIGKILL");
  assertEquals(await url(), first.info.url);
  await first.stop("SIGTERM");
  assertEquals((await world.run(["sandbox", "env"])).code, 1);
});

Deno.test("SINCH_API_URL names the sandbox that is meant, and --sandbox the one inside", async () => {
  await using world = new World();
  const memory = ["--store", ":memory:"];
  const meant = await startSandbox(world, ...memory);
  const last = await startSandbox(world, ...memory);
  const rules = async (flags: string[], env?: Record<string, string>) => {
    const { stdout } = await world.run(
      ["sandbox", "rule", "--json", ...flags],
      env,
    );
    return JSON.parse(stdout).rules.length;
  };
  const rule = ["sandbox", "rule", "add", "--http", "500"];
  assertEquals((await world.run(rule, meant.variables)).code, 0);
  assertEquals([await rules([], meant.variables), await rules([])], [1, 0]);
  assertEquals((await world.run([...rule, "--sandbox"])).code, 0);
  assertEquals([await rules(["--sandbox"]), await rules([])], [1, 0]);
  await meant.stop("SIGTERM");
  await last.stop("SIGTERM");
});

Deno.test("two processes started together fetch one token, and each sends once", async () => {
  await using world = new World();
  const { info, variables } = started;
  const seen: string[] = [];
  await using proxy = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => {
      const { pathname, search } = new URL(request.url);
      seen.push(pathname);
      return fetch(info.url + pathname + search, request);
    },
  );
  const env = {
    ...variables,
    SINCH_API_URL: `http://127.0.0.1:${proxy.addr.port}`,
  };
  const send = (text: string) =>
    world.run(["conversation", "send", "+15551234567", text, "-c", "SMS"], env);
  const runs = await Promise.all([send("one"), send("two")]);
  assertEquals(runs.map(({ code }) => code), [0, 0]);
  const tokens = () => seen.filter((path) => path === "/oauth2/token").length;
  const sends = () => seen.filter((path) => path.endsWith(":send")).length;
  assertEquals([tokens(), sends(), seen.length], [1, 2, 3]);
  // With the token on disk a third one is exactly one request.
  assertEquals((await send("three")).code, 0);
  assertEquals([tokens(), sends(), seen.length], [1, 3, 4]);
});

Deno.test("people read on stderr that the sandbox answered; --json stays pure", async () => {
  await using world = new World();
  const send = ["--sandbox", "conversation", "send", "+15551234567", "Hi"];
  const human = await world.run([...send, "-c", "SMS"]);
  assertMatch(human.stderr, /^sandbox: .*nothing was sent/);
  assert(!human.stdout.includes("sandbox:"));
  const json = await world.run([...send, "-c", "SMS", "--json"]);
  assertEquals(json.stderr, "");
  assertEquals(Object.keys(JSON.parse(json.stdout)), [
    "message_id",
    "accepted_time",
  ]);
});
