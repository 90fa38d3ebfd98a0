/** The shells that have completion, and the one in use. */
import { environment } from "../../config/environment.ts";
import type { Runtime } from "../../runtime/runtime.ts";

export const SHELL_NAMES = ["bash", "zsh", "fish", "powershell"] as const;
export type ShellName = typeof SHELL_NAMES[number];

/**
 * The login shell by `SHELL`. PowerShell sets `PSModulePath` for its children, but
 * Windows sets it too: it counts only without `SHELL`.
 */
export function detectShell(runtime: Runtime): ShellName | undefined {
  const variables = environment(runtime);
  const shell = variables("SHELL")?.value;
  if (!shell) return variables("PSModulePath") ? "powershell" : undefined;
  const name = shell.replace(/^.*[\\/]/, "").replace(/\.exe$/i, "");
  if (name === "pwsh") return "powershell";
  return SHELL_NAMES.find((known) => known === name);
}
