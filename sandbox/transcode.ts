/**
 * What a message looks like on a channel. Only WhatsApp's request for a
 * location is documented word for word; the text form follows the pictures in
 * the documentation, and stands for every other content and channel.
 *
 * @see https://developers.sinch.com/docs/conversation/message-transcoding/
 */
import type { JsonObject } from "./checks.ts";
import { CONTENT_NAMES, float32 } from "./message_content.ts";

/** The message as `channel` would get it: a JSON request, or plain text. */
export function transcode(
  message: JsonObject,
  channel: string,
  to = "{{to}}",
): string {
  const explicit = message.explicit_channel_message as
    | Record<string, string>
    | undefined;
  if (explicit?.[channel]) return explicit[channel];
  const omni = message.explicit_channel_omni_message as
    | Record<string, JsonObject>
    | undefined;
  const content = omni?.[channel] ?? message;
  return channel === "WHATSAPP"
    ? whatsAppRequest(content, to)
    : plainText(content);
}

function whatsAppRequest(content: JsonObject, to: string): string {
  const location = content.location_message as Location | undefined;
  const fields = location
    ? {
      type: "location",
      recipient_type: "individual",
      location: {
        longitude: String(float32(location.coordinates.longitude)),
        latitude: String(float32(location.coordinates.latitude)),
        name: location.title,
        address: location.label ?? "",
      },
    }
    : {
      type: "text",
      recipient_type: "individual",
      text: { body: plainText(content) },
    };
  return JSON.stringify({
    to,
    ...fields,
    messaging_product: "whatsapp",
    biz_opaque_callback_data: null,
  });
}

interface Location {
  title: string;
  label?: string;
  coordinates: { latitude: number; longitude: number };
}

// The shapes below were checked when the message was taken.
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
  template_message: ({ omni_template, channel_template }) => [
    (omni_template ?? Object.values<Content>(channel_template)[0]).template_id,
  ],
};

/** A content as plain text, as SMS has it. */
export function plainText(content: JsonObject): string {
  const name = CONTENT_NAMES.find((one) => content[one]);
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

function choiceLine(choice: Content): string {
  if (choice.text_message) return `> ${choice.text_message.text.toUpperCase()}`;
  const { url_message: url, call_message: call, location_message: location } =
    choice;
  if (url) return `> ${url.title}: ${url.url}`;
  if (call) return `> ${call.title}: ${call.phone_number}`;
  if (location) return `> ${location.title}: ${mapLink(location)}`;
  const other = choice.calendar_message ?? choice.share_location_message;
  return `> ${other.title}: ${other.fallback_url}`;
}

function mapLink({ coordinates }: Location): string {
  const point = `${float32(coordinates.latitude)},${
    float32(coordinates.longitude)
  }`;
  return `https://www.google.com/maps/search/?api=1&query=${point}`;
}
