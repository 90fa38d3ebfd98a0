/**
 * What a phone shows, as blocks from top to bottom: a model that a terminal or a
 * page can draw.
 */
import { kindOfType, type MediaKind, typeOfUrl } from "./media.ts";
import {
  type Card,
  type Choice,
  type ChoiceKind,
  type Content,
  contentOf,
  kindOf,
  labelOf,
  type Location,
  type Media,
  type Message,
} from "./message.ts";
import { plainText } from "./plain_text.ts";

export type Block =
  | {
    block: "text";
    text: string;
    role: "body" | "title" | "subject" | "header" | "footer";
  }
  | {
    block: "media";
    /** Absent if the address does not say it. */
    kind?: MediaKind;
    url: string;
    /** The name that is shown for a document. */
    name?: string;
  }
  | { block: "buttons"; buttons: Button[] }
  | {
    block: "list";
    /** The label of the button that opens it. */
    button: string;
    sections: {
      title: string;
      rows: { title: string; description: string }[];
    }[];
  }
  | { block: "cards"; cards: Block[][] }
  | {
    block: "location";
    title: string;
    label: string;
    latitude: number;
    longitude: number;
  }
  | {
    block: "template";
    name: string;
    language: string;
    parameters: Record<string, string>;
  }
  /** What only the channel can read. */
  | { block: "raw"; json: string };

export interface Button {
  label: string;
  /** What a tap does. */
  kind: ChoiceKind;
  /** The address, number or place that it opens. */
  target?: string;
}

/** Of a message with a single content, as a channel shows it. */
export function blocksOf(message: Message, channel: string): Block[] {
  const content = contentOf(message);
  if (content) return CONTENT[content.name](content as never, channel);
  const raw = message.explicit_channel_message?.[channel];
  if (raw !== undefined) return [{ block: "raw", json: raw }];
  const specific = message.channel_specific_message?.[channel];
  return specific ? [{ block: "raw", json: JSON.stringify(specific) }] : [];
}

const CONTENT: {
  [N in Content["name"]]: (content: Content<N>, channel: string) => Block[];
} = {
  text_message: ({ body }) => text(body.text),
  media_message: ({ body }) => [media(body)],
  choice_message: ({ body }, channel) => [
    ...text(body.text_message?.text),
    ...channel === "WHATSAPP"
      ? text(body.message_properties?.whatsapp_footer, "footer")
      : [],
    ...buttons(body.choices),
  ],
  card_message: ({ body }, channel) => card(body, channel),
  carousel_message: ({ body }, channel) => [
    { block: "cards", cards: body.cards.map((one) => card(one, channel)) },
    ...buttons(body.choices),
  ],
  location_message: ({ body }) => [location(body)],
  list_message: ({ body }) => [
    ...text(body.message_properties?.whatsapp_header, "header"),
    ...text(body.title, "title"),
    ...text(body.description),
    {
      block: "list",
      button: body.message_properties?.menu || "Menu",
      sections: body.sections.map(({ title, items }) => ({
        title: title ?? "",
        rows: items.map(({ choice, product }) => ({
          title: choice?.title ?? product?.id ?? "",
          description: choice?.description ?? "",
        })),
      })),
    },
  ],
  template_message: ({ body }, channel) => {
    const { template_id, language_code, parameters } =
      body.channel_template?.[channel] ?? body.omni_template ??
        { template_id: "" };
    return [{
      block: "template",
      name: template_id,
      language: language_code ?? "",
      parameters: parameters ?? {},
    }];
  },
  contact_info_message: ({ body }) =>
    text(plainText({ contact_info_message: body })),
};

type TextBlock = Extract<Block, { block: "text" }>;

function text(
  text: string | null | undefined,
  role: TextBlock["role"] = "body",
): Block[] {
  return text ? [{ block: "text", text, role }] : [];
}

function media({ url, filename_override: name }: Media): Block {
  return {
    block: "media",
    kind: kindOfType(typeOfUrl(url)),
    url,
    ...name ? { name } : {},
  };
}

function location({ title, label, coordinates }: Location): Block {
  return { block: "location", title, label: label ?? "", ...coordinates };
}

function card(
  { title, description, media_message, choices, message_properties }: Card,
  channel: string,
): Block[] {
  const hasHeader = channel === "WHATSAPP" && !media_message &&
    (choices ?? []).length > 0;
  const isSubject = channel === "MMS";
  return [
    ...isSubject ? text(title, "subject") : [],
    ...media_message ? [media(media_message)] : [],
    ...hasHeader ? text(message_properties?.whatsapp_header, "header") : [],
    ...isSubject ? [] : text(title, "title"),
    ...text(description),
    ...buttons(choices),
  ];
}

function buttons(choices: Choice[] | null | undefined): Block[] {
  const all = (choices ?? []).map((choice): Button => ({
    label: labelOf(choice),
    kind: kindOf(choice),
    target: targetOf(choice),
  }));
  return all.length > 0 ? [{ block: "buttons", buttons: all }] : [];
}

function targetOf(choice: Choice): string | undefined {
  const { location_message: place } = choice;
  return choice.url_message?.url ?? choice.call_message?.phone_number ??
    (place
      ? `${place.coordinates.latitude}, ${place.coordinates.longitude}`
      : choice.calendar_message?.event_title);
}
