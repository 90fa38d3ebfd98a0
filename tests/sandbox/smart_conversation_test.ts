/** Smart Conversations: what is told of a person's text, and what is masked. */
import { assertEquals } from "@std/assert";
import {
  analysisOf,
  masked,
} from "../../sandbox/content/smart_conversation.ts";
import { ADA, APP, type Client, P } from "./client.ts";
import { openLive, Receiver } from "./receiver.ts";

function say(
  { call }: Pick<Client, "call">,
  contact_message: Record<string, unknown>,
) {
  return call("POST", "/_sandbox/inbound", {
    from: { contact_id: ADA },
    contact_message,
  });
}

Deno.test("a text is analysed where the app wants it, a location is not", async () => {
  // The Node SDK's spelling.
  await using live = await openLive(["SMART_CONVERSATIONS"]);
  await say(live, { text_message: { text: "Great!" } });
  await live.call("PATCH", `${P}/apps/${APP}`, {
    smart_conversation: { enabled: true },
  });
  const coordinates = { latitude: 1, longitude: 2 };
  await say(live, { location_message: { title: "Here", coordinates } });
  const text = "Thanks, call +1 555 123 4567";
  const { body } = await say(live, { text_message: { text } });
  await live.pass(0);
  assertEquals(live.receiver.told, ["smart_conversation_notification"]);
  const told = live.receiver.received[0]!.body.smart_conversation_notification;
  assertEquals(told, {
    contact_id: ADA,
    channel_identity: "15551234567",
    channel: "SMS",
    message_id: body.message_id,
    conversation_id: told.conversation_id,
    analysis_results: {
      ml_sentiment_result: [{
        message: text,
        results: [
          { sentiment: "positive", score: 0.6667 },
          { sentiment: "neutral", score: 0.3333 },
          { sentiment: "negative", score: 0 },
        ],
        sentiment: "positive",
        score: 0.6667,
      }],
      ml_nlu_result: [{
        message: text,
        results: [{ intent: "thanks", score: 0.9 }],
        intent: "thanks",
        score: 0.9,
      }],
      ml_pii_result: [{ message: text, masked: "Thanks, call {PHONE}" }],
      ml_offensive_analysis_result: [{
        message: text,
        evaluation: "SAFE",
        score: 0.95,
      }],
    },
  });
});

Deno.test("a picture is recognised where the app wants it", async () => {
  await using live = await openLive(["SMART_CONVERSATION"]);
  await live.call("PATCH", `${P}/apps/${APP}`, {
    smart_conversation: { enabled: true },
  });
  const url = "https://example.com/a.jpg";
  await say(live, { media_message: { url } });
  await live.pass(0);
  const { analysis_results: results } =
    live.receiver.received[0]!.body.smart_conversation_notification;
  assertEquals(
    [
      results.ml_image_recognition_result[0].url,
      results.ml_offensive_analysis_result,
    ],
    [url, [{ url, evaluation: "SAFE", score: 0.95 }]],
  );
});

Deno.test("an offensive complaint has both intents, and is unsafe", () => {
  const results = analysisOf("The damn order is broken") as {
    ml_nlu_result: { results: { intent: string }[] }[];
    ml_offensive_analysis_result: { evaluation: string }[];
  };
  assertEquals(
    results.ml_nlu_result[0]!.results.map(({ intent }) => intent),
    ["order_status", "complaint"],
  );
  assertEquals(results.ml_offensive_analysis_result[0]!.evaluation, "UNSAFE");
});

Deno.test("a webhook for redacted messages gets no plain ones; others do", async () => {
  await using plain = new Receiver();
  await using live = await openLive([
    "MESSAGE_INBOUND",
    "MESSAGE_INBOUND_SMART_CONVERSATION_REDACTION",
  ]);
  await live.call("POST", `${P}/webhooks`, {
    app_id: APP,
    target: plain.url,
    target_type: "HTTP",
    triggers: ["MESSAGE_INBOUND"],
  });
  const text = "I am eve@example.com";
  await say(live, { text_message: { text } });
  await live.pass(0);
  assertEquals([live.receiver.told, plain.told], [
    ["message_redaction"],
    ["message"],
  ]);
  const [redacted, whole] = [
    live.receiver.received[0]!.body.message_redaction,
    plain.received[0]!.body.message,
  ];
  assertEquals(whole.contact_message.text_message.text, text);
  whole.contact_message.text_message.text = "I am {EMAIL}";
  assertEquals(redacted, whole);
});

for (
  const [text, shown] of [
    ["eve.b+1@mail.example.com!", "{EMAIL}!"],
    ["4111 1111 1111 1111", "{CARD}"],
    ["4111-1111-1111-1112", "4111-1111-1111-1112"],
    ["070-000 00 01 or +46700000001", "{PHONE} or {PHONE}"],
    ["Order 123456, 12 pieces", "Order 123456, 12 pieces"],
  ] as const
) {
  Deno.test(`"${text}" is masked as "${shown}"`, () => {
    assertEquals(masked(text), shown);
  });
}

for (
  const [text, sentiment] of [
    ["This is terrible and broken", "negative"],
    ["Good and bad", "neutral"],
    ["Where is it?", "neutral"],
    ["I love it", "positive"],
  ] as const
) {
  Deno.test(`"${text}" sounds ${sentiment}`, () => {
    // deno-lint-ignore no-explicit-any -- the API's JSON
    const [result] = analysisOf(text).ml_sentiment_result as any[];
    assertEquals(result.sentiment, sentiment);
  });
}
