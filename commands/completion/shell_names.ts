/** Which shells can be completed, and which one this is. */
import { environment } from "../../config/environment.ts";
import type { Runtime } from "../../runtime/runtime.ts";

export const SHELL_NAMES = ["bash", "zsh", "fish", "powershell"] as const;
export type ShellName = typeof SHELL_NAMES[number];

/**
 * The login shell by `SHELL`. PowerShell sets `PSModulePath` for what it starts,
 * but Windows sets it too; only where there is no `SHELL` does it tell anything.
 */
export function detectShell(runtime: Runtime): ShellName | undefined {
  const variables = environment(runtime);
  const shell = variables("SHELL")?.value;
  if (!shell) return variables("PSModulePath") ? "powershell" : undefined;
  const name = shell.replace(/^.*[\\/]/, "").replace(/\.exe$/i, "");
  if (name === "pwsh") return "powershell";
  return SHELL_NAMES.find((known) => known === name);
}
