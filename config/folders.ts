/** Where files are kept, by the custom of each operating system. */
import { Failure } from "../errors.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { environment, type VariableName } from "./environment.ts";

export type FolderKind = "config" | "cache" | "data";

interface Place {
  /** Our own variable: names the folder itself. */
  override: VariableName;
  /** The system's variable: names the parent. */
  parent?: VariableName;
  /** Parent beneath the home folder, where that variable is not set. */
  beneathHome: string;
  name: string;
}

/** @see https://specifications.freedesktop.org/basedir-spec/latest/ */
const LINUX: Record<FolderKind, Place> = {
  config: {
    override: "SINCH_CONFIG_DIR",
    parent: "XDG_CONFIG_HOME",
    beneathHome: ".config",
    name: "sinch",
  },
  cache: {
    override: "SINCH_CACHE_DIR",
    parent: "XDG_CACHE_HOME",
    beneathHome: ".cache",
    name: "sinch",
  },
  data: {
    override: "SINCH_DATA_DIR",
    parent: "XDG_DATA_HOME",
    beneathHome: ".local/share",
    name: "sinch",
  },
};

const PLACES: Record<Runtime["os"], Record<FolderKind, Place>> = {
  linux: LINUX,
  darwin: {
    config: {
      override: "SINCH_CONFIG_DIR",
      beneathHome: "Library/Application Support",
      name: "sinch",
    },
    cache: {
      override: "SINCH_CACHE_DIR",
      beneathHome: "Library/Caches",
      name: "sinch",
    },
    data: {
      override: "SINCH_DATA_DIR",
      beneathHome: "Library/Application Support",
      name: "sinch",
    },
  },
  windows: {
    config: {
      override: "SINCH_CONFIG_DIR",
      parent: "APPDATA",
      beneathHome: "AppData\\Roaming",
      name: "sinch",
    },
    cache: {
      override: "SINCH_CACHE_DIR",
      parent: "LOCALAPPDATA",
      beneathHome: "AppData\\Local",
      name: "sinch\\cache",
    },
    data: {
      override: "SINCH_DATA_DIR",
      parent: "LOCALAPPDATA",
      beneathHome: "AppData\\Local",
      name: "sinch",
    },
  },
};

/** A folder's path, or `undefined` where the user has no home folder. */
export function findFolder(
  runtime: Runtime,
  kind: FolderKind,
): string | undefined {
  const variables = environment(runtime);
  const { override, parent, beneathHome, name } = PLACES[runtime.os][kind];
  const own = variables(override)?.value;
  if (own) return own;
  const named = parent && variables(parent)?.value;
  if (named && isAbsolute(named)) return join(runtime, named, name);
  const home = findHome(runtime);
  return home && join(runtime, home, beneathHome, name);
}

/**
 * A folder's path. It need not exist yet.
 * @throws {Failure} config: the user has no home folder
 */
export function folder(runtime: Runtime, kind: FolderKind): string {
  const path = findFolder(runtime, kind);
  if (path) return path;
  throw new Failure("config", "There is no home folder to keep files in", {
    hint: `Set HOME or ${PLACES[runtime.os][kind].override}.`,
  });
}

export function findHome(runtime: Runtime): string | undefined {
  return environment(runtime)(
    runtime.os === "windows" ? "USERPROFILE" : "HOME",
  )?.value;
}

export function join(runtime: Runtime, ...parts: string[]): string {
  return parts.join(runtime.os === "windows" ? "\\" : "/");
}

/** The XDG specification asks to ignore relative paths. */
function isAbsolute(path: string): boolean {
  return /^(\/|\\|[a-z]:)/i.test(path);
}
