/**
 * Runs every example of every help text as it is printed, against a sandbox of
 * its own: in bash, or in this process where a shell would only split the words.
 * The ids in the examples do not exist: on the way to the sandbox they are
 * replaced by ids of what is there.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { signatureHeaders } from "../sandbox/callbacks/signature.ts";
import { RunJournal } from "../bulk/run/journal.ts";
import { createSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { commandsOf, nameOf, wholeTree } from "./command_tree.ts";
import { runCli } from "./run_cli.ts";
import { DENO_DIR } from "./wizard/sinch_terminal.ts";

const MAIN = new URL("../main.ts", import.meta.url).pathname;

/** The ids that examples may have in them. */
const MESSAGE = "01JA7V5Q0M2N8B3C4D5E6F7G8H";
const CONTACT = "01HW9CON0000000000000000BB";
const OTHER_CONTACT = "01HW9CON0000000000000000CC";
const CONVERSATION = "01HW9CNV0000000000000000CC";
const APP = "01HW7APP0000000000000000AA";
const WEBHOOK = "01HW8WHK0000000000000000EE";
const TEMPLATE = "order_confirmed";
const RUN = "20261126-k3v9xq2m";

/** The files that examples may name. */
const FILES: Record<string, string> = {
  "ticket.json": '{"ticket":"4711"}',
  "channels.json":
    '[{"channel":"SMS","static_bearer":{"claimed_identity":"plan","token":"t"}}]',
  "secret.txt": "hush",
  "captured.http": [
    "POST /sinch HTTP/1.1",
    ...Object.entries(
      signatureHeaders("hush", "{}", "nonce", Math.floor(Date.now() / 1000)),
    ).map(([name, value]) => `${name}: ${value}`),
    "",
    "{}",
  ].join("\r\n"),
  "rules.json": '{"rules":[{"channel":"RCS","fail":"CHANNEL_FAILURE"}]}',
  "people.csv": "phone,name\n+15551234567,Ada\n",
  // Written over.
  "out.csv": "",
  "order.json": JSON.stringify(template("order_v2")),
  "key.json":
    '{"projectId":"sandbox-project","keyId":"sandbox-key","keySecret":"sandbox-secret"}',
};

/** Other people's programs. */
const PROGRAMS: Record<string, string> = {
  vault: "cat key.json",
  curl: "true",
  // No secret goes to the keychain of who runs the tests.
  "secret-tool": "exit 1",
  security: "exit 1",
};

/** Questions: in a terminal they are asked, here they name the flag instead. */
const ASKS: Record<string, string> = {
  "sinch conversation send": "--channel",
  [`sinch conversation messages delete ${MESSAGE}`]: "--force",
  [`sinch conversation contacts delete ${CONTACT}`]: "--force",
  [`sinch conversation apps delete ${APP}`]: "--force",
  [`sinch conversation webhooks delete ${WEBHOOK}`]: "--force",
  [`sinch conversation templates delete ${TEMPLATE}`]: "--force",
  "sinch config profile delete work": "--force",
  "sinch sandbox reset": "--force",
  // Refused, because Deno runs this one.
  "sinch upgrade": "no executable to replace",
  "sinch upgrade --check": "no executable to replace",
  "sinch upgrade --rollback": "no executable to replace",
};

/** What prints nothing: the shell keeps it, or nobody has written to the app. */
const SILENT = /^(source|eval|export|curl)|>|--direction TO_APP/;

const COMMANDS = commandsOf(await wholeTree());

/** Each line, and the first command whose help has it. */
const LINES = new Map(
  COMMANDS.flatMap((command) =>
    command.getExamples().map(({ description }): [string, string] => [
      description,
      nameOf(command),
    ])
  ).reverse(),
);

Deno.test("each question of the table is an example", () => {
  for (const line of Object.keys(ASKS)) assert(LINES.has(line), line);
});

for (const [line, name] of LINES) {
  Deno.test(`sinch ${name}: ${line}`, async () => {
    await using world = await World.create(line);
    const words = wordsOf(line);
    const { code, stdout, stderr } = line.startsWith("sinch sandbox start")
      ? await world.runUntilReady(line)
      : words
      ? await world.runHere(words)
      : await world.runInBash(line);
    const asked = ASKS[line];
    assertEquals(code, asked === undefined ? 0 : 2, stderr);
    if (asked !== undefined) assertStringIncludes(stderr, asked);
    const isSilent = asked !== undefined || SILENT.test(line);
    assertEquals(stdout === "", isSilent, stderr);
  });
}

