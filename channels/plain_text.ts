/**
 * Contents as plain text, as the pictures in the documentation show them.
 *
 * @see https://developers.sinch.com/docs/conversation/message-transcoding/
 */
import {
  type Card,
  type Choice,
  type Content,
  type ContentHolder,
  type ContentName,
  contentOf,
  type Contents,
  float32,
  type ListItem,
} from "./message.ts";

const RENDERERS: { [N in ContentName]: (body: Contents[N]) => string[] } = {
  text_message: ({ text }) => [text],
  media_message: ({ url }) => [url],
  location_message: (location) => [
    location.title
      ? `${location.title}: ${mapLink(location)}`
      : mapLink(location),
  ],
  choice_message: ({ text_message, choices }) => [
    ...text_message ? [text_message.text, ""] : [],
    ...choices.map(choiceLine),
  ],
  card_message: cardLines,
  carousel_message: ({ cards, choices }) => [
    ...cards.flatMap((card, at) => {
      const [title, ...body] = cardLines(card);
      return [...at > 0 ? [""] : [], `${at + 1}. ${title}`, ...body];
    }),
    ...(choices ?? []).map(choiceLine),
  ],
  list_message: ({ title, description, sections }) => [
    title,
    ...description ? [description] : [],
    ...sections.flatMap((section) => [
      ...section.title ? [section.title] : [],
      ...section.items.map(itemLine),
    ]),
  ],
  contact_info_message: ({ name, phone_numbers, email_addresses }) => [
    `Name: ${name.full_name}`,
    ...phone_numbers.map((one) => `Phone: ${one.phone_number}`),
    ...(email_addresses ?? []).map((one) => `Email: ${one.email_address}`),
  ],
  // Only the channel knows the text of its own template.
  template_message: ({ omni_template, channel_template }) => {
    const template = omni_template ?? Object.values(channel_template ?? {})[0];
    return [template?.template_id ?? ""];
  },
};

/** A content as plain text, as SMS has it. */
export function plainText(holder: ContentHolder): string {
  const content = contentOf(holder);
  return content ? linesOf(content).join("\n") : "";
}

function linesOf<N extends ContentName>({ name, body }: Content<N>): string[] {
  return RENDERERS[name](body);
}

function cardLines(
  { title, description, media_message, choices }: Card,
): string[] {
  return [
    ...[title, description, media_message?.url].filter((line) => !!line),
    ...(choices ?? []).map(choiceLine),
  ] as string[];
}

function itemLine({ choice, product }: ListItem): string {
  return `> ${(choice?.title ?? product?.id ?? "").toUpperCase()}`;
}

/** A choice as a line of text. */
export function choiceLine(choice: Choice): string {
  if (choice.text_message) return `> ${choice.text_message.text.toUpperCase()}`;
  const { url_message: url, call_message: call, location_message: location } =
    choice;
  if (url) return `> ${url.title}: ${url.url}`;
  if (call) return `> ${call.title}: ${call.phone_number}`;
  if (location) return `> ${location.title}: ${mapLink(location)}`;
  const other = choice.calendar_message ?? choice.share_location_message;
  return `> ${other?.title}: ${other?.fallback_url}`;
}

function mapLink(
  { coordinates }: { coordinates: { latitude: number; longitude: number } },
): string {
  const point = `${float32(coordinates.latitude)},${
    float32(coordinates.longitude)
  }`;
  return `https://www.google.com/maps/search/?api=1&query=${point}`;
}
