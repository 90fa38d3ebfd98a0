import { assertEquals } from "@std/assert";
import { summaryOf } from "../../api/message_summary.ts";

/** Fields that the API fills in beside the content. */
const EMPTY = {
  explicit_channel_message: {},
  explicit_channel_omni_message: {},
  channel_specific_message: {},
  agent: null,
};
const choices = [
  { text_message: { text: "Yes" }, postback_data: "yes" },
  { call_message: { title: "Call us", phone_number: "+46700000099" } },
];

Deno.test("every message to a contact is told in one line", () => {
  for (
    const [app_message, summary] of [
      [{ text_message: { text: "Hello" } }, "Hello"],
      [
        { media_message: { url: "https://e.test/p.jpg" } },
        "[media] https://e.test/p.jpg",
      ],
      [
        { template_message: { omni_template: { template_id: "welcome" } } },
        "[template] welcome",
      ],
      [
        {
          template_message: {
            channel_template: { WHATSAPP: { template_id: "order" } },
          },
        },
        "[template] WHATSAPP order",
      ],
      [
        {
          card_message: {
            title: "Shoes",
            description: "20% off",
            media_message: { url: "https://e.test/s.jpg" },
            choices,
          },
        },
        "[card] Shoes 20% off https://e.test/s.jpg (Yes / Call us)",
      ],
      [
        { carousel_message: { cards: [{ title: "A" }, { title: "B" }] } },
        "[carousel] A | B",
      ],
      [
        { choice_message: { text_message: { text: "Well?" }, choices } },
        "[choice] Well? (Yes / Call us)",
      ],
      [
        {
          location_message: {
            title: "Office",
            coordinates: { latitude: 55.61, longitude: 13 },
          },
        },
        "[location] Office 55.61, 13",
      ],
      [
        {
          location_message: {
            title: "55.61, 13",
            coordinates: { latitude: 55.61, longitude: 13 },
          },
        },
        "[location] 55.61, 13",
      ],
      [
        { list_message: { title: "Flavours", description: "Best in town" } },
        "[list] Flavours Best in town",
      ],
      [
        { contact_info_message: { name: { full_name: "Ada Lovelace" } } },
        "[contact info] Ada Lovelace",
      ],
      [
        { explicit_channel_message: { KAKAOTALK: "{}" } },
        "[explicit channel] KAKAOTALK",
      ],
      [{ new_kind_message: { a: 1 } }, "[new kind]"],
      [{}, ""],
    ] as const
  ) {
    assertEquals(
      summaryOf({ app_message: { ...EMPTY, ...app_message } }),
      summary,
    );
  }
});

Deno.test("every message from a contact is told in one line", () => {
  for (
    const [contact_message, summary] of [
      [{ text_message: { text: "Hi" } }, "Hi"],
      [
        {
          media_card_message: { url: "https://e.test/p.jpg", caption: "Look" },
        },
        "[media card] Look https://e.test/p.jpg",
      ],
      [
        { choice_response_message: { message_id: "01", postback_data: "yes" } },
        "[choice response] yes",
      ],
      [
        {
          fallback_message: {
            raw_message: "??",
            reason: { description: "unknown" },
          },
        },
        "[fallback] unknown ??",
      ],
      [
        {
          product_response_message: {
            products: [{ id: "sku-1" }, { id: "sku-2" }],
          },
        },
        "[product response] sku-1, sku-2",
      ],
      [
        {
          channel_specific_message: { message_type: "nfm_reply", message: {} },
        },
        "[channel specific] nfm_reply",
      ],
    ] as const
  ) {
    assertEquals(
      summaryOf({ contact_message: { ...contact_message, reply_to: null } }),
      summary,
    );
  }
});

Deno.test("content of another shape than expected is no error", () => {
  for (
    const app_message of [
      { text_message: { text: 7 } },
      { text_message: "Hello" },
      { choice_message: { choices: "none" } },
      { carousel_message: { cards: [null, { title: ["A"] }] } },
    ]
  ) {
    assertEquals(typeof summaryOf({ app_message }), "string");
  }
});
