/** One case for each limit of each channel, on it and beyond it. */
export interface Case {
  channel: string;
  name: string;
  message: Record<string, unknown>;
  properties?: Record<string, string>;
  /**
   * `native`; `text`: shown as something else; `cut` and `dropped`: parts are
   * missing; `warned`: native with a warning; else the reason code of its
   * failure.
   */
  outcome: string;
}

type Message = Record<string, unknown>;

const a = (count: number) => "a".repeat(count);
const many = <T>(count: number, of: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => of(at));

const text = (text: string): Message => ({ text_message: { text } });
const reply = (text: string, postback_data?: string) => ({
  text_message: { text },
  postback_data,
});
const url = (title: string, url = "https://example.com") => ({
  url_message: { title, url },
});
const call = (title: string) => ({
  call_message: { title, phone_number: "+15557654321" },
});
const place = (title: string, label?: string) => ({
  location_message: {
    title,
    label,
    coordinates: { latitude: 55.5, longitude: 13 },
  },
});
const calendar = (more: Record<string, string> = {}) => ({
  calendar_message: {
    title: "Save",
    event_start: "2026-03-01T10:00:00Z",
    event_end: "2026-03-01T11:00:00Z",
    event_title: "Party",
    fallback_url: "https://example.com",
    ...more,
  },
});
const replies = (count: number) => many(count, (at) => reply(`Label ${at}`));

const choice = (choices: unknown[], text = "Well?", footer?: string) => ({
  choice_message: {
    text_message: { text },
    choices,
    ...footer ? { message_properties: { whatsapp_footer: footer } } : {},
  },
});
const IMAGE = "https://example.com/a.jpg";
const media = (file: string, more: Message = {}): Message => ({
  media_message: { url: `https://example.com/${file}`, ...more },
});
const card = (more: Message = {}): Message => ({
  card_message: { title: "Title", media_message: { url: IMAGE }, ...more },
});
const carousel = (cards: unknown[], choices?: unknown[]): Message => ({
  carousel_message: { cards, choices },
});
const column = (more: Message = {}) => ({
  title: "Title",
  description: "Text",
  media_message: { url: IMAGE },
  ...more,
});
const location: Message = { ...place("Home") };

const row = (title: string, more: Message = {}) => ({
  choice: { title, ...more },
});
const rows = (count: number) => many(count, (at) => row(`Row ${at}`));
const list = (items: unknown[], more: Message = {}): Message => ({
  list_message: {
    title: "Menu",
    sections: [{ title: "Fruit", items }],
    ...more,
  },
});
const sections = (titles: (string | undefined)[]): Message =>
  list([], {
    sections: titles.map((title, at) => ({ title, items: [row(`${at}`)] })),
  });

const template = (parameters: Record<string, string>): Message => ({
  template_message: {
    channel_template: {
      WHATSAPP: { template_id: "hello", language_code: "en", parameters },
    },
  },
});

/** A limit: the message on it, the message beyond it, and what happens there. */
type Limit = [name: string, on: Message, beyond: Message, outcome: string];

const FAILS = "BAD_REQUEST";
const REFUSED = "INVALID_ARGUMENT";

