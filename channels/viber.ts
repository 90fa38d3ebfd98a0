/** Viber Business Messages, which cuts what is too long. */
import { extensionOf, MB } from "./media.ts";
import { type Content, kindOf } from "./message.ts";
import { atMost, type ChannelRules, must, when } from "./rules.ts";
import { choicesOf, labels, mediaOf, text } from "./selectors.ts";

const DOCUMENTS =
  "doc docx rtf dot dotx odt odf fodt txt info pdf xps pdax eps xls xlsx ods fods csv xlsm xltx"
    .split(" ");

const IMAGE = { types: ["image/jpeg", "image/png"], maxBytes: 200 * MB };
const MAX_THUMBNAIL = 1000;

const BUTTONS = ["url", "call", "location"];

/** The choices, unless there is exactly one that Viber can show. */
function wrongChoices(content: Content) {
  if (content.name !== "choice_message" && content.name !== "card_message") {
    return [];
  }
  const choices = choicesOf(content);
  const [only] = choices;
  return choices.length === 1 && BUTTONS.includes(kindOf(only!))
    ? []
    : [{ where: `${content.name}.choices` }];
}

function missingImage({ name, body }: Content) {
  return name === "card_message" && !body.media_message
    ? [{ where: `${name}.media_message` }]
    : [];
}

function videos(content: Content) {
  return content.name === "media_message"
    ? mediaOf(content).filter(({ media }) => extensionOf(media.url) === "mp4")
    : [];
}

export const VIBERBM: ChannelRules = {
  name: "Viber Business Messages",
  native: ["text_message", "media_message", "choice_message", "card_message"],
  refused: ["list_message"],
  rules: [
    must(
      "Choices",
      "must be exactly one URL, call or location choice",
      "text",
      "S25, S12",
      wrongChoices,
    ),
    must("Card", "must have an image", "text", "S25", missingImage),
    atMost("Text", text, 1000, "characters", "cut", "S12, V7"),
    ...when(
      ({ name }) => name === "choice_message" || name === "card_message",
      atMost("Choice label", labels(), 30, "characters", "cut", "S25"),
    ),
    must(
      "Video",
      `must have a thumbnail_url of at most ${MAX_THUMBNAIL} characters`,
      "fails",
      "S12",
      (content) =>
        videos(content)
          .filter(({ media: { thumbnail_url: url } }) =>
            !url || url.length > MAX_THUMBNAIL
          )
          .map(({ where }) => ({ where: `${where}.thumbnail_url` })),
    ),
    must(
      "Document",
      "must be of a type that Viber takes",
      "fails",
      "S12",
      (content) =>
        content.name !== "media_message" ? [] : mediaOf(content)
          .filter(({ media }) => isOtherDocument(extensionOf(media.url)))
          .map(({ where, media: { url: value } }) => ({ where, value })),
    ),
  ],
  media: {
    kinds: {
      image: IMAGE,
      video: { types: ["video/mp4"], maxBytes: 200 * MB },
      document: { maxBytes: 200 * MB },
    },
    others: "fails",
    source: "S12",
  },
  cardMedia: { kinds: { image: IMAGE }, others: "link", source: "S25" },
  reports: "READ",
  remarks: [
    "Transactional messages are text only; a session allows 60 messages, 5 in a row without an answer.",
  ],
};

/** Of extensions that are known to be none. */
const NOT_DOCUMENTS = ["zip", "vcf", "ppt", "pptx"];

function isOtherDocument(extension: string): boolean {
  return !DOCUMENTS.includes(extension) && NOT_DOCUMENTS.includes(extension);
}
