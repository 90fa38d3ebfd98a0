import { assertEquals, assertThrows } from "@std/assert";
import { findFolder, folder, type FolderKind } from "../../config/folders.ts";
import { Failure } from "../../errors.ts";
import { denoRuntime } from "../../runtime/deno.ts";
import type { Runtime } from "../../runtime/runtime.ts";

const WINDOWS = {
  USERPROFILE: "C:\\Users\\ada",
  APPDATA: "C:\\Users\\ada\\AppData\\Roaming",
  LOCALAPPDATA: "D:\\Local",
};

const CASES: [Runtime["os"], FolderKind, Record<string, string>, string][] = [
  ["linux", "config", { HOME: "/home/ada" }, "/home/ada/.config/sinch"],
  ["linux", "cache", { HOME: "/home/ada" }, "/home/ada/.cache/sinch"],
  ["linux", "data", { HOME: "/home/ada" }, "/home/ada/.local/share/sinch"],
  [
    "linux",
    "config",
    { HOME: "/h", XDG_CONFIG_HOME: "/etc/x" },
    "/etc/x/sinch",
  ],
  [
    "linux",
    "config",
    { HOME: "/h", XDG_CONFIG_HOME: "rel" },
    "/h/.config/sinch",
  ],
  ["linux", "config", { HOME: "/h", XDG_CONFIG_HOME: "" }, "/h/.config/sinch"],
  ["linux", "cache", { XDG_CACHE_HOME: "/var/c" }, "/var/c/sinch"],
  ["linux", "config", { HOME: "/h", SINCH_CONFIG_DIR: "/mine" }, "/mine"],
  ["linux", "cache", { HOME: "/h", SINCH_CACHE_DIR: "/mine" }, "/mine"],
  ["linux", "data", { HOME: "/h", SINCH_DATA_DIR: "/mine" }, "/mine"],
  [
    "darwin",
    "config",
    { HOME: "/Users/ada" },
    "/Users/ada/Library/Application Support/sinch",
  ],
  [
    "darwin",
    "cache",
    { HOME: "/Users/ada" },
    "/Users/ada/Library/Caches/sinch",
  ],
  ["windows", "config", WINDOWS, "C:\\Users\\ada\\AppData\\Roaming\\sinch"],
  ["windows", "cache", WINDOWS, "D:\\Local\\sinch\\cache"],
  ["windows", "data", WINDOWS, "D:\\Local\\sinch"],
  [
    "windows",
    "config",
    { USERPROFILE: "C:\\Users\\ada" },
    "C:\\Users\\ada\\AppData\\Roaming\\sinch",
  ],
];

function runtimeOf(os: Runtime["os"], env: Record<string, string>): Runtime {
  return { ...denoRuntime(), os, env: (name) => env[name] };
}

for (const [os, kind, env, expected] of CASES) {
  Deno.test(`folder: ${kind} on ${os} with ${Object.keys(env)} is ${expected}`, () => {
    assertEquals(folder(runtimeOf(os, env), kind), expected);
  });
}

Deno.test("folder: without a home folder, the failure names the variable to set", () => {
  const runtime = runtimeOf("linux", {});
  assertEquals(findFolder(runtime, "config"), undefined);
  const failure = assertThrows(() => folder(runtime, "config"), Failure);
  assertEquals(failure.kind, "config");
  assertEquals(failure.hint, "Set HOME or SINCH_CONFIG_DIR.");
});