const LIMITS: Record<string, Limit[]> = {
  WHATSAPP: [
    ["text of 4,096", text(a(4096)), text(a(4097)), FAILS],
    [
      "emoji count as one",
      text("😀".repeat(4096)),
      text("😀".repeat(4097)),
      FAILS,
    ],
    ["3 choices", choice(replies(3)), choice(replies(4)), "text"],
    [
      "10 choices in a request",
      choice(replies(3)),
      choice(replies(11)),
      REFUSED,
    ],
    ["label of 20", choice([reply(a(20))]), choice([reply(a(21))]), "text"],
    [
      "labels that differ",
      choice([reply("A"), reply("B")]),
      choice([reply("A"), reply("A")]),
      "text",
    ],
    [
      "label without markdown",
      choice([reply("2 * 3 * 4")]),
      choice([reply("*now*")]),
      "text",
    ],
    [
      "all text choices",
      choice([reply("A")]),
      choice([reply("A"), url("B")]),
      "text",
    ],
    [
      "postback of 229",
      choice([reply("A", a(229))]),
      choice([reply("A", a(230))]),
      "text",
    ],
    [
      "text above choices of 1,024",
      choice(replies(1), a(1024)),
      choice(replies(1), a(1025)),
      "text",
    ],
    [
      "one URL choice",
      choice([url("A")]),
      choice([url("A"), url("B")]),
      "text",
    ],
    [
      "a URL choice, not a call",
      choice([url("A")]),
      choice([call("A")]),
      "text",
    ],
    ["URL label of 20", choice([url(a(20))]), choice([url(a(21))]), FAILS],
    [
      "text above a URL button of 1,024",
      choice([url("A")], a(1024)),
      choice([url("A")], a(1025)),
      FAILS,
    ],
    [
      "footer of 60",
      choice(replies(1), "A", a(60)),
      choice(replies(1), "A", a(61)),
      FAILS,
    ],
    [
      "card title of 1,024",
      card({ title: a(1024), choices: replies(1) }),
      card({
        title: a(1020),
        description: "a",
        choices: replies(4),
        media_message: null,
      }),
      "text",
    ],
    [
      "card description of 60",
      card({ description: a(60), choices: replies(1) }),
      card({ description: a(61), choices: replies(1) }),
      "text",
    ],
    [
      "3 choices of a card",
      card({ choices: replies(3) }),
      card({ choices: replies(4) }),
      "text",
    ],
    [
      "card label of 20",
      card({ choices: [reply(a(20))] }),
      card({ choices: [reply(a(21))] }),
      "text",
    ],
    [
      "card postback of 229",
      card({ choices: [reply("A", a(229))] }),
      card({ choices: [reply("A", a(230))] }),
      "text",
    ],
    [
      "card with one URL choice",
      card({ choices: [url("A")] }),
      card({ choices: [url("A"), reply("B")] }),
      "text",
    ],
    [
      "header of 60",
      card({
        media_message: null,
        choices: replies(1),
        message_properties: { whatsapp_header: a(60) },
      }),
      card({
        media_message: null,
        choices: replies(1),
        message_properties: { whatsapp_header: a(61) },
      }),
      FAILS,
    ],
    [
      "caption of 1,024",
      card({ title: a(1024) }),
      card({ title: a(1025) }),
      FAILS,
    ],
    [
      "card with a video",
      card({
        media_message: { url: "https://example.com/a.mp4" },
        choices: replies(1),
      }),
      card({
        media_message: { url: "https://example.com/a.mp3" },
        choices: replies(1),
      }),
      "text",
    ],
    [
      "card, not a carousel",
      card({ choices: replies(1) }),
      carousel([column(), column()]),
      "text",
    ],
    ["10 rows", list(rows(10)), list(rows(11)), REFUSED],
    ["row title of 24", list([row(a(24))]), list([row(a(25))]), FAILS],
    [
      "row description of 72",
      list([row("A", { description: a(72) })]),
      list([row("A", { description: a(73) })]),
      FAILS,
    ],
    [
      "row postback of 200",
      list([row("A", { postback_data: a(200) })]),
      list([row("A", { postback_data: a(201) })]),
      FAILS,
    ],
    ["section title of 24", sections([a(24)]), sections([a(25)]), FAILS],
    [
      "titles of several sections",
      sections(["A", "B"]),
      sections(["A", undefined]),
      FAILS,
    ],
    [
      "list button of 20",
      list(rows(1), { message_properties: { menu: a(20) } }),
      list(rows(1), { message_properties: { menu: a(21) } }),
      FAILS,
    ],
    [
      "list header of 60",
      list(rows(1), { message_properties: { whatsapp_header: a(60) } }),
      list(rows(1), { message_properties: { whatsapp_header: a(61) } }),
      FAILS,
    ],
    [
      "list text of 1,024",
      list(rows(1), { description: a(1019) }),
      list(rows(1), { description: a(1020) }),
      FAILS,
    ],
    [
      "list header without media",
      list(rows(1)),
      list(rows(1), { media: { url: IMAGE } }),
      "dropped",
    ],
    ["jpeg", media("a.jpg"), media("a.gif"), "text"],
    ["3gpp", media("a.3gp"), media("a.mov"), "text"],
    ["ogg", media("a.ogg"), media("a.wav"), "text"],
    [
      "parameter name",
      template({ "body[1]text": "Ada" }),
      template({ name: "Ada" }),
      FAILS,
    ],
    [
      "parameter of a header",
      template({ "header[1]image.link": IMAGE }),
      template({ "header[2]image.link": IMAGE }),
      FAILS,
    ],
    [
      "parameter of a button",
      template({ "button[0]url[1]text": "x" }),
      template({ "button[0]url[2]text": "x" }),
      FAILS,
    ],
    [
      "parameter of a carousel",
      template({ "carousel[0]body[1]text": "x" }),
      template({ "carousel[10]body[1]text": "x" }),
      FAILS,
    ],
    [
      "parameters without a gap",
      template({ "body[1]text": "a", "body[2]text": "b" }),
      template({ "body[1]text": "a", "body[3]text": "b" }),
      "TEMPLATE_INSUFFICIENT_PARAMETERS",
    ],
    [
      "parameter of one line",
      template({ "body[1]text": "a b" }),
      template({ "body[1]text": "a\nb" }),
      FAILS,
    ],
    [
      "parameter without a tab",
      template({ "body[1]text": "a b" }),
      template({ "body[1]text": "a\tb" }),
      FAILS,
    ],
    [
      "3 spaces in a parameter",
      template({ "body[1]text": "a   b" }),
      template({ "body[1]text": "a    b" }),
      FAILS,
    ],
    [
      "header parameter of 60",
      template({ "header[1]text": a(60) }),
      template({ "header[1]text": a(61) }),
      FAILS,
    ],
  ],
  RCS: [
    ["text of 2,000", text(a(2000)), text(a(2001)), FAILS],
    [
      "text above choices of 2,000",
      choice(replies(1), a(2000)),
      choice(replies(1), a(2001)),
      FAILS,
    ],
    ["label of 25", choice([reply(a(25))]), choice([reply(a(26))]), FAILS],
    [
      "label of a URL choice of 25",
      choice([url(a(25))]),
      choice([url(a(26))]),
      FAILS,
    ],
    [
      "URL of 2,048",
      choice([url("A", `https://a.example/${a(2030)}`)]),
      choice([url("A", `https://a.example/${a(2031)}`)]),
      FAILS,
    ],
    [
      "location label of 1,000",
      choice([place("A", a(1000))]),
      choice([place("A", a(1001))]),
      FAILS,
    ],
    [
      "event title of 1,024",
      choice([calendar({ event_title: a(1024) })]),
      choice([calendar({ event_title: a(1025) })]),
      FAILS,
    ],
    [
      "event description of 1,024",
      choice([calendar({ event_description: a(1024) })]),
      choice([calendar({ event_description: a(1025) })]),
      FAILS,
    ],
    [
      "postback of 768 bytes",
      choice([reply("A", a(768))]),
      choice([reply("A", "å".repeat(385))]),
      FAILS,
    ],
    [
      "card title of 200 bytes",
      card({ title: "å".repeat(100) }),
      card({ title: "å".repeat(101) }),
      FAILS,
    ],
    [
      "card description of 2,000 bytes",
      card({ description: a(2000) }),
      card({ description: `${a(1999)}å` }),
      FAILS,
    ],
    [
      "4 choices of a card",
      card({ choices: replies(4) }),
      card({ choices: replies(5) }),
      FAILS,
    ],
    [
      "4 choices of a carousel card",
      carousel([column(), column({ choices: replies(4) })]),
      carousel([column(), column({ choices: replies(5) })]),
      FAILS,
    ],
    ["2 cards", carousel([column(), column()]), carousel([column()]), "text"],
    [
      "10 cards",
      carousel(many(10, () => column())),
      carousel(many(11, () => column())),
      REFUSED,
    ],
    [
      "3 outer choices",
      carousel([column(), column()], replies(3)),
      carousel([column(), column()], replies(4)),
      FAILS,
    ],
    [
      "3 outer choices of any kind",
      carousel([column(), column()], [url("A")]),
      carousel([column(), column()], many(4, () => url("A"))),
      REFUSED,
    ],
    ["pdf", media("a.pdf"), media("a.docx"), "MEDIA_TYPE_UNSUPPORTED"],
    ["a choice, not a list", choice(replies(10)), list(rows(1)), FAILS],
    ["a card, not a location", card(), location, "text"],
  ],
  SMS: [
    ["160 septets", text(a(160)), text(a(161)), "warned"],
    ["153 in each of several", text("a"), text("]".repeat(81)), "warned"],
    ["70 UTF-16 units", text("ж".repeat(70)), text("ж".repeat(71)), "warned"],
    ["a text, not a choice", text("A"), choice(replies(1)), "text"],
    ["a link, not a card", media("a.jpg"), card(), "text"],
    [
      "a map link, not a carousel",
      location,
      carousel([column(), column()]),
      "text",
    ],
    ["no list", text("A"), list(rows(1)), FAILS],
  ],
  MMS: [
    ["subject of 80", card({ title: a(80) }), card({ title: a(81) }), "cut"],
    ["png", media("a.png"), media("a.svg"), "MEDIA_TYPE_UNSUPPORTED"],
    ["3gpp", media("a.3gp"), media("a.webm"), "MEDIA_TYPE_UNSUPPORTED"],
    ["amr", media("a.amr"), media("a.ogg"), "MEDIA_TYPE_UNSUPPORTED"],
    ["vcf", media("a.vcf"), media("a.docx"), "MEDIA_TYPE_UNSUPPORTED"],
    ["a card, not a choice", card(), choice(replies(1)), "text"],
    ["no location", text("A"), location, "text"],
    ["no list", text("A"), list(rows(1)), FAILS],
  ],
  MESSENGER: [
    ["text of 2,000", text(a(2000)), text(a(2001)), FAILS],
    ["label of 20", choice([reply(a(20))]), choice([reply(a(21))]), FAILS],
    [
      "postback of 1,000",
      choice([reply("A", a(1000))]),
      choice([reply("A", a(1001))]),
      FAILS,
    ],
    [
      "3 choices that are not all text",
      choice([url("A"), call("B"), reply("C")]),
      choice([url("A"), call("B"), reply("C"), reply("D")]),
      FAILS,
    ],
    [
      "text above buttons of 640",
      choice([url("A")], a(640)),
      choice([url("A")], a(641)),
      FAILS,
    ],
    ["no calendar choice", choice([place("A")]), choice([calendar()]), "text"],
    ["card title of 80", card({ title: a(80) }), card({ title: a(81) }), FAILS],
    [
      "card description of 80",
      card({ description: a(80) }),
      card({ description: a(81) }),
      FAILS,
    ],
    [
      "3 choices of a card",
      card({ choices: replies(3) }),
      card({ choices: replies(4) }),
      FAILS,
    ],
    [
      "something beside the title",
      card({ media_message: null, description: "A" }),
      card({ media_message: null }),
      FAILS,
    ],
    [
      "13 outer text choices",
      carousel([column()], replies(13)),
      carousel([column()], replies(14)),
      REFUSED,
    ],
    [
      "card with an image",
      card(),
      card({ media_message: { url: "https://example.com/a.mp4" } }),
      "text",
    ],
    ["no list", location, list(rows(1)), FAILS],
  ],
  INSTAGRAM: [
    [
      "text of 1,000 bytes",
      text("ж".repeat(500)),
      text("ж".repeat(501)),
      FAILS,
    ],
    [
      "1,000 bytes of emoji",
      text("😀".repeat(250)),
      text("😀".repeat(251)),
      FAILS,
    ],
    ["label of 20", choice([reply(a(20))]), choice([reply(a(21))]), "cut"],
    [
      "text above choices of 1,000 bytes",
      choice(replies(1), a(1000)),
      choice(replies(1), a(1001)),
      FAILS,
    ],
    [
      "postback of 1,000",
      choice([reply("A", a(1000))]),
      choice([reply("A", a(1001))]),
      FAILS,
    ],
    [
      "3 buttons",
      choice([url("A"), url("B"), url("C")]),
      choice(many(4, (at) => url(`${at}`))),
      FAILS,
    ],
    [
      "text above buttons of 640",
      choice([url("A")], a(640)),
      choice([url("A")], a(641)),
      FAILS,
    ],
    ["card title of 80", card({ title: a(80) }), card({ title: a(81) }), FAILS],
    [
      "card description of 80",
      card({ description: a(80) }),
      card({ description: a(81) }),
      FAILS,
    ],
    [
      "3 choices of a card",
      card({ choices: replies(3) }),
      card({ choices: replies(4) }),
      FAILS,
    ],
    [
      "outer choices",
      carousel([column(), column()]),
      carousel([column(), column()], replies(1)),
      "dropped",
    ],
    ["images", media("a.gif"), media("a.mp4"), "text"],
    ["no location", card(), location, "text"],
    ["no list", card(), list(rows(1)), FAILS],
  ],
  VIBERBM: [
    ["text of 1,000", text(a(1000)), text(a(1001)), "cut"],
    ["one choice", choice([url("A")]), choice([url("A"), url("B")]), "text"],
    ["no text choice", choice([call("A")]), choice([reply("A")]), "text"],
    [
      "a location choice, not a calendar",
      choice([place("A")]),
      choice([calendar()]),
      "text",
    ],
    ["choice title of 30", choice([url(a(30))]), choice([url(a(31))]), "cut"],
    [
      "card with an image and a choice",
      card({ choices: [url("A")] }),
      card(),
      "text",
    ],
    [
      "card with an image",
      card({ choices: [url("A")] }),
      card({ media_message: null, choices: [url("A")] }),
      "text",
    ],
    [
      "card without a video",
      card({ choices: [url("A")] }),
      card({
        media_message: { url: "https://example.com/a.mp4" },
        choices: [url("A")],
      }),
      "text",
    ],
    ["png", media("a.png"), media("a.gif"), "MEDIA_TYPE_UNSUPPORTED"],
    ["docx", media("a.docx"), media("a.pptx"), FAILS],
    [
      "video with a thumbnail",
      media("a.mp4", { thumbnail_url: IMAGE }),
      media("a.mp4"),
      FAILS,
    ],
    [
      "thumbnail of 1,000",
      media("a.mp4", { thumbnail_url: `https://a.example/${a(982)}` }),
      media("a.mp4", { thumbnail_url: `https://a.example/${a(983)}` }),
      FAILS,
    ],
    ["no location", text("A"), location, "text"],
    ["no list", text("A"), list(rows(1)), FAILS],
  ],
  TELEGRAM: [
    ["text of 4,096", text(a(4096)), text(a(4097)), FAILS],
    [
      "text above choices of 4,096",
      choice(replies(1), a(4096)),
      choice(replies(1), a(4097)),
      FAILS,
    ],
    [
      "caption of 1,024",
      card({ title: a(1024) }),
      card({ title: a(1025) }),
      FAILS,
    ],
    [
      "postback of 64 bytes",
      choice([reply("A", "å".repeat(32))]),
      choice([reply("A", "å".repeat(33))]),
      FAILS,
    ],
    ["a card, not a carousel", card(), carousel([column(), column()]), "text"],
    ["no list", location, list(rows(1)), FAILS],
  ],
  LINE: [
    [
      "text of 5,000 UTF-16 units",
      text("😀".repeat(2500)),
      text("😀".repeat(2501)),
      FAILS,
    ],
    [
      "text above choices of 160 graphemes",
      choice(replies(1), "👨‍👩‍👧".repeat(160)),
      choice(replies(1), a(161)),
      FAILS,
    ],
    [
      "label of 20 graphemes",
      choice([reply("👨‍👩‍👧".repeat(20))]),
      choice([reply(a(21))]),
      FAILS,
    ],
    [
      "postback of 300",
      choice([reply("A", a(300))]),
      choice([reply("A", a(301))]),
      FAILS,
    ],
    ["4 choices", choice(replies(4)), choice(replies(5)), FAILS],
    ["card title of 40", card({ title: a(40) }), card({ title: a(41) }), FAILS],
    [
      "description of 60 beside a title",
      card({ description: a(60) }),
      card({ description: a(61) }),
      FAILS,
    ],
    ["description of 160 alone", { card_message: { description: a(160) } }, {
      card_message: { description: a(161) },
    }, FAILS],
    [
      "description of 120 in a carousel",
      carousel(many(2, () => ({ description: a(120) }))),
      carousel(many(2, () => ({ description: a(121) }))),
      FAILS,
    ],
    [
      "4 choices of a card",
      card({ choices: replies(4) }),
      card({ choices: replies(5) }),
      FAILS,
    ],
    [
      "3 choices of a carousel card",
      carousel(many(2, () => column({ choices: replies(3) }))),
      carousel(many(2, () => column({ choices: replies(4) }))),
      FAILS,
    ],
    [
      "as many choices in every card",
      carousel(many(2, () => column({ choices: replies(1) }))),
      carousel([column({ choices: replies(1) }), column()]),
      FAILS,
    ],
    ["HTTPS", media("a.jpg"), {
      media_message: { url: "http://example.com/a.jpg" },
    }, FAILS],
    [
      "URL of 1,000",
      { media_message: { url: `https://a.example/${a(978)}.jpg` } },
      { media_message: { url: `https://a.example/${a(979)}.jpg` } },
      FAILS,
    ],
    ["png", media("a.png"), media("a.gif"), "MEDIA_TYPE_UNSUPPORTED"],
    ["no list", location, list(rows(1)), FAILS],
  ],
  KAKAOTALK: [
    ["a card, not a carousel", card(), carousel([column(), column()]), "text"],
    ["no location", choice(replies(1)), location, "text"],
    ["text of 1,000", text(a(1000)), text(a(1001)), "warned"],
    ["5 choices", choice(replies(5)), choice(replies(6)), "warned"],
    ["no list", text("A"), list(rows(1)), FAILS],
  ],
  WECHAT: [
    ["media, not a choice", media("a.jpg"), choice(replies(1)), "text"],
    ["media, not a card", media("a.jpg"), card(), "text"],
    ["no list", text("A"), list(rows(1)), FAILS],
  ],
};

