/**
 * Contents as plain text, after the pictures in the documentation.
 *
 * @see https://developers.sinch.com/docs/conversation/message-transcoding/
 */
import type { JsonObject } from "../contract/checks.ts";
import { contentName, float32 } from "./message_content.ts";

// The shapes were checked when the message was taken.
// deno-lint-ignore no-explicit-any
type Content = any;

const RENDERERS: Record<string, (content: Content) => string[]> = {
  text_message: ({ text }) => [text],
  media_message: ({ url }) => [url],
  location_message: (location) => [`${location.title}: ${mapLink(location)}`],
  choice_message: ({ text_message, choices }) => [
    ...text_message ? [text_message.text, ""] : [],
    ...choices.map(choiceLine),
  ],
  card_message: cardLines,
  carousel_message: ({ cards, choices }) => [
    ...cards.flatMap((card: Content, at: number) => {
      const [title, ...body] = cardLines(card);
      return [...at > 0 ? [""] : [], `${at + 1}. ${title}`, ...body];
    }),
    ...(choices ?? []).map(choiceLine),
  ],
  list_message: ({ title, description, sections }) => [
    title,
    ...description ? [description] : [],
    ...sections.flatMap((section: Content) => [
      ...section.title ? [section.title] : [],
      ...section.items.map(itemLine),
    ]),
  ],
  contact_info_message: ({ name, phone_numbers, email_addresses }) => [
    `Name: ${name.full_name}`,
    ...phone_numbers.map((one: Content) => `Phone: ${one.phone_number}`),
    ...(email_addresses ?? []).map((one: Content) =>
      `Email: ${one.email_address}`
    ),
  ],
  // The text of a channel's own template is the channel's.
  template_message: ({ omni_template, channel_template }) => [
    (omni_template ?? Object.values<Content>(channel_template)[0]).template_id,
  ],
};

/** A content as plain text, as SMS has it. */
export function plainText(content: JsonObject): string {
  const name = contentName(content);
  return name ? RENDERERS[name]!(content[name]).join("\n") : "";
}

function cardLines(
  { title, description, media_message, choices }: Content,
): string[] {
  return [
    ...[title, description, media_message?.url].filter(Boolean),
    ...(choices ?? []).map(choiceLine),
  ];
}

function itemLine({ choice, product }: Content): string {
  return `> ${(choice ? choice.title : product.id).toUpperCase()}`;
}

/** A choice as a line of text. */
export function choiceLine(choice: Content): string {
  if (choice.text_message) return `> ${choice.text_message.text.toUpperCase()}`;
  const { url_message: url, call_message: call, location_message: location } =
    choice;
  if (url) return `> ${url.title}: ${url.url}`;
  if (call) return `> ${call.title}: ${call.phone_number}`;
  if (location) return `> ${location.title}: ${mapLink(location)}`;
  const other = choice.calendar_message ?? choice.share_location_message;
  return `> ${other.title}: ${other.fallback_url}`;
}

function mapLink(
  { coordinates }: { coordinates: { latitude: number; longitude: number } },
): string {
  const point = `${float32(coordinates.latitude)},${
    float32(coordinates.longitude)
  }`;
  return `https://www.google.com/maps/search/?api=1&query=${point}`;
}
