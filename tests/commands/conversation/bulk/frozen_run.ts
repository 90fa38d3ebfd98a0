/** Runs that are frozen already, and a served sandbox that they are sent to. */
import { SandboxProcess } from "../../../sandbox_process.ts";
import { RunJournal } from "../../../../bulk/run/journal.ts";
import { rowOf } from "../../../../bulk/run/mark.ts";

export const RUN = "20261126-k3v9xq2m";

const MAIN = new URL("../../../../main.ts", import.meta.url).pathname;

/** The number of the person in a row. */
export const numberOf = (row: number) => `+1555${String(row).padStart(7, "0")}`;

/** Where a program with this home keeps the journal. */
export const journalOf = (home: string, id = RUN) =>
  `${home}/.local/share/sinch/runs/${id}.run.db`;

/** A sandbox in a process of its own, and the home of a program that uses it. */
export class BulkWorld implements AsyncDisposable {
  private constructor(
    readonly home: string,
    readonly api: SandboxProcess,
  ) {}

  static async open(): Promise<BulkWorld> {
    const home = await Deno.makeTempDir({ prefix: "sinch-bulk-" });
    return new BulkWorld(home, await SandboxProcess.start(home));
  }

  /** The environment of a signed-in program that talks to it. */
  get env(): Record<string, string> {
    const { url, project_id, key_id, key_secret, app_id } = this.api.info;
    return {
      HOME: this.home,
      SINCH_API_URL: url,
      SINCH_PROJECT_ID: project_id,
      SINCH_KEY_ID: key_id,
      SINCH_KEY_SECRET: key_secret,
      SINCH_APP_ID: app_id,
    };
  }

  // deno-lint-ignore no-explicit-any -- the API's JSON
  async ask(method: string, url: string, body?: unknown): Promise<any> {
    const { authorization } = this.api;
    const response = await fetch(url, {
      method,
      headers: { authorization, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return await response.json();
  }

  /** Adds faults to sends, for each of which the first that matches is taken. */
  async faults(...rules: Record<string, unknown>[]): Promise<void> {
    await this.ask("POST", `${this.api.info.url}/_sandbox/rules`, {
      rules: rules.map((rule) => ({ path: "messages:send", ...rule })),
    });
  }

  /** How many messages the sandbox has of each row. */
  async messages(id = RUN): Promise<Map<number, number>> {
    const counts = new Map<number, number>();
    const { app_id } = this.api.info;
    for (let token = "";;) {
      const query = `app_id=${app_id}&page_size=1000&page_token=${token}`;
      const page = await this.ask("GET", this.api.url(`messages?${query}`));
      for (const { metadata } of page.messages) {
        const row = rowOf(metadata ?? "", id);
        if (row !== undefined) counts.set(row, (counts.get(row) ?? 0) + 1);
      }
      token = page.next_page_token;
      if (!token) return counts;
    }
  }

  /** The program itself, in a process that can be killed. */
  start(...args: string[]): Deno.ChildProcess {
    return new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "--quiet", MAIN, ...args],
      env: this.env,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  /** The same to its end. */
  async run(
    ...args: string[]
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    const { code, stdout, stderr } = await this.start(...args).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, stdout: text(stdout), stderr: text(stderr) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.api[Symbol.asyncDispose]();
    await Deno.remove(this.home, { recursive: true });
  }
}

/** Freezes a run of texts on SMS, whose first row is 2. */
export async function freeze(
  { home, api: { info } }: BulkWorld,
  { rows, id = RUN }: { rows: number; id?: string },
): Promise<void> {
  const { app_id: appId, project_id: projectId } = info;
  await Deno.mkdir(`${home}/.local/share/sinch/runs`, { recursive: true });
  using journal = RunJournal.create(journalOf(home, id), {
    id,
    source: "people.csv",
    columns: ["phone", "name"],
    createdAt: Date.now(),
    appId,
    projectId,
    api: info.url,
  });
  journal.add(
    Array.from({ length: rows }, (_, at) => at + 2).map((row) => ({
      row,
      recipient: numberOf(row),
      body: {
        app_id: appId,
        recipient: {
          identified_by: {
            channel_identities: [{ channel: "SMS", identity: numberOf(row) }],
          },
        },
        message: { text_message: { text: `Hello ${row}` } },
      },
      input: [numberOf(row), `=Ada ${row}`],
    })),
  );
  journal.freeze("f");
}
