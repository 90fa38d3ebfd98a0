/** `sinch completion` */
import { anyOf } from "../../options/checks.ts";
import { Failure, usageError } from "../../errors.ts";
import { Word } from "../../options/value_type.ts";
import { done } from "../../output/details.ts";
import type { View } from "../../output/view.ts";
import { action } from "../action.ts";
import type { Cli } from "../cli.ts";
import { command, type OptionsOf } from "../command.ts";
import type { Context } from "../context.ts";
import { detectShell, SHELL_NAMES } from "./shell_names.ts";

const declare = () =>
  command(
    "Print or install the script that completes commands, options and IDs with Tab. " +
      "IDs come from the active account and are cached for a minute.",
  )
    .type("shell", new Word(SHELL_NAMES))
    .option("--shell <shell:shell>", "Shell (default: your login shell)")
    .option("--install", "Install the script where the shell finds it")
    .example("Install completion", "sinch completion --install")
    .example(
      "Enable completion in this bash session",
      "source <(sinch completion --shell bash)",
    );

export const create = (cli: Cli) => declare().action(action(cli, complete));

async function complete(
  context: Context,
  { shell: given, install }: OptionsOf<typeof declare>,
): Promise<View> {
  const shell = given ?? detectShell(context.runtime);
  if (!shell) {
    throw usageError(
      `Cannot detect your shell; use --shell ${anyOf(SHELL_NAMES)}`,
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
        hint: `Run \`sinch completion --shell ${shell}\` to print it instead.`,
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
