/** `sinch conversation templates update` */
import {
  getTemplate,
  replaceTemplate,
  type TemplateInput,
} from "../../../api/templates.ts";
import { Failure, usageError } from "../../../errors.ts";
import {
  changedTemplate,
  checkTemplateChanges,
} from "../../../options/template.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import type { OptionsOf } from "../../command.ts";
import type { Context } from "../../context.ts";
import { idOf } from "../resource.ts";
import { TEMPLATE } from "./template.ts";
import {
  templateCommand,
  templateFields,
  wholeTemplate,
} from "./template_options.ts";
import { templateView } from "./template_view.ts";

const declare = () =>
  templateCommand(
    "Update the given fields of a template. --language and --translation add a language, or replace its latest message.\n" +
      "The API replaces the whole template and counts its versions: the current one is read first, and changes made by others in the meantime are never overwritten.",
  )
    .arguments("[id:template]")
    .example(
      "Change the text",
      "sinch conversation templates update order_confirmed --text 'Hello ${name}, thank you for your order.'",
    )
    .example(
      "Add a language",
      "sinch conversation templates update order_confirmed --translation 'fr-FR=Bonjour ${name} !'",
    );

export const create = (cli: Cli) => declare().action(action(cli, update));

async function update(
  context: Context,
  options: OptionsOf<typeof declare>,
  given?: string,
): Promise<View> {
  const whole = wholeTemplate(options);
  const fields = templateFields(options);
  if (!whole) checkTemplateChanges(fields);
  const id = await idOf(context, TEMPLATE, given);
  const body = whole
    ? await numbered(context, id, whole)
    : changedTemplate(await context.read(getTemplate(id)), fields);
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

/** The version in a file is the one it was made from, and is kept. */
async function numbered(
  context: Context,
  id: string,
  whole: TemplateInput,
): Promise<TemplateInput> {
  if (whole.id !== undefined && whole.id !== id) {
    throw usageError(
      `--json-template has the ID "${whole.id}", expected "${id}"`,
    );
  }
  const version = whole.version ??
    (await context.read(getTemplate(id))).version;
  return { ...whole, id, version };
}

/** The status of a stale version is not documented; both usual ones count. */
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
    `The template ${id} is no longer at version ${version}; nothing was changed (${message})`,
    {
      code,
      status,
      hint: isFromFile
        ? "Get it again and repeat your changes; without a version in the JSON, the current version is replaced."
        : "It was changed at the same time; check it, then try again.",
    },
  );
}
