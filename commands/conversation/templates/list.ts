/** `sinch conversation templates list` */
import { Command } from "@cliffy/command";
import { onePage } from "../../../api/pages.ts";
import {
  languagesOf,
  listTemplates,
  type Template,
} from "../../../api/templates.ts";
import type { Column } from "../../../output/columns.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { showList } from "../../list.ts";
import { addLimit, addListForms, type ListFlags } from "../../shared_flags.ts";
import { typesOf } from "./template_view.ts";
import { suggest } from "../../../runtime/suggest.ts";

const COLUMNS: Column<Template>[] = [
  { name: "id", kind: "id", value: ({ id }) => id },
  {
    name: "description",
    kind: "text",
    value: ({ description }) => description,
  },
  { name: "version", value: ({ version }) => version?.toString() },
  { name: "default", value: (template) => template.default_translation },
  {
    name: "languages",
    kind: "text",
    value: (template) => languagesOf(template).join(", "),
  },
  { name: "type", spare: true, value: typesOf },
  { name: "updated", kind: "time", value: ({ update_time }) => update_time },
];

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command().description(
    "List the project's message templates in this region.",
  );
  return addListForms(addLimit(command), COLUMNS)
    .example("All templates", "sinch conversation templates list --all")
    .example(
      "Their ids alone",
      "sinch conversation templates list --query 'templates[].id'",
    )
    .action(action(cli, list));
}

async function list(
  context: Context,
  flags: ListFlags & CommonFlags,
): Promise<void> {
  const read = async () => (await context.read(listTemplates())).templates;
  await showList<Template>(context, flags, {
    noun: "template",
    columns: COLUMNS,
    pages: (limit) => onePage(read, limit),
    emptyHint: `Create one with \`${suggest`conversation templates create`}\`.`,
  });
}
