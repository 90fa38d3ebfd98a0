/** WhatsApp. Choices are all-or-nothing: one that breaks a rule turns all into text. */
import { KB, MB } from "./media.ts";
import { type Content, kindOf } from "./message.ts";
import { plainText } from "./plain_text.ts";
import {
  atMost,
  type Breach,
  type ChannelRules,
  count,
  must,
  when,
  where,
} from "./rules.ts";
import {
  captions,
  cardDescription,
  cardHeader,
  cardTitle,
  choiceCount,
  choiceFooter,
  choicesOf,
  choiceText,
  labels,
  listBody,
  listHeader,
  listMenu,
  mediaOf,
  otherKinds,
  postbacks,
  rowCount,
  rowDescriptions,
  rowPostbacks,
  rowTitles,
  sectionCount,
  sectionTitles,
  text,
} from "./selectors.ts";

const IMAGE = { types: ["image/jpeg", "image/png"], maxBytes: 5 * MB };
const VIDEO = { types: ["video/mp4", "video/3gpp"], maxBytes: 16 * MB };
const DOCUMENT = { maxBytes: 100 * MB };
const MAX_LABEL = 20;

function isChoiceOrCard({ name }: Content): boolean {
  return name === "choice_message" || name === "card_message";
}

function hasUrlButton(content: Content): boolean {
  const [only, ...others] = choicesOf(content);
  return isChoiceOrCard(content) && others.length === 0 &&
    only !== undefined && kindOf(only) === "url";
}

function hasReplies(content: Content): boolean {
  return isChoiceOrCard(content) && choicesOf(content).length > 0 &&
    !hasUrlButton(content);
}

function hasCaption({ name, body }: Content): boolean {
  return name === "card_message" && (body.choices ?? []).length === 0 &&
    !!body.media_message;
}