Deno.test("words are split as bash splits them, and anything else is left to it", () => {
  assertEquals(
    wordsOf(`sinch send +1 "it's" 'a "b"' --x=y\\ z`),
    undefined,
  );
  assertEquals(
    wordsOf(`sinch send +1 "it's" 'a "b"' region="e u" ""`),
    ["send", "+1", "it's", 'a "b"', "region=e u", ""],
  );
  for (const line of ["a $B", "a | b", "a > b", "A=1 sinch", "a `b`", "a *"]) {
    assertEquals(wordsOf(`sinch ${line}`) && wordsOf(line), undefined, line);
  }
  assertEquals(wordsOf("sinch send --card @ticket.json"), undefined);
});

/**
 * The words after `sinch`, or `undefined` where a shell does more than split and
 * unquote them, or where the line names a file, which is in another folder.
 */
function wordsOf(line: string): string[] | undefined {
  const piece = String.raw`(?:'[^']*'|"[^"$\x60\\!]*"|[\w+=:,./@%^-])+`;
  if (!new RegExp(`^sinch(?: +${piece})*$`).test(line)) return undefined;
  if ([...Object.keys(FILES), "./"].some((file) => line.includes(file))) {
    return undefined;
  }
  const words = line.match(new RegExp(piece, "g"))!.slice(1);
  return words.map((word) =>
    word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, one, two) => one ?? two)
  );
}

/** Fields of the answers that a world is laid out from. */
interface Answer {
  id: string;
  message_id: string;
  conversations: { id: string }[];
}

