/** The shell whose command lines are shown for pasting, and its quoting. */

/** Windows PowerShell, and PowerShell before 7.3, drop the quotes inside a word. */
export type Shell = "posix" | "powershell" | "windows-powershell" | "cmd";

let shell: Shell = "posix";

/** Sets the shell that this process was started from. */
export function setShell(used: Shell): void {
  shell = used;
}

export function isPowerShell(): boolean {
  return shell.endsWith("powershell");
}

/** A word for the shell in use: quoted only where it needs to be. */
export function quoteForShell(word: string): string {
  switch (shell) {
    case "posix":
      return quote(word);
    case "cmd":
      return /^[\w@+:,./\\-][\w@+=:,./\\-]*$/.test(word)
        ? word
        : `"${escapeQuotes(word)}"`;
    default: {
      if (/^[\w%+:./\\-][\w%+=:./\\-]*$/.test(word)) return word;
      const inside = shell === "powershell" ? word : escapeQuotes(word);
      // PowerShell takes curly quotes for straight ones.
      return `'${inside.replaceAll(/['‘’‚‛]/g, "$&$&")}'`;
    }
  }
}

/** A word for a POSIX shell: quoted only where it needs to be. */
export function quote(word: string): string {
  return /^[\w@%+:,./-][\w@%+=:,./-]*$/.test(word)
    ? word
    : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** As Windows programs read their command line. */
function escapeQuotes(word: string): string {
  return word.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, "$&$&");
}
