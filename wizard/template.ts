/**
 * The wizard for a new message template: its names, its message in one or more
 * languages, and what stands for the variables in a preview. It returns options
 * as the flags would fill them.
 */
import type { MessageType } from "../api/message_body.ts";
import { summaryOf } from "../api/message_summary.ts";
import { messageBody } from "../options/send_request.ts";
import {
  newTemplate,
  placeholders,
  type TemplateOptions,
} from "../options/template_options.ts";
import { confirmed } from "./confirm.ts";
import { TYPES } from "./fields/fields.ts";
import { askOptional, askText, several } from "./fields/questions.ts";
import type { WizardContext } from "./pick.ts";
import type { Prompter } from "./prompter.ts";
import { summary } from "./summary.ts";

/** More languages than one project is likely to have. */
const MAX_TRANSLATIONS = 100;

/**
 * The options with a message in them and whatever else a person adds.
 *
 * @throws {Failure} `declined` when the person says no at the end.
 */
export async function completeTemplate(
  context: WizardContext,
  given: TemplateOptions,
): Promise<TemplateOptions> {
  const { prompter } = context;
  const id = given.id ?? await askOptional(prompter, {
    message: "Template ID",
    hint: "made up by the API where you leave it empty",
  });
  const description = given.description ?? await askOptional(prompter, {
    message: "Description",
  });
  const language = given.language ?? await askLanguage(prompter, [], "en-US");
  const type = await askType(prompter);
  const message = await askMessage(context, type);
  const translation = given.translation ??
    await askTranslations(context, type, language);
  const variable = await askPreviews(
    prompter,
    [message, translation],
    given.variable ?? [],
  );
  const options = {
    ...given,
    ...{ id, description, language, translation, variable },
    message: JSON.stringify(message),
  };
  prompter.say(described(options));
  await confirmed(prompter, "Create this template?", true);
  return options;
}

/** Asks for a language other than those that are `taken`. */
function askLanguage(
  prompter: Prompter,
  taken: string[],
  preset?: string,
): Promise<string> {
  const translation = taken.map((language) => `${language}=…`);
  return askText(prompter, {
    message: "Language",
    hint: "such as en-US or sv-SE",
    default: preset,
    check: (language) => newTemplate({ language, text: "…", translation }),
  });
}

/** A template cannot be made of a template. */
function askType(prompter: Prompter): Promise<MessageType> {
  const types = Object.keys(TYPES) as MessageType[];
  return prompter.select({
    message: "Message type",
    choices: types.filter((type) => type !== "template")
      .map((value) => ({ value, label: TYPES[value].label })),
  });
}

async function askMessage(
  context: WizardContext,
  type: MessageType,
): Promise<Record<string, unknown>> {
  if (type === "text") {
    context.prompter.say("  ${name} in the text makes a variable of it.");
  }
  const options = await TYPES[type].ask(context, { type });
  return { ...messageBody(options) };
}

/** The same message in other languages, as `--translation` takes them. */
function askTranslations(
  context: WizardContext,
  type: MessageType,
  first: string,
): Promise<string[]> {
  const taken = [first];
  return several(
    context.prompter,
    { noun: "translation", min: 0, max: MAX_TRANSLATIONS },
    async () => {
      const language = await askLanguage(context.prompter, taken);
      taken.push(language);
      const message = await askMessage(context, type);
      return `${language}=${JSON.stringify(message)}`;
    },
  );
}

/** A value for each variable of the messages, as `--variable` takes them. */
async function askPreviews(
  prompter: Prompter,
  messages: unknown,
  given: string[],
): Promise<string[]> {
  const previews = [...given];
  for (const key of placeholders(messages)) {
    if (previews.some((pair) => pair.startsWith(`${key}=`))) continue;
    const preview = await askOptional(prompter, {
      message: `Preview of \${${key}}`,
      hint: "an example of what will stand there",
    });
    previews.push(`${key}=${preview ?? ""}`);
  }
  return previews;
}

function described(options: TemplateOptions): string {
  const { id, description, default_translation, translations } = newTemplate(
    options,
  );
  return summary([
    ["ID", id ?? "made up by the API"],
    ["Description", description],
    ["Default", default_translation],
    ...translations.map((translation): [string, string] => [
      translation.language_code,
      summaryOf({ app_message: translation }),
    ]),
  ]);
}
