/** `sinch upgrade`: replaces the executable with the newest release. */
import { Command } from "@cliffy/command";
import { Failure, usageError } from "../../errors.ts";
import { safeLine } from "../../output/safe_text.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { CommonFlags, Context } from "../context.ts";
import { VERSION } from "../version.ts";
import { type Installed, installed } from "./installed.ts";
import { fetchChecked, isOlder, newestRelease } from "./release.ts";

/** A new program on a slow disk, looked at by a virus scanner. */
const FIRST_START_MS = 60_000;

interface Flags extends CommonFlags {
  check?: boolean;
  rollback?: boolean;
}

export function create(cli: Cli): AnyCommand {
  return new Command()
    .description(
      "Replace this executable with the newest release. Its signature and " +
        "checksum are checked, and it must start, before it takes the place of " +
        "this one, which is kept for --rollback. Nothing is ever looked up or " +
        "upgraded unasked.",
    )
    .option("--check", "Only say whether there is a newer version.")
    .option("--rollback", "Go back to the version before the last upgrade.", {
      conflicts: ["check"],
    })
    .example("Upgrade to the newest version", "sinch upgrade")
    .example("Only look", "sinch upgrade --check")
    .example("Undo it", "sinch upgrade --rollback")
    .action(action(cli, upgrade)) as AnyCommand;
}

async function upgrade(context: Context, flags: Flags): Promise<View> {
  const own = installed(context.runtime);
  if (flags.rollback) return await rollBack(context, own);

  const network = { fetch: context.runtime.fetch, signal: context.signal };
  const release = await newestRelease(network, own.build);
  if (!isOlder(VERSION, release.version)) {
    return outcome(VERSION, `sinch ${VERSION} is the newest version`);
  }
  if (flags.check) {
    return outcome(
      VERSION,
      `sinch ${release.version} is there, this is ${VERSION}: \`sinch upgrade\` gets it`,
      release.version,
    );
  }
  context.note(`Downloading sinch ${safeLine(release.version)}`);
  const content = await fetchChecked(network, release, own.releaseFile);
  await install(context, own, content, release.version);
  return outcome(
    release.version,
    `Upgraded sinch ${VERSION} to ${release.version}; ` +
      "`sinch upgrade --rollback` goes back",
  );
}

/** Writes it beside the old one, tries it, and only then swaps the two. */
async function install(
  { runtime }: Context,
  { path, previous }: Installed,
  content: Uint8Array,
  version: string,
): Promise<void> {
  const { files } = runtime;
  const fresh = `${path}.${crypto.randomUUID()}`;
  try {
    await change(path, () => files.writeProgram(fresh, content));
    const found = await versionOf(runtime, fresh);
    if (found !== version) {
      throw new Failure(
        "config",
        `The new sinch does not run here: it says ${found ?? "nothing"}`,
        { hint: "Nothing was changed." },
      );
    }
    await change(path, () => files.swapProgram(path, fresh, previous));
  } finally {
    await files.remove(fresh);
  }
}

async function rollBack(
  { runtime }: Context,
  { path, previous }: Installed,
): Promise<View> {
  const version = await versionOf(runtime, previous);
  if (version === undefined) {
    throw usageError(
      "There is no earlier version to go back to",
      "`sinch upgrade` keeps one when it replaces it.",
    );
  }
  await change(
    path,
    () => runtime.files.swapProgram(path, previous, previous),
  );
  return outcome(version, `Back to sinch ${version}, from ${VERSION}`);
}

/** @throws {Failure} config: `step` was not possible in the folder of `path` */
async function change(path: string, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (cause) {
    throw new Failure("config", `Cannot replace ${path}: ${cause}`, {
      hint: "Nothing was changed. Is there room, and may you write there?",
      cause,
    });
  }
}

/** The first word of its `--version`; `undefined` where it does not run. */
async function versionOf(
  runtime: Context["runtime"],
  path: string,
): Promise<string | undefined> {
  const result = await runtime.run(path, ["--version"], {
    timeoutMs: FIRST_START_MS,
  }).catch(() => undefined);
  if (result?.code !== 0) return undefined;
  return safeLine(result.stdout).split(" ")[0] || undefined;
}

function outcome(version: string, text: string, newer?: string): View {
  return {
    json: { version, previous: VERSION, ...newer && { newer } },
    text: () => `${safeLine(text)}\n`,
  };
}
