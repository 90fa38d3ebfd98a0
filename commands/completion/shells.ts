/**
 * The script for each shell, and where the shell looks for it. A script knows
 * nothing of our commands: it hands the words up to the cursor to
 * `sinch __complete --` and shows the answer (see `complete.ts`).
 */
import { environment } from "../../config/environment.ts";
import { findHome, join } from "../../config/folders.ts";
import { readText } from "../../config/json_file.ts";
import { Failure } from "../../errors.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { ShellName } from "./shell_names.ts";

const BASH = String.raw`# bash completion for sinch
_sinch() {
  # Bash splits words at = : and @ too: what no space divides is one word.
  local line=\${COMP_LINE:0:COMP_POINT} words=() count=0 i rest word
  for ((i = 0; i <= COMP_CWORD; i++)); do
    rest=\${line#"\${line%%[![:space:]]*}"}
    word=\${COMP_WORDS[i]}
    if ((i == COMP_CWORD)); then word=$rest; fi
    if ((count > 0)) && [[ $rest == "$line" ]]; then
      words[count - 1]+=$word
    else
      words[count]=$word
      ((count++))
    fi
    line=\${rest#"$word"}
  done

  local current=\${words[count - 1]} answer kind=
  # The part of the word that readline leaves alone.
  local fixed=\${current%"\${current##*[=:]}"}
  COMPREPLY=()
  while IFS= read -r answer; do
    if [[ -z $kind ]]; then kind=$answer; continue; fi
    COMPREPLY+=("\${answer#"$fixed"}")
  done < <(command sinch __complete -- "\${words[@]:1}" 2>/dev/null)

  if [[ $kind == files ]]; then
    current=\${current#"$fixed"}
    if [[ $current == @* ]]; then
      while IFS= read -r answer; do
        COMPREPLY+=("@$(printf %q "$answer")")
      done < <(compgen -f -- "\${current#@}")
    else
      while IFS= read -r answer; do
        COMPREPLY+=("$answer")
      done < <(compgen -f -- "$current")
      compopt -o filenames 2>/dev/null
    fi
    return
  fi
  # Many: with their descriptions, unless the shell would insert those. One: bare.
  if ((\${#COMPREPLY[@]} != 1)) && ((COMP_TYPE != 37 && COMP_TYPE != 42)); then
    for i in "\${!COMPREPLY[@]}"; do
      COMPREPLY[i]=\${COMPREPLY[i]%$'\t'}
      COMPREPLY[i]=\${COMPREPLY[i]/$'\t'/  -- }
    done
  else
    COMPREPLY=("\${COMPREPLY[@]%%$'\t'*}")
  fi
}
complete -F _sinch sinch
`.replaceAll("\\$", "$");

const ZSH = String.raw`#compdef sinch
# zsh completion for sinch
_sinch() {
  local kind answer value text
  local -a answers described
  answers=("\${(@f)$(command sinch __complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  kind=$answers[1]
  for answer in "\${(@)answers[2,-1]}"; do
    value=\${answer%%$'\t'*}
    text=\${answer#*$'\t'}
    described+=("\${value//:/\\:}\${text:+:$text}")
  done
  if [[ $kind == files ]]; then
    compset -P '*[=@]'
    _files
  elif (($#described)); then
    _describe -V sinch described -M 'm:{[:lower:]}={[:upper:]}'
  fi
}
if [[ $funcstack[1] == _sinch ]]; then
  _sinch "$@"
else
  compdef _sinch sinch
fi
`.replaceAll("\\$", "$");

const FISH = String.raw`# fish completion for sinch
function __sinch_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l answers (command sinch __complete -- $words[2..-1] 2>/dev/null)
    if test "$answers[1]" = files
        set -l fixed (string match -r '^.*[=@]' -- $words[-1])
        for path in (__fish_complete_path (string replace -r '^.*[=@]' '' -- $words[-1]))
            echo "$fixed$path"
        end
    else if set -q answers[2]
        printf '%s\n' $answers[2..-1]
    end
end
complete -c sinch -f -a '(__sinch_complete)'
`;

