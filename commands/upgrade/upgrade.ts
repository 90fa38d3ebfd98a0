/** `sinch upgrade`: replaces the executable with the latest release. */
import { resolveTimeout } from "../../config/resolve.ts";
import { environment } from "../../config/environment.ts";
import { Failure, usageError } from "../../errors.ts";
import { safeLine } from "../../output/safe_text.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { Cli } from "../cli.ts";
import { command, type OptionsOf } from "../command.ts";
import type { Context } from "../context.ts";
import { VERSION } from "../version.ts";
import { type Installed, installed } from "./installed.ts";
import { downloadProgram, latestRelease, type Network } from "./release.ts";
import { isOlder } from "./version_order.ts";

/** A new program on a slow disk, scanned for viruses. */
const FIRST_START_MS = 60_000;

const declare = () =>
  command(
    "Upgrade to the latest release. The download must have the project's " +
      "signature, match its checksum and start before it replaces this " +
      "executable, which is kept for --rollback. sinch never checks for a " +
      "new version on its own.",
  )
    .option("--check", "Only check whether a newer version is available")
    .option("--rollback", "Return to the version before the last upgrade", {
      conflicts: ["check"],
    })
    .example("Upgrade to the latest version", "sinch upgrade")
    .example("Check for a newer version", "sinch upgrade --check")
    .example("Undo the last upgrade", "sinch upgrade --rollback");

export const create = (cli: Cli) => declare().action(action(cli, upgrade));

async function upgrade(
  context: Context,
  options: OptionsOf<typeof declare>,
): Promise<View> {
  const own = installed(context.runtime);
  if (options.check) return await check(context, own);
  // Two at once would take each other's new program for the old one.
  const view = await change(
    own.path,
    () =>
      context.runtime.files.ifNotLocked(own.lock, async () => {
        await removeLeftovers(context, own);
        return await (options.rollback ? rollBack : replace)(context, own);
      }),
  );
  if (view) return view;
  throw new Failure("config", "Another upgrade of sinch is running", {
    hint: "Nothing was changed. Try again when it has finished.",
  });
}

async function check(context: Context, own: Installed): Promise<View> {
  const { version } = await latestRelease(networkOf(context), own.build);
  return isOlder(VERSION, version)
    ? outcome(
      VERSION,
      `sinch ${version} is available (installed: ${VERSION}). Run \`sinch upgrade\`.`,
      { newer: version },
    )
    : outcome(VERSION, `sinch ${VERSION} is the latest version`);
}

async function replace(context: Context, own: Installed): Promise<View> {
  const network = networkOf(context);
  const release = await latestRelease(network, own.build);
  // Another process may have upgraded it since this one started.
  const present = await versionOf(context, own.path) ?? VERSION;
  if (!isOlder(present, release.version)) {
    return outcome(present, `sinch ${present} is the latest version`);
  }
  context.note(`Downloading sinch ${release.version}`);
  const content = await downloadProgram(network, release, own.releaseFile);
  await install(context, own, content, release.version);
  return outcome(
    release.version,
    `Upgraded sinch ${present} to ${release.version}. ` +
      "Run `sinch upgrade --rollback` to undo.",
    { previous: present },
  );
}

/** Writes it beside the old one, tries it, and only then swaps the two. */
async function install(
  context: Context,
  own: Installed,
  content: Uint8Array,
  version: string,
): Promise<void> {
  const { files } = context.runtime;
  try {
    await files.writeProgram(own.fresh, content);
    const found = await versionOf(context, own.fresh);
    context.signal.throwIfAborted();
    if (found !== version) {
      throw new Failure(
        "config",
        `The new sinch does not run here: its version is ${found ?? "unknown"}`,
        { hint: "Nothing was changed." },
      );
    }
    await files.swapProgram(own.path, own.fresh, own.previous);
  } finally {
    await files.remove(own.fresh);
  }
}

/** Of an upgrade that was killed. */
async function removeLeftovers(
  { runtime: { files } }: Context,
  { path, fresh }: Installed,
): Promise<void> {
  await files.remove(fresh);
  await files.remove(`${path}.aside`);
}

async function rollBack(context: Context, own: Installed): Promise<View> {
  const { path, previous } = own;
  const version = await versionOf(context, previous);
  context.signal.throwIfAborted();
  if (version === undefined) {
    throw usageError(
      "There is no earlier version to return to",
      "`sinch upgrade` keeps one when it replaces it.",
    );
  }
  await context.runtime.files.swapProgram(path, previous, previous);
  return outcome(version, `Returned to sinch ${version}`);
}

function networkOf({ runtime, signal }: Context): Network {
  const timeoutMs = resolveTimeout(environment(runtime));
  return { fetch: runtime.fetch, signal, timeoutMs };
}

/** @throws {Failure} config: `step` was not possible in the folder of `path` */
async function change<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure("config", `Cannot replace ${path}: ${cause}`, {
      hint: "Nothing was changed. Check disk space and write permission.",
      cause,
    });
  }
}

/** The first word of its `--version`; `undefined` where it does not run. */
async function versionOf(
  { runtime, signal }: Context,
  path: string,
): Promise<string | undefined> {
  const result = await runtime.run(path, ["--version"], {
    timeoutMs: FIRST_START_MS,
    signal,
  }).catch(() => undefined);
  if (result?.code !== 0) return undefined;
  return safeLine(result.stdout).split(" ")[0] || undefined;
}

function outcome(
  version: string,
  text: string,
  more: { previous?: string; newer?: string } = {},
): View {
  return {
    json: { version, previous: VERSION, ...more },
    text: () => `${safeLine(text)}\n`,
  };
}
