/** How this program was installed, which decides what may replace it. */
import { Failure, usageError } from "../../errors.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { BUILD, type Build } from "../version.ts";

/** Folders that belong to a package manager, and its own command to upgrade. */
const MANAGERS: [folder: RegExp, command: string][] = [
  [/[\\/](Cellar|homebrew|linuxbrew)[\\/]/i, "brew upgrade sinch"],
  [/[\\/]scoop[\\/]apps[\\/]/i, "scoop update sinch"],
  [/[\\/]WinGet[\\/]/i, "winget upgrade sinch"],
  [/^\/nix\/store\//, "nix profile upgrade sinch"],
  [/^\/usr\/(bin|lib)\//, "your system's package manager"],
];

export interface Installed {
  /** The executable's path. */
  path: string;
  /** The version before it, kept for `--rollback`. */
  previous: string;
  /** The next version, until it has been tried. */
  fresh: string;
  /** Held while the program is replaced. */
  lock: string;
  /** What a release calls the executable for this system. */
  releaseFile: string;
  build: Build;
}

/** @throws {Failure} usage: something else must replace it */
export function installed({ executable, os, arch }: Runtime): Installed {
  if (!executable || !BUILD) {
    throw usageError(
      "This sinch is run by Deno; there is no executable to replace",
      "Repeat `deno install` with --force --reload, or run `git pull` in a clone.",
    );
  }
  const manager = MANAGERS.find(([folder]) => folder.test(executable));
  if (manager) {
    throw usageError(
      `${executable} belongs to a package manager`,
      `Upgrade it with ${
        manager[1].startsWith("your") ? manager[1] : `\`${manager[1]}\``
      }.`,
    );
  }
  if (!BUILD.releaseKey) {
    throw new Failure(
      "config",
      "This build has no release key, so a download cannot be verified",
      { hint: `Install a release from ${BUILD.releasesUrl}` },
    );
  }
  const system = os === "darwin" ? "macos" : os;
  return {
    path: executable,
    previous: `${executable}.old`,
    // An `.exe` again: Windows starts nothing else.
    fresh: executable.replace(/(\.exe)?$/i, ".new$1"),
    lock: `${executable}.lock`,
    releaseFile: `sinch-${system}-${arch}${os === "windows" ? ".exe" : ""}`,
    build: BUILD,
  };
}
