/** Messages, as the official SDK calls for them. */
import { assert, assertEquals } from "@std/assert";
import { ADA, APP, NOBODY } from "../client.ts";
import { all, type Case, contract, refusalOf, type Sdk } from "./contract.ts";

const sms = (identity: string) => ({
  identified_by: {
    channel_identities: [{ channel: "SMS" as const, identity }],
  },
});
const to = (app_id: string) => ({ app_id, recipient: sms("+15551234567") });
const media = { url: "https://example.com/a.jpg" };
const choices = [{ text_message: { text: "Yes" }, postback_data: "yes" }];

interface Accepted {
  message_id?: string;
  accepted_time?: Date;
}

async function send(sdk: Sdk, identity = "+15551234567"): Promise<string> {
  const { message_id } = await sdk.messages.sendTextMessage({
    sendMessageRequestBody: {
      app_id: APP,
      recipient: sms(identity),
      message: { text_message: { text: "Hello" } },
    },
  });
  return message_id!;
}

/** A method that sends one kind of content. */
function sender(
  content: string,
  call: (sdk: Sdk, app: string) => Promise<Accepted>,
): Case {
  return {
    async taken(sdk) {
      const { message_id, accepted_time } = await call(sdk, APP);
      const message = await sdk.messages.get({ message_id: message_id! });
      const { app_message } = message as { app_message: object };
      assert(content in app_message);
      assertEquals(message.accept_time, accepted_time);
    },
    refused: [404, (sdk) => call(sdk, NOBODY)],
  };
}

contract("messages", {
  send: sender("text_message", (sdk, app) =>
    sdk.messages.send({
      sendMessageRequestBody: {
        app_id: app,
        recipient: { contact_id: ADA },
        message: { text_message: { text: "Hello" } },
      },
    })),
  sendTextMessage: sender(
    "text_message",
    (sdk, app) =>
      sdk.messages.sendTextMessage({
        sendMessageRequestBody: {
          ...to(app),
          message: { text_message: { text: "Hello" } },
          // The SDK makes "10s" of it.
          ttl: 10,
        },
      }),
  ),
  sendMediaMessage: sender(
    "media_message",
    (sdk, app) =>
      sdk.messages.sendMediaMessage({
        sendMessageRequestBody: {
          ...to(app),
          message: { media_message: media },
        },
      }),
  ),
  sendCardMessage: sender(
    "card_message",
    (sdk, app) =>
      sdk.messages.sendCardMessage({
        sendMessageRequestBody: {
          ...to(app),
          message: {
            card_message: { title: "A", media_message: media, choices },
          },
        },
      }),
  ),
  sendCarouselMessage: sender(
    "carousel_message",
    (sdk, app) =>
      sdk.messages.sendCarouselMessage({
        sendMessageRequestBody: {
          ...to(app),
          message: {
            carousel_message: { cards: [{ title: "A", media_message: media }] },
          },
        },
      }),
  ),
  sendChoiceMessage: sender(
    "choice_message",
    (sdk, app) =>
      sdk.messages.sendChoiceMessage({
        sendMessageRequestBody: {
          ...to(app),
          message: { choice_message: { text_message: { text: "?" }, choices } },
        },
      }),
  ),
  sendLocationMessage: sender(
    "location_message",
    (sdk, app) =>
      sdk.messages.sendLocationMessage({
        sendMessageRequestBody: {
          ...to(app),
          message: {
            location_message: {
              title: "HQ",
              coordinates: { latitude: 55.610477, longitude: 13.002873 },
            },
          },
        },
      }),
  ),
  sendListMessage: sender(
    "list_message",
    (sdk, app) =>
      sdk.messages.sendListMessage({
        sendMessageRequestBody: {
          ...to(app),
          message: {
            list_message: {
              title: "A",
              sections: [{ title: "B", items: [{ choice: { title: "C" } }] }],
            },
          },
        },
      }),
  ),
  sendTemplateMessage: sender(
    "template_message",
    (sdk, app) =>
      sdk.messages.sendTemplateMessage({
        sendMessageRequestBody: {
          ...to(app),
          message: {
            template_message: {
              omni_template: {
                template_id: "welcome_template",
                version: "latest",
                parameters: { name: "Ada" },
              },
            },
          },
        },
      }),
  ),
  sendContactInfoMessage: sender(
    "contact_info_message",
    (sdk, app) =>
      sdk.messages.sendContactInfoMessage({
        sendMessageRequestBody: {
          ...to(app),
          message: {
            contact_info_message: {
              name: { full_name: "Ada" },
              phone_numbers: [{ phone_number: "+46700000001" }],
            },
          },
        },
      }),
  ),
  get: {
    async taken(sdk) {
      const message_id = await send(sdk);
      const message = await sdk.messages.get({ message_id });
      assertEquals([message.id, message.contact_id], [message_id, ADA]);
    },
    refused: [404, (sdk) => sdk.messages.get({ message_id: NOBODY })],
  },
  list: {
    async taken(sdk) {
      const sent: string[] = [];
      for (let count = 0; count < 5; count++) sent.unshift(await send(sdk));
      await send(sdk, "+46700000001");
      const listed = await all(sdk.messages.list({
        page_size: 2,
        channel_identity: "+15551234567",
        start_time: new Date(Date.now() - 60_000),
      }));
      assertEquals(listed.map(({ id }) => id), sent);
      const first = await sdk.messages.list({ page_size: 2 });
      assertEquals(first.hasNextPage, true);
      assertEquals((await first.nextPage()).data.length, 2);
    },
    refused: [400, (sdk) =>
      sdk.messages.list({
        messages_source: "DISPATCH_SOURCE",
        contact_id: ADA,
      })],
  },
  listLastMessagesByChannelIdentity: {
    async taken(sdk) {
      await send(sdk);
      const newest = [await send(sdk), await send(sdk, "+46700000001")];
      const listed = await all(sdk.messages.listLastMessagesByChannelIdentity({
        listLastMessagesByChannelIdentityRequestBody: {
          channel_identities: ["15551234567", "46700000001"],
          messages_source: "CONVERSATION_SOURCE",
          page_size: 1,
        },
      }));
      assertEquals(listed.map(({ id }) => id), newest.reverse());
    },
    refused: [400, (sdk) =>
      sdk.messages.listLastMessagesByChannelIdentity({
        listLastMessagesByChannelIdentityRequestBody: {},
      })],
  },
  update: {
    async taken(sdk) {
      const message_id = await send(sdk);
      const updated = await sdk.messages.update({
        message_id,
        updateMessageRequestBody: { metadata: "new" },
      });
      assertEquals([updated.id, updated.metadata], [message_id, "new"]);
    },
    refused: [400, (sdk) =>
      sdk.messages.update({
        message_id: NOBODY,
        updateMessageRequestBody: { metadata: "x".repeat(1025) },
      })],
  },
  delete: {
    async taken(sdk) {
      const message_id = await send(sdk);
      await sdk.messages.delete({ message_id });
      assertEquals(await refusalOf(sdk.messages.get({ message_id })), [
        404,
        "NOT_FOUND",
      ]);
    },
    refused: [404, (sdk) => sdk.messages.delete({ message_id: NOBODY })],
  },
});
