/** Which shell this program was started from. */
import type { Shell } from "../runtime/shell.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { environment } from "./environment.ts";

/** As far as its variables say; elsewhere than on Windows, POSIX by default. */
export function shellInUse(runtime: Runtime): Shell {
  const variables = environment(runtime);
  const isPowerShell = variables("POWERSHELL_DISTRIBUTION_CHANNEL");
  if (runtime.os !== "windows") return isPowerShell ? "powershell" : "posix";
  // Git Bash sets SHELL, cmd sets PROMPT, and PowerShell neither.
  if (variables("SHELL")) return "posix";
  if (isPowerShell) return "powershell";
  return variables("PROMPT") ? "cmd" : "windows-powershell";
}
