/** What the commands of templates share. */
import {
  deleteTemplate,
  getTemplate,
  type Template,
} from "../../../api/templates.ts";
import type { Resource } from "../resource.ts";
import { templateView } from "./template_view.ts";

export const TEMPLATE: Resource<Template> = {
  noun: "template",
  get: getTemplate,
  view: (_, template) => templateView(template),
  async pick(_, wizard) {
    const { pickTemplate } = await import("../../../wizard/pick_template.ts");
    return await pickTemplate(wizard);
  },
  delete: deleteTemplate,
  consequence:
    "This deletes the template with all its translations and cannot be undone. Messages sent with it are kept.",
};