/** `*bold*`, `_italic_`, `~strike~` and code; longer labels are too long anyway. */
function hasMarkdown(label: string): boolean {
  return label.length <= 2 * MAX_LABEL && /([*_~`])\S(.*\S)?\1/.test(label);
}

function equalLabels(content: Content): Breach[] {
  const seen = new Set<string>();
  return labels()(content).filter(({ text }) => {
    const isKnown = seen.has(text);
    seen.add(text);
    return isKnown;
  }).map(({ where, text: value }) => ({ where, value }));
}

function missingText({ name, body }: Content): Breach[] {
  return name === "choice_message" && !body.text_message?.text
    ? [{ where: "choice_message.text_message" }]
    : [];
}

function untitledSections({ name, body }: Content): Breach[] {
  if (name !== "list_message") return [];
  return body.sections.flatMap(({ title }, at) =>
    title ? [] : [{ where: `${name}.sections[${at}].title` }]
  );
}

function listMedia(content: Content): Breach[] {
  return content.name === "list_message"
    ? mediaOf(content).map(({ where }) => ({ where }))
    : [];
}

/** The media with everything else as their caption. */
function captioned(content: Content): Content | undefined {
  if (content.name !== "card_message") return undefined;
  const { media_message, ...rest } = content.body;
  if (!media_message) return undefined;
  return {
    name: "card_message",
    body: { title: plainText({ card_message: rest }), media_message },
  };
}

export const WHATSAPP: ChannelRules = {
  name: "WhatsApp",
  native: [
    "text_message",
    "media_message",
    "choice_message",
    "card_message",
    "location_message",
    "list_message",
    "template_message",
  ],
  nearest: captioned,
  rules: [
    atMost("Text", text, 4096, "characters", "fails", "S7, S8"),
    ...when(
      hasReplies,
      count(
        "Choices",
        choiceCount("choice", "card"),
        { max: 3 },
        "text",
        "S2, S3, C1",
      ),
      must(
        "Choices",
        "must all be text choices, or a single URL choice",
        "text",
        "S2, S3, S10",
        (content) =>
          otherKinds("text")(content).map(({ where, text: value }) => ({
            where,
            value,
          })),
      ),
      must(
        "Choice message",
        "must have a text above its choices",
        "text",
        "S2",
        missingText,
      ),
      atMost(
        "Text above choices",
        choiceText,
        1024,
        "characters",
        "text",
        "S2, C1",
      ),
      atMost(
        "Choice label",
        labels(),
        MAX_LABEL,
        "characters",
        "text",
        "S2, S3, C1",
      ),
      must(
        "Choice label",
        "must not have markdown",
        "text",
        "S2, S3, C1",
        where(labels(), hasMarkdown),
      ),
      must(
        "Choice label",
        "must differ from the other labels",
        "text",
        "S2, S3, C1",
        equalLabels,
      ),
      atMost("Postback data", postbacks, 229, "characters", "text", "S2, S3"),
      atMost("Card title", cardTitle, 1024, "characters", "text", "S3"),
      atMost(
        "Card description",
        cardDescription,
        60,
        "characters",
        "text",
        "S3",
      ),
    ),
    ...when(
      hasUrlButton,
      atMost(
        "URL button label",
        labels(),
        MAX_LABEL,
        "characters",
        "fails",
        "C1",
      ),
      atMost(
        "Text above a URL button",
        (content) => [...choiceText(content), ...cardTitle(content)],
        1024,
        "characters",
        "fails",
        "C1",
      ),
    ),
    ...when(
      (content) => choicesOf(content).length > 0,
      atMost("Footer", choiceFooter, 60, "characters", "fails", "C1, S26"),
      atMost("Header", cardHeader, 60, "characters", "fails", "C1, S26"),
    ),
    ...when(
      hasCaption,
      atMost("Caption", captions, 1024, "characters", "fails", "C1"),
    ),
    count("List rows", rowCount, { max: 10 }, "fails", "S5, C2"),
    count("List sections", sectionCount, { max: 10 }, "fails", "C2"),
    ...when(
      (content) => sectionCount(content).some(({ count }) => count > 1),
      must(
        "List section",
        "must have a title if there are several sections",
        "fails",
        "C2",
        untitledSections,
      ),
    ),
    atMost(
      "List section title",
      sectionTitles,
      24,
      "characters",
      "fails",
      "C2",
    ),
    atMost("List row title", rowTitles, 24, "characters", "fails", "C2"),
    atMost(
      "List row description",
      rowDescriptions,
      72,
      "characters",
      "fails",
      "C2",
    ),
    atMost(
      "List row postback data",
      rowPostbacks,
      200,
      "characters",
      "fails",
      "C2",
    ),
    atMost("List button", listMenu, 20, "characters", "fails", "C2"),
    atMost("List text", listBody, 1024, "characters", "fails", "C2, C21"),
    atMost("List header", listHeader, 60, "characters", "fails", "C2"),
    must(
      "List header",
      "must be a text, without media",
      "dropped",
      "C2",
      listMedia,
    ),
  ],
  media: {
    kinds: {
      image: IMAGE,
      video: VIDEO,
      audio: {
        types: [
          "audio/aac",
          "audio/mp4",
          "audio/amr",
          "audio/mpeg",
          "audio/ogg",
        ],
        maxBytes: 16 * MB,
      },
      document: DOCUMENT,
      sticker: { types: ["image/webp"], maxBytes: 100 * KB },
    },
    others: "link",
    source: "S6, S8",
  },
  cardMedia: {
    kinds: { image: IMAGE, video: VIDEO, document: DOCUMENT },
    others: "link",
    source: "S3",
  },
  window: {
    hours: 24,
    code: "OUTSIDE_ALLOWED_SENDING_WINDOW",
    source: "S24, S8, C4",
  },
  reports: "READ",
  remarks: [
    "A template is the only message outside the window.",
    "Template parameters are named body[1]text, header[1]image.link or button[0]url[1]text; a value has no line break, no tab and at most 3 spaces in a row.",
    "More than 3 text choices become plain text; a list message takes 10.",
  ],
};
