/**
 * What `messages:transcode` answers: the request that a channel would be sent.
 * Documented word for word is WhatsApp's for text and locations. Its others
 * follow Meta's public API; on other channels a content keeps the names that
 * the Conversation API gives it.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/transcoding/
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages/
 */
import { contentName, float32 } from "./message_content.ts";
import { choiceLine } from "./plain_text.ts";
import type { Shown } from "./transcode.ts";

/** Compact JSON, or plain text where that is all the channel gets. */
export function channelRequest(
  { content, text, subject }: Shown,
  channel: string,
  to: string,
): string {
  const own = content.explicit_channel_message as
    | Record<string, string>
    | undefined;
  if (own) return own[channel]!;
  if (channel === "WHATSAPP") {
    return JSON.stringify({
      to,
      ...whatsAppMessage(content, text),
      messaging_product: "whatsapp",
      biz_opaque_callback_data: null,
    });
  }
  if (content.text_message) return text;
  return JSON.stringify({ to, subject, ...content });
}

// The shapes were checked when the message was taken.
// deno-lint-ignore no-explicit-any
type Content = any;

function whatsAppMessage(content: Content, text: string): object {
  const name = contentName(content);
  const [type, body] = name
    ? WHATSAPP[name]?.(content[name]) ?? ["text", { body: text }]
    : specificMessage(content.channel_specific_message.WHATSAPP);
  return { type, recipient_type: "individual", [type]: body };
}

type Typed = [type: string, body: unknown];

const WHATSAPP: Record<string, (content: Content) => Typed> = {
  media_message: ({ url, filename_override }) => {
    const type = mediaType(url);
    return [type, {
      link: url,
      filename: type === "document" ? filename_override : undefined,
    }];
  },
  location_message: ({ title, label, coordinates }) => ["location", {
    longitude: String(float32(coordinates.longitude)),
    latitude: String(float32(coordinates.latitude)),
    name: title,
    address: label ?? "",
  }],
  choice_message: ({ text_message, choices, message_properties }) =>
    withChoices(text_message?.text ?? "", choices, {
      footer: message_properties?.whatsapp_footer,
    }),
  card_message: (
    { title, description, media_message: media, choices, message_properties },
  ) =>
    withChoices([title, description].filter(Boolean).join("\n"), choices, {
      media: media?.url,
      header: message_properties?.whatsapp_header,
    }),
  list_message: (
    { title, description, media, sections, message_properties: properties },
  ) =>
    interactive(
      sections[0].items[0].product ? "product_list" : "list",
      description ? `${title}\n${description}` : title,
      {
        button: properties?.menu || "Menu",
        catalog_id: properties?.catalog_id,
        sections: sections.map(section),
      },
      { media: media?.url, header: properties?.whatsapp_header },
    ),
  template_message: ({ channel_template: { WHATSAPP: template } }) => [
    "template",
    {
      name: template.template_id,
      language: { policy: "deterministic", code: template.language_code },
      parameters: template.parameters,
    },
  ],
};

const MAX_BUTTONS = 3;

interface Surroundings {
  media?: string;
  header?: string;
  footer?: string;
}

/** Texts that can be tapped are buttons or rows; other choices are lines. */
function withChoices(
  text: string,
  choices: Content[] | null | undefined,
  around: Surroundings,
): Typed {
  const replies = (choices ?? []).filter(({ text_message }) => text_message)
    .map(({ text_message: { text: title }, postback_data }) => ({
      id: postback_data || title,
      title,
    }));
  const lines = (choices ?? []).filter(({ text_message }) => !text_message)
    .map(choiceLine);
  const body = [text, ...lines.length > 0 ? ["", ...lines] : []].join("\n");
  if (replies.length > MAX_BUTTONS) {
    const action = { button: "Menu", sections: [{ rows: replies }] };
    return interactive("list", body, action, around);
  }
  if (replies.length > 0) {
    const buttons = replies.map((reply) => ({ type: "reply", reply }));
    return interactive("button", body, { buttons }, around);
  }
  return around.media
    ? [mediaType(around.media), { link: around.media, caption: body }]
    : ["text", { body }];
}

function interactive(
  type: string,
  text: string,
  action: unknown,
  { media, header, footer }: Surroundings,
): Typed {
  return ["interactive", {
    type,
    header: media
      ? { type: mediaType(media), [mediaType(media)]: { link: media } }
      : header
      ? { type: "text", text: header }
      : undefined,
    body: { text },
    footer: footer ? { text: footer } : undefined,
    action,
  }];
}

function section({ title, items }: Content) {
  return items[0].product
    ? {
      title,
      product_items: items.map(({ product }: Content) => ({
        product_retailer_id: product.id,
      })),
    }
    : {
      title,
      rows: items.map((
        { choice: { title, description, postback_data } }: Content,
      ) => ({ id: postback_data || title, title, description })),
    };
}

function specificMessage({ message_type, message }: Content): Typed {
  return [message_type.toLowerCase(), message];
}

/** By the ending of its path. */
function mediaType(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  if (/\.(jpe?g|png|webp)$/i.test(path)) return "image";
  if (/\.(mp4|3gp)$/i.test(path)) return "video";
  return /\.(aac|amr|mp3|m4a|ogg)$/i.test(path) ? "audio" : "document";
}
