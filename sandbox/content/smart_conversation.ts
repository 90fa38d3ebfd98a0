/**
 * Smart Conversations: sentiment, intent, offence and personal data in a contact's
 * text, and what a picture shows. The API uses trained engines; the sandbox uses
 * lists of words and patterns, so that a text always has the same result. All
 * pictures are harmless, and of an unknown kind.
 *
 * @see https://developers.sinch.com/docs/smart-conversations/overview/
 */
import type { JsonObject } from "../contract/checks.ts";
import type { ContactMessage } from "./message_content.ts";

const POSITIVE = new Set(
  "awesome best excellent glad good great happy love loved nice perfect thank thanks wonderful yes"
    .split(" "),
);
const NEGATIVE = new Set(
  "angry awful bad broken disappointed hate horrible late never no poor sad terrible worst wrong"
    .split(" "),
);

/** The results for a text, in the shape of the API's engines. */
export function analysisOf(text: string): JsonObject {
  const results = sentiments(text);
  const intents = intentsOf(text);
  return {
    ml_sentiment_result: [{ message: text, results, ...results[0] }],
    ml_nlu_result: [{ message: text, results: intents, ...intents[0] }],
    ml_pii_result: [{ message: text, masked: masked(text) }],
    ml_offensive_analysis_result: [{ message: text, ...offence(text) }],
  };
}

/** The results for a picture, in the same shape. */
export function pictureAnalysisOf(url: string): JsonObject {
  return {
    ml_image_recognition_result: [{
      url,
      document_image_classification: { doc_type: "unknown", confidence: 0.5 },
      optical_character_recognition: { result: [] },
      document_field_classification: { result: [] },
    }],
    ml_offensive_analysis_result: [{ url, evaluation: "SAFE", score: 0.95 }],
  };
}

/** Words that show what a text is about. */
const INTENTS: Record<string, RegExp> = {
  greeting: /\b(hello|hi|hey|good (morning|evening))\b/i,
  goodbye: /\b(bye|goodbye|see you)\b/i,
  order_status: /\b(order|delivery|parcel|tracking)\b/i,
  complaint: /\b(broken|complain|refund|wrong)\b/i,
  thanks: /\b(thanks?|thank you)\b/i,
};

/** Every intent that is found with its score, highest first. */
function intentsOf(text: string): { intent: string; score: number }[] {
  const found = Object.keys(INTENTS).filter((name) =>
    INTENTS[name]!.test(text)
  );
  const names = found.length > 0 ? found : ["unknown"];
  return names.map((intent) => ({
    intent,
    score: Number((0.9 / names.length).toFixed(4)),
  }));
}

const OFFENSIVE = /\b(damn|fuck\w*|idiot|shit|stupid)\b/i;

function offence(text: string): { evaluation: string; score: number } {
  return {
    evaluation: OFFENSIVE.test(text) ? "UNSAFE" : "SAFE",
    score: 0.95,
  };
}

/** Every sentiment with its score, highest first. */
function sentiments(text: string): { sentiment: string; score: number }[] {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const positive = words.filter((word) => POSITIVE.has(word)).length;
  const negative = words.filter((word) => NEGATIVE.has(word)).length;
  // A text with as many positive as negative words is neutral.
  const neutral = positive === negative ? positive + 1 : 0.5;
  const all = positive + negative + neutral;
  return Object.entries({ positive, negative, neutral })
    .map(([sentiment, weight]) => ({
      sentiment,
      score: Number((weight / all).toFixed(4)),
    }))
    .sort((one, other) => other.score - one.score);
}

/** Starts only at a word: otherwise a long word would be scanned at each letter. */
const EMAIL = /(?<![\w.+-])[\w.+-]+@[\w-]+(\.[\w-]+)+/g;
/** Digits with optional separators, such as card and phone numbers. */
const NUMBER = /\+?(?:\d[ ().-]{0,2}){6,18}\d/g;

/** The text with e-mail addresses, card and phone numbers replaced. */
export function masked(text: string): string {
  return text.replace(EMAIL, "{EMAIL}").replace(NUMBER, (found) => {
    const digits = found.replace(/\D/g, "");
    if (digits.length >= 13 && isCardNumber(digits)) return "{CARD}";
    return digits.length <= 15 ? "{PHONE}" : found;
  });
}

/** The Luhn check. */
function isCardNumber(digits: string): boolean {
  const sum = [...digits].reverse().reduce((sum, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** A ContactMessage with its texts masked. */
export function maskedContent(content: ContactMessage): ContactMessage {
  const { text_message: text, media_card_message: card } = content;
  if (text) {
    return { ...content, text_message: { ...text, text: masked(text.text) } };
  }
  return card?.caption
    ? {
      ...content,
      media_card_message: { ...card, caption: masked(card.caption) },
    }
    : content;
}
