/**
 * What `messages:transcode` returns: the request that a channel would receive.
 * Only WhatsApp's requests for text and locations are documented. Its others
 * follow Meta's public API; on other channels a content keeps the Conversation
 * API's field names.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/transcoding/
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages/
 */
import type { Shown } from "../../channels/arrival.ts";
import {
  type ChannelTemplate,
  type Choice,
  type Content,
  contentOf,
  type Contents,
  float32,
  type ListSection,
  type Message,
} from "../../channels/message.ts";
import { choiceLine } from "../../channels/plain_text.ts";

/** Compact JSON, or plain text if the channel receives only that. */
export function channelRequest(
  { content, text, subject }: Shown,
  channel: string,
  to: string,
): string {
  const own = content.explicit_channel_message?.[channel];
  if (own) return own;
  if (channel === "WHATSAPP") {
    return JSON.stringify({
      to,
      ...whatsMessage(content, text),
      messaging_product: "whatsapp",
      biz_opaque_callback_data: null,
    });
  }
  if (content.text_message) return text;
  return JSON.stringify({ to, subject, ...content });
}

type Typed = [type: string, body: unknown];

function whatsMessage(message: Message, text: string): object {
  const [type, body] = typedMessage(message, text);
  return { type, recipient_type: "individual", [type]: body };
}

function typedMessage(message: Message, text: string): Typed {
  const specific = message.channel_specific_message?.WHATSAPP;
  if (specific) return [specific.message_type.toLowerCase(), specific.message];
  const content = contentOf(message);
  return content && ownMessage(content) || ["text", { body: text }];
}

/** Contents that WhatsApp shows as something other than text. */
function ownMessage({ name, body }: Content): Typed | undefined {
  switch (name) {
    case "media_message":
      return media(body);
    case "location_message":
      return location(body);
    case "choice_message":
      return withChoices(body.text_message?.text ?? "", body.choices, {
        footer: body.message_properties?.whatsapp_footer,
      });
    case "card_message":
      return withChoices(
        [body.title, body.description].filter(Boolean).join("\n"),
        body.choices,
        {
          media: body.media_message?.url,
          header: body.message_properties?.whatsapp_header,
        },
      );
    case "list_message":
      return list(body);
    case "template_message":
      return template(body.channel_template?.WHATSAPP);
    default:
      return undefined;
  }
}

function media({ url, filename_override }: Contents["media_message"]): Typed {
  const type = mediaType(url);
  return [type, {
    link: url,
    filename: type === "document" ? filename_override : undefined,
  }];
}

function location(
  { title, label, coordinates }: Contents["location_message"],
): Typed {
  return ["location", {
    longitude: String(float32(coordinates.longitude)),
    latitude: String(float32(coordinates.latitude)),
    name: title,
    address: label ?? "",
  }];
}

function list(
  { title, description, media, sections, message_properties: properties }:
    Contents["list_message"],
): Typed {
  const hasProducts = sections[0]?.items[0]?.product;
  return interactive(
    hasProducts ? "product_list" : "list",
    description ? `${title}\n${description}` : title,
    {
      button: properties?.menu || "Menu",
      catalog_id: properties?.catalog_id,
      sections: sections.map(section),
    },
    { media: media?.url, header: properties?.whatsapp_header },
  );
}

function template(template: ChannelTemplate | undefined): Typed | undefined {
  return template && ["template", {
    name: template.template_id,
    language: { policy: "deterministic", code: template.language_code },
    parameters: template.parameters,
  }];
}

const MAX_BUTTONS = 3;

interface Surroundings {
  media?: string | null;
  header?: string | null;
  footer?: string | null;
}

/** Text choices become buttons or rows; other choices become lines of text. */
function withChoices(
  text: string,
  choices: Choice[] | null | undefined,
  around: Surroundings,
): Typed {
  const replies: { id: string; title: string }[] = [];
  const lines: string[] = [];
  for (const choice of choices ?? []) {
    const title = choice.text_message?.text;
    if (title === undefined) lines.push(choiceLine(choice));
    else replies.push({ id: choice.postback_data || title, title });
  }
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

function section({ title, items }: ListSection) {
  const products = items.flatMap(({ product }) => product ?? []);
  return products.length > 0
    ? {
      title,
      product_items: products.map(({ id }) => ({ product_retailer_id: id })),
    }
    : {
      title,
      rows: items.flatMap(({ choice }) =>
        choice
          ? [{
            id: choice.postback_data || choice.title,
            title: choice.title,
            description: choice.description,
          }]
          : []
      ),
    };
}

/** The media type by file extension. */
function mediaType(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  if (/\.(jpe?g|png|webp)$/i.test(path)) return "image";
  if (/\.(mp4|3gp)$/i.test(path)) return "video";
  return /\.(aac|amr|mp3|m4a|ogg)$/i.test(path) ? "audio" : "document";
}
