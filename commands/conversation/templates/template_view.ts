/** How a template is shown: its own fields, then a block for each translation. */
import { record, source, text } from "../../../api/answer.ts";
import { contentOf, contentText } from "../../../api/message_summary.ts";
import {
  languagesOf,
  type Template,
  type Translation,
  withoutLatest,
} from "../../../api/templates.ts";
import { details, done } from "../../../output/details.ts";
import { safeLine } from "../../../output/safe_text.ts";
import type { Style } from "../../../output/style.ts";
import { timeText } from "../../../output/time.ts";
import type { View } from "../../../output/view.ts";

/** A template, under a line that says what was done if something was. */
export function templateView(template: Template, title?: string): View {
  const { id, description, version, default_translation } = template;
  return {
    json: source(template),
    text: (style) =>
      (title ? done(title, style) : "") + details([
        ["ID", id],
        ["Description", description],
        ["Version", text(version)],
        ["Default", default_translation],
        ["Languages", languagesOf(template).join(", ")],
        ["Created", timeText(template.create_time, style)],
        ["Updated", timeText(template.update_time, style)],
      ], style) +
      withoutLatest(template.translations ?? [])
        .map((translation) => translationText(translation, style)).join(""),
  };
}

function translationText(translation: Translation, style: Style): string {
  const { language_code, version, variables = [] } = translation;
  const content = messageOf(translation);
  const overrides = Object.keys(
    record(translation.channel_template_overrides),
  );
  return `\n${style.bold(safeLine(language_code))}\n` + details([
    ["Version", version],
    ["Type", content?.type],
    [
      "Variables",
      variables.map(({ key, preview_value }) =>
        preview_value ? `${key} = ${preview_value}` : key
      ).join("\n"),
    ],
    ["Content", content && contentText(content)],
    ["Overrides", overrides.join(", ")],
  ], style);
}

/** `text`, or `text, card` where translations differ. */
export function typesOf({ translations = [] }: Template): string {
  const types = translations.map((one) => messageOf(one)?.type);
  return [...new Set(types)].filter(Boolean).join(", ");
}

/** A translation has its message among its other fields. */
function messageOf(translation: Translation) {
  return contentOf({ app_message: translation });
}
