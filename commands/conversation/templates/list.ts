/** `sinch conversation templates list` */
import { text } from "../../../api/answer.ts";
import { onePage } from "../../../api/pages.ts";
import {
  languagesOf,
  listTemplates,
  type Template,
} from "../../../api/templates.ts";
import type { Column } from "../../../output/columns.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { listCommand, type OptionsOf } from "../../command.ts";
import type { Context } from "../../context.ts";
import { showList } from "../../list.ts";
import { typesOf } from "./template_view.ts";
import { suggest } from "../../../runtime/suggest.ts";

const COLUMNS: Column<Template>[] = [
  { name: "id", kind: "id", value: ({ id }) => id },
  {
    name: "description",
    kind: "text",
    value: ({ description }) => description,
  },
  { name: "version", spare: true, value: ({ version }) => text(version) },
  { name: "default", value: (template) => template.default_translation },
  {
    name: "languages",
    kind: "text",
    value: (template) => languagesOf(template).join(", "),
  },
  { name: "type", spare: true, value: typesOf },
  { name: "updated", kind: "time", value: ({ update_time }) => update_time },
];

const declare = () =>
  listCommand("List the project's message templates in this region", COLUMNS)
    .example("List all templates", "sinch conversation templates list --all")
    .example(
      "Print only their IDs",
      "sinch conversation templates list --query 'templates[].id'",
    );

export const create = (cli: Cli) => declare().action(action(cli, list));

async function list(
  context: Context,
  options: OptionsOf<typeof declare>,
): Promise<void> {
  const read = async () => (await context.read(listTemplates())).templates;
  await showList<Template>(context, options, {
    noun: "template",
    columns: COLUMNS,
    pages: (limit) => onePage(read, limit),
    emptyHint: `Create one with \`${suggest`conversation templates create`}\`.`,
  });
}