const PROPERTIES: [
  channel: string,
  name: string,
  on: string,
  beyond: string,
  outcome: string,
  message?: Message,
][] = [
  ["SMS", "SMS_MAX_NUMBER_OF_MESSAGE_PARTS", "1", "0", FAILS],
  ["SMS", "SMS_MAX_NUMBER_OF_MESSAGE_PARTS", "10", "1.5", FAILS],
  ["SMS", "SMS_FLASH_MESSAGE", "true", "yes", FAILS],
  ["SMS", "SMS_SENDER", "12345678901", "1234567890123456789", FAILS],
  ["RCS", "RCS_WEBVIEW_MODE", "TALL", "SMALL", FAILS],
  ["RCS", "RCS_CARD_ORIENTATION", "VERTICAL", "UP", FAILS],
  ["RCS", "RCS_CARD_THUMBNAIL_IMAGE_ALIGNMENT", "LEFT", "TOP", FAILS],
  ["MMS", "MMS_STRICT_VALIDATION", "true", "maybe", FAILS],
  ["MESSENGER", "MESSENGER_MESSAGE_TAG", "HUMAN_AGENT", "HELLO", FAILS],
  ["INSTAGRAM", "INSTAGRAM_MESSAGE_TAG", "HUMAN_AGENT", "HELLO", FAILS],
  ["TELEGRAM", "TELEGRAM_DISABLE_LINK_PREVIEW", "true", "1", FAILS],
];

