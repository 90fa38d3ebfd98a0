/** Which message template of the project. */
import { languagesOf, listTemplates, type Template } from "../api/templates.ts";
import { Failure } from "../errors.ts";
import { pick, type WizardContext } from "./pick.ts";
import { suggest } from "../runtime/suggest.ts";

export async function pickTemplate(
  { prompter, read }: WizardContext,
  message = "Template",
): Promise<Template> {
  const { templates = [] } = await read(listTemplates());
  return await pick(prompter, templates, {
    message,
    columns: templateColumns,
    empty: () =>
      new Failure("not_found", "The project has no templates in this region", {
        hint: `Create one with \`${suggest`conversation templates create`}\`.`,
      }),
  });
}

export function templateColumns(template: Template): (string | undefined)[] {
  return [
    // People choose it: it is a name.
    template.id,
    template.description,
    languagesOf(template).join(", "),
  ];
}
