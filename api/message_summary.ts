/** What a stored message holds, told in one line. */
import { isNumber } from "../json.ts";
import { record } from "./answer.ts";
import type { Message } from "./messages.ts";

/** Of a stored message, or of one that is about to be sent. */
type Contents = Partial<Pick<Message, "app_message" | "contact_message">>;

/** The one content of a message: `text`, `media`, `choice_response` … */
export interface Content {
  type: string;
  body: Record<string, unknown>;
}

type Summary = (body: Content["body"]) => string[];

/** How to tell each type, by the API's name of its field. */
const SUMMARIES: Record<string, Summary> = {
  text_message: ({ text: content }) => [text(content)],
  media_message: ({ url }) => [text(url)],
  media_card_message: ({ caption, url }) => [text(caption), text(url)],
  template_message: ({ omni_template, channel_template }) => [
    text(omni_template, "template_id"),
    ...Object.entries(record(channel_template)).map(([channel, template]) =>
      `${channel} ${text(template, "template_id")}`
    ),
  ],
  card_message: ({ title, description, media_message, choices }) => [
    text(title),
    text(description),
    text(media_message, "url"),
    labels(choices),
  ],
  carousel_message: ({ cards, choices }) => [
    list(cards).map((card) => text(card, "title")).join(" | "),
    labels(choices),
  ],
  choice_message: ({ text_message, choices }) => [
    text(text_message, "text"),
    labels(choices),
  ],
  location_message: ({ title, label, coordinates }) => {
    const place = `${text(coordinates, "latitude")}, ${
      text(coordinates, "longitude")
    }`;
    // A place without a name has its coordinates as the title.
    return [text(title) === place ? "" : text(title), text(label), place];
  },
  list_message: ({ title, description }) => [text(title), text(description)],
  contact_info_message: ({ name }) => [text(name, "full_name")],
  choice_response_message: ({ postback_data }) => [text(postback_data)],
  product_response_message: ({ products }) => [
    list(products).map((product) => text(product, "id")).join(", "),
  ],
  fallback_message: ({ raw_message, reason }) => [
    text(reason, "description"),
    text(raw_message),
  ],
  channel_specific_message: (body) => [
    text(body.message_type),
    Object.keys(body).filter((key) => key === key.toUpperCase()).join(", "),
  ],
  explicit_channel_message: (body) => [Object.keys(body).join(", ")],
  explicit_channel_omni_message: (body) => [Object.keys(body).join(", ")],
};

/** The content; nothing in a message without one. Empty siblings are passed over. */
export function contentOf(message: Contents): Content | undefined {
  const fields = { ...message.contact_message, ...message.app_message };
  const names = [...Object.keys(SUMMARIES), ...Object.keys(fields)];
  const name = names.find((name) =>
    name.endsWith("_message") && Object.keys(record(fields[name])).length > 0
  );
  return name === undefined ? undefined : {
    type: name.slice(0, -"_message".length),
    body: record(fields[name]),
  };
}

/** A text as it is, everything else with all its fields. */
export function contentText({ body }: Content): string {
  const { text, ...rest } = body;
  return typeof text === "string" && Object.keys(rest).length === 0
    ? text
    : JSON.stringify(body, null, 2);
}

/** The text of a text message; `[media] https://…` and the like for the others. */
export function summaryOf(message: Contents): string {
  const content = contentOf(message);
  if (!content) return "";
  const { type, body } = content;
  const parts = SUMMARIES[`${type}_message`]?.(body) ?? [];
  if (type !== "text") parts.unshift(`[${type.replaceAll("_", " ")}]`);
  return parts.filter(Boolean).join(" ");
}

/** `(Yes / Call us)`: what each choice says on its button. */
function labels(choices: unknown): string {
  const each = list(choices).map((choice) =>
    Object.values(record(choice))
      .map((kind) => text(kind, "title") || text(kind, "text"))
      .find(Boolean) ?? "?"
  );
  return each.length > 0 ? `(${each.join(" / ")})` : "";
}

/** The text, or number, at a place inside `value`. */
function text(value: unknown, ...place: string[]): string {
  const found = place.reduce((inner, key) => record(inner)[key], value);
  return typeof found === "string" || isNumber(found) ? String(found) : "";
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
