/** How each shell sets variables, and how it takes them from `sandbox env`. */
import { environment } from "../../config/environment.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { quote } from "../../runtime/shell.ts";

export const SHELLS = ["bash", "zsh", "fish", "powershell", "cmd"] as const;
export type Shell = typeof SHELLS[number];

/** Sets one variable. */
const ASSIGNMENTS: Record<Shell, (name: string, value: string) => string> = {
  bash: posix,
  zsh: posix,
  fish: (name, value) =>
    `set -gx ${name} '${value.replaceAll(/['\\]/g, "\\$&")}'`,
  // PowerShell takes curly quotes for straight ones.
  powershell: (name, value) =>
    `$env:${name} = '${value.replaceAll(/['‘’‚‛]/g, "$&$&")}'`,
  cmd: (name, value) => `set "${name}=${value}"`,
};

/** Applies what `sandbox env` prints. */
const USES: Record<Shell, string> = {
  bash: 'eval "$(sinch sandbox env)"',
  zsh: 'eval "$(sinch sandbox env)"',
  fish: "sinch sandbox env --shell fish | source",
  powershell: "sinch sandbox env --shell powershell | Invoke-Expression",
  cmd: `for /f "delims=" %v in ('sinch sandbox env --shell cmd') do @%v`,
};

function posix(name: string, value: string): string {
  return `export ${name}=${quote(value)}`;
}

/** Lines that set these variables. */
export function assignments(
  shell: Shell,
  variables: Record<string, string>,
): string {
  return Object.entries(variables)
    .map(([name, value]) => `${ASSIGNMENTS[shell](name, value)}\n`).join("");
}

/** A command line that sets the variables of the running sandbox. */
export function useLine(shell: Shell): string {
  return USES[shell];
}

/** Git Bash on Windows sets `SHELL`; PowerShell and cmd do not. */
export function defaultShell(runtime: Runtime): Shell {
  const isWindows = runtime.os === "windows" && !environment(runtime)("SHELL");
  return isWindows ? "powershell" : "bash";
}
