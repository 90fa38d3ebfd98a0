/** The options that `templates create` and `templates update` share. */
import type { TemplateInput } from "../../../api/templates.ts";
import { usageError } from "../../../errors.ts";
import {
  messageFromJson,
  previewFromText,
  type TemplateFields,
  templateFromJson,
  templateLanguage,
  textMessage,
  TranslationType,
} from "../../../options/template.ts";
import { SourceType, ValueType } from "../../../options/value_type.ts";
import { command, DRY_RUN, type OptionsOf } from "../../command.ts";

export const templateCommand = (description: string) =>
  command(description)
    .type("text-message", new SourceType(textMessage))
    .type("message-json", new SourceType(messageFromJson))
    .type("template-json", new SourceType(templateFromJson))
    .type("translation", new TranslationType())
    .type("preview", new ValueType(previewFromText))
    .type("language", new ValueType(templateLanguage), { override: true })
    .option("--description <text:text>", "Description of the template")
    .option(
      "--text <text:text-message>",
      "Text message; ${name} is a placeholder. Use single quotes in the shell",
    )
    .option(
      "--message <json:message-json>",
      "Message of another type, as JSON, instead of --text",
    )
    .option(
      "--language <code:language>",
      "Language of --text or --message, such as en-US",
    )
    .option(
      "--translation <pair:translation>",
      "Another language: sv-SE='Hej ${name}', or a message as JSON after the =. Repeatable",
      { collect: true },
    )
    .option(
      "--variable <pair:preview>",
      "Preview value of a placeholder: name=Jane. Repeatable",
      { collect: true },
    )
    .option(
      "--json-template <json:template-json>",
      "The whole template as JSON, instead of all other options",
    )
    .option(...DRY_RUN);

type Options = OptionsOf<typeof templateCommand>;

/** @throws {Failure} "usage" for options that cannot be used together. */
export function templateFields(
  options: Options,
  id?: string,
): TemplateFields {
  const { description, language, text, message, translation, variable } =
    options;
  if (text && message) {
    throw usageError("--text and --message cannot be used together");
  }
  return {
    id,
    description,
    language,
    message: text ?? message,
    translations: translation,
    previews: variable,
  };
}

/**
 * The template of `--json-template`, if it is given.
 *
 * @throws {Failure} "usage" for another option beside it.
 */
export function wholeTemplate(
  options: Options,
  id?: string,
): TemplateInput | undefined {
  if (!options.jsonTemplate) return undefined;
  const { description, language, text, message, translation, variable } =
    options;
  const others = {
    ...{ id, description, language, text, message, translation, variable },
  };
  const other = Object.entries(others).find(([, value]) => value !== undefined);
  if (!other) return options.jsonTemplate;
  throw usageError(
    `--json-template and --${other[0]} cannot be used together`,
    "--json-template is the whole template.",
  );
}
