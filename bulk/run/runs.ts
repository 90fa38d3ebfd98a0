/** The runs of this machine: a journal each, in one folder. */
import { Failure, usageError } from "../../errors.ts";
import type { Files } from "../../runtime/runtime.ts";
import { suggest } from "../../runtime/suggest.ts";
import { RunJournal } from "./journal.ts";

const ENDING = ".run.db";
/** Without letters that look like others. */
const LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

/** `20261126-k3v9xq2m`: runs are sorted by their day. */
export function newRunId(now: number): string {
  const day = new Date(now).toISOString().slice(0, 10).replaceAll("-", "");
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  const letters = [...bytes].map((byte) => LETTERS[byte % LETTERS.length]);
  return `${day}-${letters.join("")}`;
}

/** Beginning takes milliseconds: a process that takes longer hangs. */
const BEGIN_WAIT_MS = 10_000;

export class Runs {
  /** @param folder With a slash of the system's at its end. */
  constructor(
    private readonly folder: string,
    private readonly files: Pick<
      Files,
      "list" | "makeFolder" | "ifNotLocked" | "withLock" | "remove"
    >,
  ) {}

  /** The IDs of all runs, newest first. */
  async ids(): Promise<string[]> {
    const names = await this.files.list(this.folder);
    const ids = names.filter((name) => name.endsWith(ENDING))
      .map((name) => name.slice(0, -ENDING.length));
    const runs = ids.flatMap((id) => {
      try {
        using journal = this.open(id);
        return { id, at: journal.facts.createdAt };
      } catch (error) {
        if (error instanceof Failure) return [];
        throw error;
      }
    });
    return runs.sort((one, other) => other.at - one.at).map(({ id }) => id);
  }

  /**
   * The ID that begins or ends like `text`.
   *
   * @throws {Failure} not_found; usage where several do.
   */
  async find(text: string): Promise<string> {
    const ids = await this.ids();
    const found = ids.includes(text)
      ? [text]
      : ids.filter((id) => id.startsWith(text) || id.endsWith(text));
    if (found.length === 1) return found[0]!;
    if (found.length > 1) {
      throw usageError(
        `"${text}" could be ${found.slice(0, 3).join(", ")}${
          found.length > 3 ? " …" : ""
        }`,
        "Use more of the ID.",
      );
    }
    throw new Failure("not_found", `Run "${text}" not found on this machine`, {
      hint: `Run \`${suggest`conversation bulk list`}\` to see the runs.`,
    });
  }

  /** @throws {Failure} config: it cannot be read. */
  open(id: string): RunJournal {
    try {
      return RunJournal.open(this.#path(id));
    } catch (error) {
      throw new Failure("config", `The journal of run ${id} cannot be read`, {
        hint: `${error instanceof Error ? error.message : error}`,
        cause: error,
      });
    }
  }

  async create(facts: RunJournal["facts"]): Promise<RunJournal> {
    await this.files.makeFolder(this.folder);
    return RunJournal.create(this.#path(facts.id), facts);
  }

  /** Removes a run of which nothing was sent. */
  async remove(id: string): Promise<void> {
    for (const more of ["", "-wal", "-shm"]) {
      await this.files.remove(this.#path(id) + more);
    }
  }

  /**
   * Runs `body` as the only process that changes this run. The lock ends with
   * its process, however that ends: it does not go by age.
   *
   * @throws {Failure} usage: another process has it.
   */
  async alone<T>(id: string, body: () => Promise<T>): Promise<T> {
    await this.files.makeFolder(this.folder);
    const path = `${this.folder}${id}.lock`;
    // In an object: `undefined` says that there is another one.
    const done = await this.files.ifNotLocked(
      path,
      async () => ({ value: await body() }),
    );
    if (done) return done.value;
    throw usageError(
      `Run ${id} is being sent by another process`,
      `Run \`${suggest`conversation bulk show ${id}`}\` to see how far it is.`,
    );
  }

  /** Lets one process at a time decide whether its run begins. */
  async inTurn<T>(body: () => Promise<T>): Promise<T> {
    const path = `${this.folder}begin.lock`;
    return await this.files.withLock(path, BEGIN_WAIT_MS, body);
  }

  /** Whether a process sends it now. */
  async isLive(id: string): Promise<boolean> {
    const path = `${this.folder}${id}.lock`;
    return !await this.files.ifNotLocked(path, () => Promise.resolve(true));
  }

  #path(id: string): string {
    return `${this.folder}${id}${ENDING}`;
  }
}
