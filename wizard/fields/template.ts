/** Which template, in which language, with which values. */
import {
  languagesOf,
  listTemplates,
  type Template,
  type Translation,
} from "../../api/templates.ts";
import type { SendOptions } from "../../options/send.ts";
import type { WizardContext } from "../pick.ts";
import { optionOf } from "../pick.ts";
import { templateColumns } from "../pick_template.ts";
import type { Prompter } from "../prompter.ts";
import { askText, fill } from "./questions.ts";

export async function askTemplate(
  context: WizardContext,
  draft: SendOptions,
): Promise<void> {
  const { prompter } = context;
  const template = draft.template === undefined
    ? await chooseTemplate(context)
    : undefined;
  if (!template) {
    return await fill(prompter, draft, {
      template: "required",
      language: "optional",
      params: "optional",
    });
  }
  draft.template = template.id;
  // On WhatsApp an ID in words would be taken for the name of one of its own.
  if (draft.channel === "WHATSAPP") draft.templateKind ??= "omni";
  draft.language ??= await chooseLanguage(prompter, template);
  if (!draft.params) {
    await askParameters(prompter, draft, variablesOf(template, draft.language));
  }
}

/** One of the project's templates; `undefined` for one that is not among them. */
async function chooseTemplate(
  { prompter, read }: WizardContext,
): Promise<Template | undefined> {
  const { templates = [] } = await read(listTemplates());
  if (templates.length === 0) return undefined;
  return await prompter.select<Template | undefined>({
    message: "Template",
    search: true,
    choices: [
      ...templates.map((template) =>
        optionOf(template, templateColumns(template))
      ),
      {
        value: undefined,
        label: "Other: enter its ID, or its name on WhatsApp",
      },
    ],
  });
}

async function chooseLanguage(
  prompter: Prompter,
  template: Template,
): Promise<string | undefined> {
  const languages = languagesOf(template);
  if (languages.length < 2) return languages[0];
  return await prompter.select({
    message: "Language",
    choices: languages.map((value) => ({ value, label: value })),
    default: template.default_translation,
  });
}

interface Variable {
  key: string;
  preview_value?: string;
}

/** The variables of the newest translation into this language. */
function variablesOf(
  { translations = [] }: Template,
  language: string | undefined,
): Variable[] {
  const ofLanguage = translations.filter(({ language_code }) =>
    language_code === language
  );
  const isLatest = ({ version }: Translation) => version === "latest";
  return (ofLanguage.find(isLatest) ?? ofLanguage.at(-1))?.variables ?? [];
}

/** One value for each variable. */
async function askParameters(
  prompter: Prompter,
  draft: SendOptions,
  variables: Variable[],
): Promise<void> {
  for (const { key, preview_value } of variables) {
    const value = await askText(prompter, {
      message: `Value for ${key}`,
      hint: preview_value && `such as ${preview_value}`,
    });
    draft.params = { ...draft.params, [key]: value };
  }
}
