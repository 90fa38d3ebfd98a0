/** `sinch completion`: the script that lets a shell complete `sinch …`. */
import { Command, EnumType } from "@cliffy/command";
import { Failure, usageError } from "../../errors.ts";
import { done } from "../../output/details.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { AnyCommand, Cli } from "../cli.ts";
import type { CommonFlags, Context } from "../context.ts";
import { detectShell, SHELL_NAMES, type ShellName } from "./shell_names.ts";

interface CompletionFlags extends CommonFlags {
  shell?: ShellName;
  install?: boolean;
}

export function create(cli: Cli): AnyCommand {
  return (new Command() as AnyCommand)
    .description(
      "Print the script that completes commands, flags and ids when Tab is pressed, or install it. " +
        "Ids come from the account in use, and are kept for a minute.",
    )
    .type("shell", new EnumType(SHELL_NAMES))
    .option(
      "--shell <shell:shell>",
      `${SHELL_NAMES.join(", ")}; the shell in use if left out.`,
    )
    .option("--install", "Put the script where the shell looks for it.")
    .example("Once and for all", "sinch completion --install")
    .example("For this shell only", "source <(sinch completion --shell bash)")
    .action(action(cli, complete));
}

async function complete(
  context: Context,
  { shell: given, install }: CompletionFlags,
): Promise<View> {
  const shell = given ?? detectShell(context.runtime);
  if (!shell) {
    throw usageError(
      "Which shell this is cannot be told",
      `Add --shell ${SHELL_NAMES.join(", ")}.`,
    );
  }
  const { installScript, SCRIPTS } = await import("./shells.ts");
  const script = SCRIPTS[shell];
  if (!install) return { json: { shell, script }, text: () => script };

  const { files, next } = await installScript(context.runtime, shell)
    .catch((error) => {
      if (error instanceof Failure) throw error;
      const reason = error instanceof Error ? error.message : error;
      throw new Failure("config", `Cannot install the script: ${reason}`, {
        hint: `Print it with \`sinch completion --shell ${shell}\`.`,
        cause: error,
      });
    });
  return {
    json: { shell, installed: true, files },
    text: (style) =>
      files.map(({ path, changed }) =>
        done(`${path} ${changed ? "written" : "is up to date"}`, style)
      ).join("") + `${next}\n`,
  };
}