/** A home folder, the programs on PATH, and a served sandbox with one of everything. */
class World implements AsyncDisposable {
  readonly #sandbox: Sandbox = createSandbox({ store: ":memory:" });
  readonly #server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      const { pathname, search } = new URL(request.url);
      const url = `http://sandbox${this.#translated(pathname + search)}`;
      const { method, headers } = request;
      const text = this.#translated(await request.text());
      return await this.#sandbox.fetch(
        new Request(url, { method, headers, body: text || undefined }),
      );
    },
  );
  readonly #ids = new Map<string, string>();
  readonly #home = Deno.makeTempDirSync({ prefix: "sinch-examples-" });

  static async create(line: string): Promise<World> {
    const world = new World();
    await world.#layOut();
    world.#freezeRun();
    await world.#fill(line);
    return world;
  }

  async #layOut(): Promise<void> {
    const write = async (path: string, text: string, mode?: number) => {
      const file = `${this.#home}/${path}`;
      await Deno.mkdir(file.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(file, text, { mode });
    };
    for (const [path, text] of Object.entries(FILES)) await write(path, text);
    const sinch = `exec '${Deno.execPath()}' run -A --quiet '${MAIN}' "$@"`;
    for (const [program, body] of Object.entries({ ...PROGRAMS, sinch })) {
      await write(`bin/${program}`, `#!/bin/sh\n${body}\n`, 0o755);
    }
    await write(
      ".config/sinch/config.json",
      JSON.stringify({ profiles: { work: {} } }),
    );
    const { projectId, keyId, keySecret, appId } = this.#sandbox.account;
    await write(
      ".local/share/sinch/sandbox.json",
      JSON.stringify([{
        url: this.#url,
        project_id: projectId,
        key_id: keyId,
        key_secret: keySecret,
        app_id: appId,
        store: ":memory:",
      }]),
    );
  }

  /** A bulk run of one row, which was not sent. */
  #freezeRun(): void {
    const folder = `${this.#home}/.local/share/sinch/runs`;
    Deno.mkdirSync(folder, { recursive: true });
    const { projectId, appId } = this.#sandbox.account;
    using journal = RunJournal.create(`${folder}/${RUN}.run.db`, {
      id: RUN,
      source: "people.csv",
      columns: ["phone"],
      createdAt: Date.now(),
      appId,
      projectId,
      api: this.#url,
    });
    const identity = "+15551234567";
    journal.add([{
      row: 2,
      recipient: identity,
      body: {
        app_id: appId,
        recipient: {
          identified_by: { channel_identities: [{ channel: "SMS", identity }] },
        },
        message: { text_message: { text: "Hello" } },
      },
      input: [identity],
    }]);
    journal.freeze("");
  }

  async #fill(line: string): Promise<void> {
    const app_id = this.#sandbox.account.appId;
    const { message_id } = await this.#ask("POST", "v1", "messages:send", {
      app_id,
      recipient: {
        identified_by: {
          channel_identities: [{
            channel: "WHATSAPP",
            identity: "+15551234567",
          }],
        },
      },
      message: {
        choice_message: {
          text_message: { text: "Hello?" },
          choices: [{ text_message: { text: "Yes" } }],
        },
      },
    });
    const { conversations } = await this.#ask(
      "GET",
      "v1",
      `conversations?app_id=${app_id}`,
    );
    const { id: webhook } = await this.#ask("POST", "v1", "webhooks", {
      app_id,
      target: "https://example.com/hook",
      target_type: "HTTP",
      triggers: ["MESSAGE_INBOUND"],
      secret: "hush",
    });
    await this.#call("POST", "/_sandbox/callbacks:trigger", {
      trigger: "MESSAGE_INBOUND",
    });
    if (!line.includes("create")) {
      await this.#ask("POST", "v2", "templates", template(TEMPLATE));
    }
    // One that is about nothing, to be removed.
    await this.#call("POST", "/_sandbox/rules", {
      rules: [{ path: "nowhere", http: 500 }],
    });
    this.#ids.set(MESSAGE, message_id);
    this.#ids.set(CONTACT, "01HSANDB0XC0NTACT000000001");
    this.#ids.set(OTHER_CONTACT, "01HSANDB0XC0NTACT000000002");
    this.#ids.set(CONVERSATION, conversations[0]!.id);
    this.#ids.set(APP, app_id);
    this.#ids.set(WEBHOOK, webhook);
  }

  get #url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  #translated(text: string): string {
    return [...this.#ids].reduce(
      (text, [printed, real]) => text.replaceAll(printed, real),
      text,
    );
  }

  #ask(
    method: string,
    version: string,
    path: string,
    body?: unknown,
  ): Promise<Answer> {
    const { projectId } = this.#sandbox.account;
    return this.#call(
      method,
      `/${version}/projects/${projectId}/${path}`,
      body,
    );
  }

  async #call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer> {
    const { keyId, keySecret } = this.#sandbox.account;
    const response = await this.#sandbox.fetch(
      new Request(`http://sandbox${path}`, {
        method,
        headers: {
          authorization: `Basic ${btoa(`${keyId}:${keySecret}`)}`,
          "content-type": "application/json",
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    );
    assert(response.ok, `${path}: ${response.status}`);
    return await response.json();
  }

  get #env(): Record<string, string> {
    const { projectId, keyId, keySecret, appId } = this.#sandbox.account;
    return {
      SHELL: "/bin/bash",
      SINCH_API_URL: this.#url,
      SINCH_PROJECT_ID: projectId,
      SINCH_KEY_ID: keyId,
      SINCH_KEY_SECRET: keySecret,
      SINCH_APP_ID: appId,
      SINCH_SANDBOX_STORE: `${this.#home}/sandbox.db`,
    };
  }

  #command(line: string): Deno.Command {
    return new Deno.Command("bash", {
      args: ["-c", `set -o pipefail; ${line}`],
      cwd: this.#home,
      env: {
        HOME: this.#home,
        DENO_DIR,
        PATH: `${this.#home}/bin:${Deno.env.get("PATH")}`,
        ...this.#env,
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    });
  }

  runHere(words: string[]) {
    return runCli(words, {
      home: this.#home,
      env: this.#env,
      fetch,
      // No keychain of the person who runs the tests.
      runtime: { run: () => Promise.resolve(undefined) },
    });
  }

  async runInBash(line: string) {
    const { code, stdout, stderr } = await this.#command(line).output();
    return { code, stdout: decode(stdout), stderr: decode(stderr) };
  }

  /** A server runs on; it is stopped once it has said where it is. */
  async runUntilReady(line: string) {
    await using child = this.#command(`exec ${line}`).spawn();
    const reader = child.stdout.getReader();
    const { value } = await reader.read();
    if (value) child.kill("SIGINT");
    reader.releaseLock();
    await child.stdout.cancel();
    const stderr = await new Response(child.stderr).text();
    const { code } = await child.status;
    // Somebody else's server has the port: not the example's fault.
    const isTaken = stderr.includes("Address already in use");
    return {
      code: isTaken ? 0 : code,
      stdout: isTaken ? "taken" : decode(value ?? new Uint8Array()),
      stderr,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
    await this.#sandbox.close();
    await Deno.remove(this.#home, { recursive: true });
  }
}

function template(id: string) {
  return {
    id,
    description: "Order confirmation",
    default_translation: "en-US",
    translations: [{
      language_code: "en-US",
      version: "1",
      variables: [{ key: "name", preview_value: "Jane" }],
      text_message: { text: "Hi ${name}, your order is confirmed." },
    }],
  };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
