/** The flags of `sinch conversation send` in the order a reader meets them. */

interface Flag {
  /** As Cliffy takes it. */
  flags: string;
  text: string;
  repeatable?: true;
}

/** The documented flags come first, and only they have short forms. */
export const OPTION_GROUPS: readonly { title: string; options: Flag[] }[] = [
  {
    title: "Options",
    options: [
      {
        flags: "-c, --channel <channel:plain>",
        text:
          "SMS, WHATSAPP, MESSENGER, INSTAGRAM, VIBER, TELEGRAM, RCS or LINE.",
      },
      {
        flags: "-a, --app <app-id:plain>",
        text: "Conversation app; the configured default if left out.",
      },
      {
        flags: "-t, --type <type:plain>",
        text:
          "text, media, template, card, carousel, choice, location or list; told from the other flags if left out.",
      },
      { flags: "-m, --media <url:plain>", text: "URL of the media." },
      {
        flags: "--caption <text:plain>",
        text: "Text beside the media; the two are sent as a card.",
      },
      {
        flags: "--template <name:plain>",
        text: "Template ID; on WhatsApp the template's name.",
      },
      {
        flags: "-p, --params <json:plain>",
        text: "Template parameters as a JSON object.",
      },
      { flags: "--location", text: "Send a location." },
      {
        flags: "--lat <latitude:plain>",
        text: "Latitude of the location, -90 to 90.",
      },
      {
        flags: "--lng <longitude:plain>",
        text: "Longitude of the location, -180 to 180.",
      },
      { flags: "-n, --name <name:plain>", text: "Name of the location." },
      {
        flags: "--json-message <json:plain>",
        text: "The whole message as JSON, for anything without a flag.",
      },
    ],
  },
  {
    title: "More for each type",
    options: [
      {
        flags: "--title <text:plain>",
        text: "Title of a card or a list.",
      },
      {
        flags: "--description <text:plain>",
        text: "Text of a card or a list.",
      },
      {
        flags: "--height <height:plain>",
        text: "Height of a card's media: SHORT, MEDIUM or TALL.",
      },
      {
        flags: "--choice <choice:plain>",
        text:
          'Button of a card, choice or carousel: "Label", "Label|https://…" or "Label|tel:+1555…"; \\| is a |. Repeatable.',
        repeatable: true,
      },
      {
        flags: "--card <json:plain>",
        text: "Card of a carousel as JSON or @file. Repeatable, 2 to 10.",
        repeatable: true,
      },
      {
        flags: "--section <json:plain>",
        text: "Section of a list as JSON or @file. Repeatable.",
        repeatable: true,
      },
      {
        flags: "--item <item:plain>",
        text:
          'Item of a list of one section: "Title|Description|postback". Repeatable.',
        repeatable: true,
      },
      {
        flags: "--menu <text:plain>",
        text: "Label of the button that opens a list.",
      },
      {
        flags: "--thumbnail <url:plain>",
        text: "Preview picture of the media.",
      },
      {
        flags: "--filename <name:plain>",
        text: "File name shown for the media.",
      },
      { flags: "--label <text:plain>", text: "Label of a location." },
      {
        flags: "--template-kind <kind:plain>",
        text:
          "omni, or channel for the channel's own; on WhatsApp told from the template if left out.",
      },
      {
        flags: "--template-version <version:plain>",
        text: "Version of the template; latest if left out.",
      },
      {
        flags: "--language <code:plain>",
        text: "Language of the template, such as en-US.",
      },
    ],
  },
  {
    title: "Delivery",
    options: [
      {
        flags: "--contact <contact-id:plain>",
        text: "Send to a contact instead of [recipient].",
      },
      {
        flags: "--from <sender:plain>",
        text: "Sender of an SMS or MMS: number, short code or name.",
      },
      {
        flags: "--fallback <channels:plain>",
        text: "Channels to try next, separated by commas.",
      },
      {
        flags: "--property <property:plain>",
        text: "KEY=VALUE, a property of the channel. Repeatable.",
        repeatable: true,
      },
      {
        flags: "--ttl <time:plain>",
        text: "How long to try: seconds, 10s, 5m, 1h; at least 3 seconds.",
      },
      {
        flags: "--queue <queue:plain>",
        text: "NORMAL_PRIORITY or HIGH_PRIORITY.",
      },
      {
        flags: "--processing-strategy <strategy:plain>",
        text: "DEFAULT, or DISPATCH_ONLY to keep no contact or conversation.",
      },
      {
        flags: "--callback-url <url:plain>",
        text: "Where this message's delivery reports go.",
      },
      {
        flags: "--correlation-id <id:plain>",
        text: "Comes back in callbacks, at most 128 characters.",
      },
      {
        flags: "--metadata <text:plain>",
        text: "Kept with the message, text or JSON, at most 1024 characters.",
      },
      {
        flags: "--conversation-metadata <json:plain>",
        text: "Kept with the conversation, JSON, at most 2048 characters.",
      },
      {
        flags: "--dry-run",
        text: "Show the request and send nothing.",
      },
    ],
  },
];

export const EXAMPLES: readonly [purpose: string, line: string][] = [
  ["Ask for everything", "sinch conversation send"],
  [
    "Text",
    'sinch conversation send +15551234567 "Hello from Sinch" --channel SMS',
  ],
  [
    "Picture with a text",
    'sinch conversation send +15551234567 --channel WHATSAPP --media https://example.com/image.jpg --caption "Check this out"',
  ],
  [
    "Template",
    `sinch conversation send +15551234567 --channel WHATSAPP --type template --template welcome_template --params '{"name":"Alice"}'`,
  ],
  [
    "Choice",
    'sinch conversation send +15551234567 "Shall we meet?" -c RCS -t choice --choice Yes --choice "Call us|tel:+15557654321"',
  ],
  [
    "Location",
    'sinch conversation send +15551234567 -c WHATSAPP --location --lat 55.6105 --lng 13.0029 --name "Our office"',
  ],
  [
    "Anything else, as the API takes it",
    `sinch conversation send +15551234567 -c WHATSAPP --json-message '{"text_message":{"text":"hi"}}'`,
  ],
];