const POWERSHELL = String.raw`# PowerShell completion for sinch
Register-ArgumentCompleter -Native -CommandName sinch -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition -or $wordToComplete -eq '' } |
    ForEach-Object { "$_" })
  $current = $wordToComplete
  # Before 7.3 an empty argument gets lost unless it is quoted twice.
  if ($current -eq '' -and $PSVersionTable.PSVersion -lt [version]'7.3') { $current = '""' }
  $kind, $answers = @(sinch __complete -- @words $current 2>$null)
  # Without an answer PowerShell completes file names by itself.
  if ($kind -eq 'files') { return }
  foreach ($answer in $answers) {
    $value, $text = $answer -split [char]9, 2
    if (-not $text) { $text = $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $text)
  }
}
`;

export const SCRIPTS: Record<ShellName, string> = {
  bash: BASH,
  zsh: ZSH,
  fish: FISH,
  powershell: POWERSHELL,
};

export interface Installation {
  /** The files that hold it, and whether they had to be changed for it. */
  files: { path: string; changed: boolean }[];
  /** What to do now, for people. */
  next: string;
}

/**
 * Installs the script where the shell finds it and, if the shell needs that, loads
 * it from the start-up file. Repeating it changes nothing.
 *
 * @throws {Failure} config: no home folder, or a file cannot be read
 */
export async function installScript(
  runtime: Runtime,
  shell: ShellName,
): Promise<Installation> {
  const { script, startUp } = placesOf(runtime, shell);
  const files = [await replace(runtime, script, () => SCRIPTS[shell])];
  if (startUp) {
    const block = `${BEGIN}\n${startUp.text}\n${END}\n`;
    files.push(
      await replace(runtime, startUp.path, (text) => withBlock(text, block)),
    );
  }
  return { files, next: "Start a new shell to complete with Tab." };
}

interface Places {
  script: string;
  /** The start-up file, and the lines that load the script. */
  startUp?: { path: string; text: string };
}

function placesOf(runtime: Runtime, shell: ShellName): Places {
  const variables = environment(runtime);
  const home = findHome(runtime);
  if (!home) {
    throw new Failure(
      "config",
      "Cannot find your home folder to install into",
      {
        hint: `Run \`sinch completion --shell ${shell}\` to print the script.`,
      },
    );
  }
  const path = (...parts: string[]) => join(runtime, ...parts);
  const config = variables("XDG_CONFIG_HOME")?.value ?? path(home, ".config");
  const data = variables("XDG_DATA_HOME")?.value ?? path(home, ".local/share");
  switch (shell) {
    case "bash": {
      // Found there by bash-completion, where that is installed; the start-up
      // file serves everybody else.
      const script = path(data, "bash-completion/completions/sinch");
      return {
        script,
        startUp: { path: path(home, ".bashrc"), text: `. ${quoted(script)}` },
      };
    }
    case "zsh": {
      const script = path(data, "zsh/site-functions/_sinch");
      return {
        script,
        startUp: {
          path: path(variables("ZDOTDIR")?.value ?? home, ".zshrc"),
          text:
            `(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }\n. ${
              quoted(script)
            }`,
        },
      };
    }
    case "fish":
      return { script: path(config, "fish/completions/sinch.fish") };
    case "powershell": {
      const folder = runtime.os === "windows"
        ? path(home, "Documents", "PowerShell")
        : path(config, "powershell");
      const script = path(folder, "sinch-completion.ps1");
      return {
        script,
        startUp: {
          path: path(folder, "Microsoft.PowerShell_profile.ps1"),
          text: `. '${script.replaceAll("'", "''")}'`,
        },
      };
    }
  }
}

const BEGIN = "# >>> sinch completion >>>";
const END = "# <<< sinch completion <<<";

/** `text` with our block, in the place of an older one if there is one. */
function withBlock(text: string, block: string): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END, begin);
  if (begin >= 0 && end >= 0) {
    const rest = text.slice(end + END.length).replace(/^\r?\n/, "");
    return text.slice(0, begin) + block + rest;
  }
  return text + (text === "" || text.endsWith("\n") ? "" : "\n") + block;
}

async function replace(
  runtime: Runtime,
  path: string,
  change: (text: string) => string,
): Promise<{ path: string; changed: boolean }> {
  const old = await readText(runtime, path);
  const text = change(old ?? "");
  if (text !== old) await runtime.files.write(path, text);
  return { path, changed: text !== old };
}

/** A path for a POSIX shell. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}
