import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { denoRuntime } from "../../../runtime/deno.ts";
import type { Runtime } from "../../../runtime/runtime.ts";
import type { CliOptions } from "../../run_cli.ts";
import { type Machine, startMachine } from "../account.ts";

const CONFIG = ".config/sinch/config.json";
const SECRETS = ".config/sinch/credentials.json";
const NO_KEYCHAIN: Runtime["run"] = () => Promise.resolve(undefined);

async function profileOf(machine: Machine, name = "default") {
  return JSON.parse(await machine.read(CONFIG)).profiles[name];
}

Deno.test("login: credentials from a file are checked, and kept in keychain and profile", async () => {
  await using machine = await startMachine();
  const file = await machine.write("key.json", machine.credentials);
  const run = await machine.sinch(["auth", "login", "-f", file]);
  await Deno.remove(file);

  assertEquals(run.code, 0, run.stderr);
  assertEquals(
    run.requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`),
    [
      "POST /oauth2/token",
      `GET /v1/projects/${machine.credentials.projectId}/apps`,
    ],
  );
  assertEquals(machine.keychain.entries(), {
    default: machine.credentials.keySecret,
  });
  assertEquals(await profileOf(machine), {
    projectId: machine.credentials.projectId,
    keyId: machine.credentials.keyId,
    secretStore: "keychain",
  });
  assertStringIncludes(run.stdout, "Authentication successful");
  assertStringIncludes(run.stdout, machine.credentials.projectId);
  assertEquals(await machine.exists(SECRETS), false);
  const { mode } = await Deno.stat(`${machine.home}/${CONFIG}`);
  assertEquals((mode! & 0o777).toString(8), "600");

  const apps = await machine.sinch(["auth", "token"]);
  assertEquals(apps.code, 0, apps.stderr);
  assertEquals(apps.requests, [], "the token of the sign-in is used again");
});

Deno.test("login: the key secret is in the keychain and nowhere else", async () => {
  await using machine = await startMachine();
  const { keySecret } = machine.credentials;
  const stdin = JSON.stringify(machine.credentials);
  for (const args of [[], ["--debug"], ["--json"], ["--curl"]]) {
    const run = await machine.sinch(["auth", "login", "-f", "-", ...args], {
      stdin,
      env: { DEBUG_HTTP: "1" },
    });
    assertEquals(run.code, 0, run.stderr);
    const basic = btoa(`${machine.credentials.keyId}:${keySecret}`);
    for (const secret of [keySecret, basic]) {
      for (
        const text of [
          run.stdout,
          run.stderr,
          machine.keychain.argv(),
          await machine.allText(),
        ]
      ) {
        assert(!text.includes(secret), text);
      }
    }
  }
  assertEquals(machine.keychain.entries(), { default: keySecret });
});

Deno.test("login --json: what was kept, without the secret", async () => {
  await using machine = await startMachine();
  const { projectId, keyId } = machine.credentials;
  const run = await machine.sinch(["auth", "login", "-f", "-", "--json"], {
    stdin: JSON.stringify(machine.credentials),
  });
  assertEquals(JSON.parse(run.stdout), {
    profile: "default",
    projectId,
    keyId,
    region: "us",
    secretStore: "keychain",
  });
});

/** Runs a login that tells in which order stderr and files were written. */
async function loginEvents(
  machine: Machine,
  args: string[],
  options: CliOptions,
) {
  const events: string[] = [];
  const { files } = denoRuntime();
  const run = options.runtime?.run ?? machine.keychain.run;
  await machine.sinch(["auth", "login", "-f", "-", ...args], {
    stdin: JSON.stringify(machine.credentials),
    runtime: {
      run: (command, args, rest) => {
        if (args[0] === "store") events.push(`store ${args.at(-1)}`);
        return run(command, args, rest);
      },
      stderr: {
        isTerminal: () => false,
        columns: () => 80,
        rows: () => 24,
        write: (text) => void events.push(text.trim()),
        send: (text) => Promise.resolve(void events.push(text.trim())),
      },
      files: {
        ...files,
        writePrivate: (path, text) => {
          events.push(`write ${path.slice(machine.home.length + 1)}`);
          return files.writePrivate(path, text);
        },
      },
    },
  });
  return events;
}

Deno.test("login: the place of the secret is said before it is written there (keychain)", async () => {
  await using machine = await startMachine();
  const events = await loginEvents(machine, [], {});
  const said = events.indexOf(
    "Saving the key secret in the Secret Service keychain.",
  );
  const stored = events.indexOf("store default");
  assert(said >= 0 && said < stored, events.join("\n"));
});

Deno.test("login: where no keychain works, the file is named before it is written", async () => {
  await using machine = await startMachine();
  const events = await loginEvents(machine, [], {
    runtime: { run: NO_KEYCHAIN },
  });
  const said = events.findIndex((event) =>
    event.startsWith(
      "No keychain available. Saving the key secret unencrypted in",
    )
  );
  const written = events.indexOf(`write ${SECRETS}`);
  assert(said >= 0 && said < written, events.join("\n"));
  assertStringIncludes(events[said]!, `${machine.home}/${SECRETS}`);
});

Deno.test("login: where no keychain works, the secret is in a file of mode 0600, and is found there", async () => {
  await using machine = await startMachine();
  const options = { runtime: { run: NO_KEYCHAIN } };
  await machine.sinch(["auth", "login", "-f", "-"], {
    ...options,
    stdin: JSON.stringify(machine.credentials),
  });
  const { mode } = await Deno.stat(`${machine.home}/${SECRETS}`);
  assertEquals((mode! & 0o777).toString(8), "600");
  assertEquals(JSON.parse(await machine.read(SECRETS)), {
    default: machine.credentials.keySecret,
  });
  assert(!(await machine.read(CONFIG)).includes(machine.credentials.keySecret));
  const verified = await machine.sinch(["auth", "status", "--verify"], options);
  assertEquals(verified.code, 0, verified.stderr);
});

Deno.test("login --store file: the file, though a keychain works", async () => {
  await using machine = await startMachine();
  const run = await machine.sinch([
    "auth",
    "login",
    "-f",
    "-",
    "--store",
    "file",
  ], { stdin: JSON.stringify(machine.credentials) });
  assertEquals(run.code, 0, run.stderr);
  assertEquals(machine.keychain.argv(), "");
  assertStringIncludes(
    run.stderr,
    `unencrypted in ${machine.home}/${SECRETS}`,
  );
  assertEquals((await profileOf(machine)).secretStore, "file");
});

Deno.test("login --store keychain: a failure where none works, and nothing is kept", async () => {
  await using machine = await startMachine();
  const run = await machine.sinch([
    "auth",
    "login",
    "-f",
    "-",
    "--store",
    "keychain",
  ], {
    stdin: JSON.stringify(machine.credentials),
    runtime: { run: NO_KEYCHAIN },
  });
  assertEquals(run.code, 1);
  assertStringIncludes(run.stderr, "secret-tool not found");
  assertEquals(await machine.exists(CONFIG), false);
  assertEquals(await machine.exists(SECRETS), false);
});

Deno.test("login: moving to another store leaves no secret in the old one", async () => {
  await using machine = await startMachine();
  const stdin = JSON.stringify(machine.credentials);
  await machine.sinch(["auth", "login", "-f", "-"], { stdin });
  await machine.sinch(["auth", "login", "-f", "-", "--store", "file"], {
    stdin,
  });
  assertEquals(machine.keychain.entries(), {});
  await machine.sinch(["auth", "login", "-f", "-", "--store", "keychain"], {
    stdin,
  });
  assertEquals(await machine.exists(SECRETS), false);
  assertEquals(machine.keychain.entries(), {
    default: machine.credentials.keySecret,
  });
});

Deno.test("login: refused credentials exit with 3, and nothing is kept", async () => {
  await using machine = await startMachine();
  const stdin = JSON.stringify({ ...machine.credentials, keySecret: "wr0ng" });
  const run = await machine.sinch(["auth", "login", "-f", "-"], { stdin });
  assertEquals(run.code, 3);
  assertEquals(run.stdout, "");
  assertStringIncludes(run.stderr, "refused");
  assert(!run.stderr.includes("wr0ng"));
  assertEquals(machine.keychain.argv(), "");
  assertEquals(await machine.allText(), "");
});

Deno.test("login: refused credentials leave those of before", async () => {
  await using machine = await startMachine();
  await machine.sinch(["auth", "login", "-f", "-"], {
    stdin: JSON.stringify(machine.credentials),
  });
  const before = await profileOf(machine);
  const run = await machine.sinch(["auth", "login", "-f", "-"], {
    stdin: JSON.stringify({
      projectId: "other",
      keyId: "other",
      keySecret: "wr0ng",
    }),
  });
  assertEquals(run.code, 3);
  assertEquals(await profileOf(machine), before);
  assertEquals(machine.keychain.entries(), {
    default: machine.credentials.keySecret,
  });
});

Deno.test("login: a token service that cannot be reached is not a refusal; nothing is kept", async () => {
  await using machine = await startMachine();
  const run = await machine.sinch(["auth", "login", "-f", "-"], {
    stdin: JSON.stringify(machine.credentials),
    env: { SINCH_API_URL: "http://127.0.0.1:1" },
    runtime: { clock: { now: Date.now, sleep: () => Promise.resolve() } },
  });
  assertEquals(run.code, 1);
  assertEquals(await machine.exists(CONFIG), false);
});

Deno.test("login: the three variables will do, and are said to win", async () => {
  await using machine = await startMachine();
  const { projectId, keyId, keySecret } = machine.credentials;
  const run = await machine.sinch(["auth", "login"], {
    env: {
      SINCH_PROJECT_ID: projectId,
      SINCH_KEY_ID: keyId,
      SINCH_KEY_SECRET: keySecret,
    },
  });
  assertEquals(run.code, 0, run.stderr);
  assertStringIncludes(run.stderr, "credentials from the environment");
  assertEquals(machine.keychain.entries(), { default: keySecret });
});

Deno.test("login: without a terminal and without credentials, exit 2 and no request", async () => {
  await using machine = await startMachine();
  for (
    const [terminal, env, args] of [
      [false, {}, []],
      [{ stdin: true, stderr: true }, {}, []],
      [true, { CI: "true" }, []],
      [true, {}, ["--json"]],
      [true, {}, ["--non-interactive"]],
    ] as const
  ) {
    const run = await machine.sinch(["auth", "login", ...args], {
      terminal,
      env,
    });
    assertEquals(run.code, 2, run.stderr);
    assertStringIncludes(run.stderr, "--credentials-file");
    assertEquals(run.requests, []);
  }
});

Deno.test("login: in a terminal, credentials of the environment are saved only at a yes", async () => {
  await using machine = await startMachine();
  const { projectId, keyId, keySecret } = machine.credentials;
  const answering = (stdin: string) =>
    machine.sinch(["auth", "login"], {
      terminal: true,
      stdin,
      env: {
        SINCH_PROJECT_ID: projectId,
        SINCH_KEY_ID: keyId,
        SINCH_KEY_SECRET: keySecret,
      },
    });
  const no = await answering("n\r");
  assertEquals([no.code, no.requests], [1, []]);
  assertEquals(await machine.allText(), "");
  assertEquals((await answering("y\r")).code, 0);
  assertEquals(machine.keychain.entries(), { default: keySecret });
});

Deno.test("login: a project that the key has no access to is refused by its ID, and nothing is kept", async () => {
  await using machine = await startMachine();
  const stdin = JSON.stringify({
    ...machine.credentials,
    projectId: "another-project",
  });
  const run = await machine.sinch(["auth", "login", "-f", "-"], { stdin });
  assert(run.code === 3 || run.code === 4, run.stderr);
  assertStringIncludes(run.stderr, "another-project");
  assertEquals(machine.keychain.entries(), {});
  assertEquals(await machine.exists(CONFIG), false);
});

Deno.test("login: the output of `vault read` will do, of either version of its store", async () => {
  for (const depth of [1, 2]) {
    await using machine = await startMachine();
    let content: unknown = machine.credentials;
    for (let at = 0; at < depth; at++) {
      content = { request_id: "r", data: content, metadata: { version: 1 } };
    }
    const run = await machine.sinch(["auth", "login", "-f", "-"], {
      stdin: JSON.stringify(content),
    });
    assertEquals(run.code, 0, run.stderr);
    assertEquals(machine.keychain.entries(), {
      default: machine.credentials.keySecret,
    });
  }
});

Deno.test("login: only some of the variables is exit 2, naming the missing ones", async () => {
  await using machine = await startMachine();
  const run = await machine.sinch(["auth", "login"], {
    env: { SINCH_KEY_ID: "K" },
  });
  assertEquals(run.code, 2);
  assertStringIncludes(run.stderr, "SINCH_PROJECT_ID, SINCH_KEY_SECRET");
});

Deno.test("login: in a terminal, three questions, and the secret is not shown", async () => {
  await using machine = await startMachine();
  const { projectId, keyId, keySecret } = machine.credentials;
  const run = await machine.sinch(["auth", "login"], {
    terminal: true,
    stdin: `${projectId}\r${keyId}\r${keySecret}\r\r`,
  });
  assertEquals(run.code, 0, run.stderr);
  assertMatch(run.stderr, /Project ID.*Key ID.*Key secret.*Region/s);
  assertEquals((await profileOf(machine)).region, "us");
  assert(!run.stderr.includes(keySecret) && !run.stdout.includes(keySecret));
  assertEquals(machine.keychain.entries(), { default: keySecret });
});

Deno.test("login: in a terminal, IDs on record are offered, the official CLI's among them", async () => {
  await using machine = await startMachine();
  const { projectId, keyId, keySecret } = machine.credentials;
  await machine.write(".sinch/config.json", { projectId, keyId });
  const run = await machine.sinch(["auth", "login"], {
    terminal: true,
    stdin: `\r\r${keySecret}\r\r`,
  });
  assertEquals(run.code, 0, run.stderr);
  assertEquals((await profileOf(machine)).projectId, projectId);
});

Deno.test("login: Ctrl-C at a question exits with 130 and keeps nothing", async () => {
  await using machine = await startMachine();
  const run = await machine.sinch(["auth", "login"], {
    terminal: true,
    stdin: "abc\r\x03",
  });
  assertEquals(run.code, 130);
  assertEquals(await machine.allText(), "");
});

const FILES: [what: string, content: string, says: string][] = [
  ["is not JSON", "s3cr3t {", "does not contain a JSON object"],
  ["is a list", '["s3cr3t"]', "does not contain a JSON object"],
  ["is empty", "", "does not contain a JSON object"],
  [
    "has no keySecret",
    '{"projectId":"p","keyId":"k"}',
    "keySecret is missing or empty",
  ],
  [
    "has a blank keyId",
    '{"projectId":"p","keyId":" ","keySecret":"s3cr3t"}',
    "keyId is missing or empty",
  ],
  [
    "has a projectId that is a number",
    '{"projectId":7,"keyId":"k","keySecret":"s3cr3t"}',
    "projectId is missing or empty",
  ],
  [
    "has a space in the secret",
    '{"projectId":"p","keyId":"k","keySecret":"s3cr3t x"}',
    "keySecret must not contain spaces",
  ],
];

for (const [what, content, says] of FILES) {
  Deno.test(`login: a credentials file that ${what} is exit 2, without its content`, async () => {
    await using machine = await startMachine();
    const file = await machine.write("key.json", content);
    for (const [path, stdin] of [[file, ""], ["-", content]] as const) {
      const run = await machine.sinch(["auth", "login", "-f", path], { stdin });
      assertEquals(run.code, 2, run.stderr);
      assertStringIncludes(run.stderr, says);
      assert(!run.stderr.includes("s3cr3t"));
      assertEquals(run.requests, []);
    }
  });
}

Deno.test("login: a credentials file that does not exist is exit 2", async () => {
  await using machine = await startMachine();
  const run = await machine.sinch(["auth", "login", "-f", "/no/such.json"]);
  assertEquals(run.code, 2);
  assertStringIncludes(run.stderr, "/no/such.json");
});

Deno.test("login --region: kept in the profile; an unknown one is refused before any request", async () => {
  await using machine = await startMachine();
  const stdin = JSON.stringify(machine.credentials);
  const refused = await machine.sinch([
    "auth",
    "login",
    "-f",
    "-",
    "--region",
    "asia",
  ], { stdin });
  assertEquals([refused.code, refused.requests.length], [2, 0]);
  await machine.sinch(["auth", "login", "-f", "-", "--region", "EU"], {
    stdin,
  });
  assertEquals((await profileOf(machine)).region, "eu");
});

Deno.test("login: a region of the environment is not the profile's", async () => {
  await using machine = await startMachine();
  await machine.sinch(["auth", "login", "-f", "-"], {
    stdin: JSON.stringify(machine.credentials),
    env: { SINCH_REGION: "br" },
  });
  assertEquals((await profileOf(machine)).region, undefined);
});

Deno.test("login --profile: makes the profile, and leaves the others and the active one alone", async () => {
  await using machine = await startMachine();
  const stdin = JSON.stringify(machine.credentials);
  await machine.sinch(["auth", "login", "-f", "-"], { stdin });
  const before = await profileOf(machine);
  const run = await machine.sinch([
    "auth",
    "login",
    "-f",
    "-",
    "--profile",
    "work",
  ], { stdin });
  assertEquals(run.code, 0, run.stderr);
  assertEquals(await profileOf(machine), before);
  assertEquals(
    (await profileOf(machine, "work")).keyId,
    machine.credentials.keyId,
  );
  assertEquals(Object.keys(machine.keychain.entries()).sort(), [
    "default",
    "work",
  ]);
  assertEquals(JSON.parse(await machine.read(CONFIG)).activeProfile, undefined);
});

Deno.test("login --profile: a name that is not safe is refused before any request", async () => {
  await using machine = await startMachine();
  const run = await machine.sinch([
    "auth",
    "login",
    "-f",
    "-",
    "--profile",
    "../x",
  ], { stdin: JSON.stringify(machine.credentials) });
  assertEquals([run.code, run.requests.length], [2, 0]);
});

Deno.test("login: nobody signs in to the sandbox", async () => {
  await using machine = await startMachine();
  const run = await machine.sinch(["auth", "login", "-f", "-", "--sandbox"], {
    stdin: JSON.stringify(machine.credentials),
  });
  assertEquals(run.code, 2);
  assertEquals(await machine.exists(CONFIG), false);
});
