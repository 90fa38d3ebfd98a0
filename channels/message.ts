/**
 * What a message to a contact holds, in the API's own words. As in its JSON, a
 * field that is absent may be null.
 *
 * @see https://developers.sinch.com/docs/conversation/message-types/
 */
type Optional<T> = { [Field in keyof T]?: T[Field] | null };

export interface TextMessage {
  text: string;
}

export type Media =
  & { url: string }
  & Optional<{ thumbnail_url: string; filename_override: string }>;

export type Location =
  & { title: string; coordinates: { latitude: number; longitude: number } }
  & Optional<{ label: string }>;

interface Calendar {
  title: string;
  event_title: string;
  event_description?: string | null;
  fallback_url: string;
}

/** Exactly one kind. */
export type Choice = Optional<{
  text_message: TextMessage;
  url_message: { title: string; url: string };
  call_message: { title: string; phone_number: string };
  location_message: Location;
  calendar_message: Calendar;
  share_location_message: { title: string; fallback_url: string };
  postback_data: string;
}>;

export type Card = Optional<{
  title: string;
  description: string;
  media_message: Media;
  choices: Choice[];
  message_properties: Optional<{ whatsapp_header: string }>;
}>;

export type ListItem = Optional<{
  choice:
    & { title: string }
    & Optional<{ description: string; media: Media; postback_data: string }>;
  product: { id: string };
}>;

export type ListSection = { items: ListItem[] } & Optional<{ title: string }>;

export type OmniTemplate =
  & { template_id: string; version: string }
  & Optional<{ language_code: string; parameters: Record<string, string> }>;

/** A template that is stored at the channel. */
export type ChannelTemplate =
  & { template_id: string }
  & Optional<{
    version: string;
    language_code: string;
    parameters: Record<string, string>;
  }>;

/** The nine contents, by the names of their fields. */
export interface Contents {
  text_message: TextMessage;
  media_message: Media;
  card_message: Card;
  carousel_message: { cards: Card[] } & Optional<{ choices: Choice[] }>;
  choice_message:
    & { choices: Choice[] }
    & Optional<{
      text_message: TextMessage;
      message_properties: Optional<{ whatsapp_footer: string }>;
    }>;
  location_message: Location;
  list_message:
    & { title: string; sections: ListSection[] }
    & Optional<{
      description: string;
      media: Media;
      message_properties: Optional<
        { catalog_id: string; menu: string; whatsapp_header: string }
      >;
    }>;
  template_message: Optional<{
    omni_template: OmniTemplate;
    channel_template: Record<string, ChannelTemplate>;
  }>;
  contact_info_message: {
    name: { full_name: string };
    phone_numbers: { phone_number: string }[];
  } & Optional<{ email_addresses: Record<string, unknown>[] }>;
}

export type ContentName = keyof Contents;

export const CONTENT_NAMES: readonly ContentName[] = [
  "text_message",
  "media_message",
  "card_message",
  "carousel_message",
  "choice_message",
  "location_message",
  "list_message",
  "template_message",
  "contact_info_message",
];

/** What has one content under its name: a message, or a template's translation. */
export type ContentHolder = Optional<Contents>;

/** One content with its name. */
export type Content<N extends ContentName = ContentName> = {
  [K in N]: { name: K; body: Contents[K] };
}[N];

/** A message: one content, or what is only for one channel. */
export type Message =
  & ContentHolder
  & Optional<{
    /** The channel's own request, by channel. */
    explicit_channel_message: Record<string, string>;
    explicit_channel_omni_message: Record<
      string,
      ContentHolder & Optional<{ template_reference: OmniTemplate }>
    >;
    channel_specific_message: Record<
      string,
      { message_type: string; message: Record<string, unknown> }
    >;
  }>;

export function contentOf(holder: ContentHolder): Content | undefined {
  const name = CONTENT_NAMES.find((one) => holder[one]);
  // TypeScript cannot see that name and body belong together.
  return name && { name, body: holder[name] } as Content;
}

export function holderOf({ name, body }: Content): ContentHolder {
  return { [name]: body };
}

/** What each kind of choice does when it is tapped. */
export type ChoiceKind =
  | "text"
  | "url"
  | "call"
  | "location"
  | "calendar"
  | "share_location";

const CHOICE_KINDS: readonly ChoiceKind[] = [
  "text",
  "url",
  "call",
  "location",
  "calendar",
  "share_location",
];

export function kindOf(choice: Choice): ChoiceKind {
  return CHOICE_KINDS.find((kind) => choice[`${kind}_message`]) ?? "text";
}

/** What a choice shows on its button. */
export function labelOf(choice: Choice): string {
  const body = choice[`${kindOf(choice)}_message`];
  return !body ? "" : "text" in body ? body.text : body.title;
}

/** The shortest number that is the same 32-bit float, as the API keeps coordinates. */
export function float32(value: number): number {
  const rounded = Math.fround(value);
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(rounded.toPrecision(digits));
    if (Math.fround(short) === rounded) return short;
  }
  return Number(rounded.toPrecision(9));
}