/** The most bytes of a file, and what becomes of one more. */
const SIZES: [channel: string, file: string, bytes: number, beyond?: string][] =
  [
    ["WHATSAPP", "a.jpg", 5_000_000],
    ["WHATSAPP", "a.mp4", 16_000_000],
    ["WHATSAPP", "a.ogg", 16_000_000],
    ["WHATSAPP", "a.pdf", 100_000_000],
    ["WHATSAPP", "a.webp", 100_000],
    ["RCS", "a.jpg", 100 * 1024 * 1024],
    ["MMS", "a.jpg", 1_000_000, "warned"],
    ["INSTAGRAM", "a.jpg", 8_000_000],
    ["VIBERBM", "a.jpg", 200_000_000],
    ["TELEGRAM", "a.jpg", 5_000_000],
    ["TELEGRAM", "a.mp4", 20_000_000],
    ["LINE", "a.jpg", 10_000_000],
    ["LINE", "a.mp4", 200_000_000],
  ];

export const CASES: Case[] = [
  ...SIZES.flatMap(([channel, file, bytes, beyond]): Case[] => [
    {
      channel,
      name: `${file} of ${bytes} bytes`,
      message: media(`${file}?sandbox-bytes=${bytes}`),
      outcome: "native",
    },
    {
      channel,
      name: `${file} of one byte more than ${bytes}`,
      message: media(`${file}?sandbox-bytes=${bytes + 1}`),
      outcome: beyond ?? "MEDIA_TOO_LARGE",
    },
  ]),
  {
    channel: "MMS",
    name: "100 MB of a picture, and more",
    message: media("a.jpg?sandbox-bytes=100000001"),
    outcome: "MEDIA_TOO_LARGE",
  },
  {
    channel: "RCS",
    name: "a type that the address does not show",
    message: media("a?sandbox-type=application/zip"),
    outcome: "MEDIA_TYPE_UNSUPPORTED",
  },
  ...Object.entries(LIMITS).flatMap(([channel, limits]) =>
    limits.flatMap(([name, on, beyond, outcome]): Case[] => [
      { channel, name: `${name}: on it`, message: on, outcome: "native" },
      { channel, name: `${name}: beyond it`, message: beyond, outcome },
    ])
  ),
  ...PROPERTIES.flatMap(([channel, name, on, beyond, outcome]): Case[] => [
    {
      channel,
      name: `${name}=${on}`,
      message: text("A"),
      properties: { [name]: on },
      outcome: "native",
    },
    {
      channel,
      name: `${name}=${beyond}`,
      message: text("A"),
      properties: { [name]: beyond },
      outcome,
    },
  ]),
  {
    channel: "SMS",
    name: "as many parts as allowed",
    message: text(a(306)),
    properties: { SMS_MAX_NUMBER_OF_MESSAGE_PARTS: "2" },
    outcome: "warned",
  },
  {
    channel: "SMS",
    name: "more parts than allowed",
    message: text(a(307)),
    properties: { SMS_MAX_NUMBER_OF_MESSAGE_PARTS: "2" },
    outcome: "MESSAGE_SPLIT_REQUIRED",
  },
];

interface Outcome {
  kind?: string | null;
  failure?: string | null;
  findings: { level: string; code: string }[];
}

/** The word of {@linkcode Case} for what the program says. */
export function outcomeOf({ kind, failure, findings }: Outcome): string {
  if (failure) return failure;
  if (kind === "transcoded") return "text";
  const codes = findings.filter(({ level }) => level === "warning")
    .map(({ code }) => code);
  if (codes.includes("CUT")) return "cut";
  if (codes.includes("DROPPED")) return "dropped";
  return codes.length > 0 ? "warned" : "native";
}
