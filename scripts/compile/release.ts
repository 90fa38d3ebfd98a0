/**
 * Where releases live, and what their files are called: the one place that
 * states it. Builds, install scripts, package manifests and docs are stamped
 * from here.
 */
import manifest from "../../deno.json" with { type: "json" };

const DEFAULT_REPOSITORY = "sinch-community/sinch-cli";

/** The address that stands in README.md, the install scripts and templates. */
export const DEFAULT_HOME_URL = `https://github.com/${DEFAULT_REPOSITORY}`;

/** `owner/name`; a workflow builds for the repository it runs in. */
export const REPOSITORY = Deno.env.get("GITHUB_REPOSITORY") ||
  DEFAULT_REPOSITORY;

export const HOME_URL = `${
  Deno.env.get("GITHUB_SERVER_URL") || "https://github.com"
}/${REPOSITORY}`;

export const RELEASES_URL = `${HOME_URL}/releases`;

export const VERSION: string = manifest.version;

/** The whole program as one JavaScript file, for `deno run URL`. */
export const BUNDLE_FILE = "sinch.js";
export const SUMS_FILE = "SHA256SUMS";
export const SBOM_FILE = "sinch.cdx.json";
/** One line, listed in SHA256SUMS like the rest: which version is the newest. */
export const VERSION_FILE = "VERSION";
/** Ed25519 signature of SHA256SUMS, base64. */
export const SIGNATURE_FILE = "SHA256SUMS.sig";
/** The manual pages, for `man`, without a folder. */
export const MAN_FILE = "sinch-man.tar.gz";
export const INSTALL_SCRIPTS = ["install.sh", "install.ps1"];

/** One standalone executable. */
export interface Target {
  /** How people and file names call it. */
  name: string;
  /** How Deno calls it. */
  triple: string;
  file: string;
}

export const TARGETS: readonly Target[] = [
  {
    name: "linux-x64",
    triple: "x86_64-unknown-linux-gnu",
    file: "sinch-linux-x64",
  },
  {
    name: "linux-arm64",
    triple: "aarch64-unknown-linux-gnu",
    file: "sinch-linux-arm64",
  },
  {
    name: "macos-x64",
    triple: "x86_64-apple-darwin",
    file: "sinch-macos-x64",
  },
  {
    name: "macos-arm64",
    triple: "aarch64-apple-darwin",
    file: "sinch-macos-arm64",
  },
  {
    name: "windows-x64",
    triple: "x86_64-pc-windows-msvc",
    file: "sinch-windows-x64.exe",
  },
];

/** The commit that is built; `-dirty` with changes, `unknown` without git. */
export async function currentCommit(): Promise<string> {
  const root = new URL("../../", import.meta.url);
  const { success, stdout } = await new Deno.Command("git", {
    args: ["describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"],
    cwd: root,
    stderr: "null",
  }).output().catch(() => ({ success: false, stdout: new Uint8Array() }));
  return success ? new TextDecoder().decode(stdout).trim() : "unknown";
}
