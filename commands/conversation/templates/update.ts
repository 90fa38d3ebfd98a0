/** `sinch conversation templates update` */
import { Command } from "@cliffy/command";
import {
  changedTemplate,
  checkTemplateChanges,
  type TemplateOptions,
  wholeTemplate,
} from "../../../options/template_options.ts";
import {
  getTemplate,
  replaceTemplate,
  type TemplateInput,
} from "../../../api/templates.ts";
import { Failure, usageError } from "../../../errors.ts";
import type { View } from "../../../output/view.ts";
import { pickTemplate } from "../../../wizard/pick_template.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { idOrPick } from "../../pick_id.ts";
import { addTemplateFlags, readTemplateOptions } from "./template_flags.ts";
import { templateView } from "./template_view.ts";

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description(
      "Change what the flags name; the rest stays. --language and --translation add a language, or change the newest version of its translation.\n" +
        "The API replaces a template whole and counts its versions: the current one is read first, and a change that somebody else made meanwhile is never overwritten.",
    )
    .arguments("[id:plain]");
  return addTemplateFlags(command)
    .example(
      "Another text",
      "sinch conversation templates update order_confirmed --text 'Hello ${name}, thank you for your order.'",
    )
    .example(
      "One more language",
      "sinch conversation templates update order_confirmed --translation 'fr-FR=Bonjour ${name} !'",
    )
    .action(action(cli, update));
}

async function update(
  context: Context,
  flags: TemplateOptions & CommonFlags,
  given?: string,
): Promise<View> {
  const options = await readTemplateOptions(context, flags);
  const whole = options.jsonTemplate === undefined
    ? undefined
    : wholeTemplate(options);
  if (!whole) checkTemplateChanges(options);
  const id = await idOrPick(context, given, pickTemplate);
  const body = whole
    ? await numbered(context, id, whole)
    : changedTemplate(await context.read(getTemplate(id)), options);
  try {
    return await context.change(
      replaceTemplate(id, body),
      (template) => templateView(template, "Template updated"),
    );
  } catch (error) {
    throw isStale(error)
      ? conflict(error, id, body, whole?.version !== undefined)
      : error;
  }
}

/** The version that a file names is the one it was made from, and stays. */
async function numbered(
  context: Context,
  id: string,
  whole: TemplateInput,
): Promise<TemplateInput> {
  if (whole.id !== undefined && whole.id !== id) {
    throw usageError(
      `--json-template is of the template "${whole.id}", not of "${id}"`,
    );
  }
  const version = whole.version ??
    (await context.read(getTemplate(id))).version;
  return { ...whole, id, version };
}

/** The status of a stale version is not documented: both usual ones count. */
function isStale(error: unknown): error is Failure {
  return error instanceof Failure &&
    (error.status === 409 || error.code === "FAILED_PRECONDITION" ||
      error.code === "ABORTED");
}

function conflict(
  { code, status, message }: Failure,
  id: string,
  { version }: TemplateInput,
  isFromFile: boolean,
): Failure {
  return new Failure(
    "api",
    `The template ${id} is not at version ${version} any more; nothing was changed (${message})`,
    {
      code,
      status,
      hint: isFromFile
        ? "Get it again and repeat your changes; without a version in the JSON, the current one is replaced."
        : "Somebody changed it at the same time: look at it, then try again.",
    },
  );
}
