/** Conversations, as the official SDK calls for them. */
import { assertEquals } from "@std/assert";
import { ADA, APP, BO, NOBODY } from "../client.ts";
import { all, contract, type Sdk } from "./contract.ts";

async function create(sdk: Sdk, contact_id = ADA): Promise<string> {
  const { id } = await sdk.conversation.create({
    createConversationRequestBody: { app_id: APP, contact_id },
  });
  return id!;
}

const aMinuteAgo = () => new Date(Date.now() - 60_000);
const IDENTITY = {
  channel: "SMS" as const,
  identity: "15551234567",
  app_id: "",
};

const injectMessage = (sdk: Sdk, conversation_id: string, accept_time: Date) =>
  sdk.conversation.injectMessage({
    conversation_id,
    injectMessageRequestBody: {
      accept_time,
      channel_identity: IDENTITY,
      contact_id: ADA,
      direction: "TO_APP",
      contact_message: { text_message: { text: "Hi" } },
      conversation_id,
      processing_mode: "CONVERSATION",
    },
  });

const injectEvent = (sdk: Sdk, conversation_id: string, accept_time: Date) =>
  sdk.conversation.injectEvent({
    conversation_id,
    injectConversationEventRequestBody: {
      accept_time,
      app_event: { composing_event: {} },
      channel_identity: IDENTITY,
      contact_id: ADA,
      processing_mode: "CONVERSATION",
    },
  });

contract("conversation", {
  create: {
    async taken(sdk) {
      const { id, ...made } = await sdk.conversation.create({
        createConversationRequestBody: { app_id: APP, contact_id: ADA },
      });
      assertEquals(
        made,
        {
          app_id: APP,
          contact_id: ADA,
          active: true,
          active_channel: "CHANNEL_UNSPECIFIED",
          last_received: new Date(0),
          metadata: "",
          metadata_json: null,
          correlation_id: "",
        } as unknown as typeof made,
      );
      assertEquals(id!.length, 26);
    },
    refused: [404, (sdk) => create(sdk, NOBODY)],
  },
  get: {
    async taken(sdk) {
      const conversation_id = await create(sdk);
      const got = await sdk.conversation.get({ conversation_id });
      assertEquals([got.id, got.contact_id], [conversation_id, ADA]);
    },
    refused: [404, (sdk) => sdk.conversation.get({ conversation_id: NOBODY })],
  },
  list: {
    async taken(sdk) {
      const ids = [await create(sdk), await create(sdk, BO)].reverse();
      const listed = await all(
        sdk.conversation.list({ app_id: APP, only_active: true, page_size: 1 }),
      );
      assertEquals(listed.map(({ id }) => id), ids);
    },
    refused: [400, (sdk) => sdk.conversation.list({})],
  },
  listRecent: {
    async taken(sdk) {
      const quiet = await create(sdk, BO);
      const busy = await create(sdk);
      await injectMessage(sdk, busy, aMinuteAgo());
      const recent = await all(
        sdk.conversation.listRecent({ app_id: APP, page_size: 1 }),
      );
      assertEquals(recent.map(({ conversation }) => conversation!.id), [
        busy,
        quiet,
      ]);
      assertEquals(recent[0]!.last_message!.conversation_id, busy);
    },
    refused: [
      400,
      (sdk) => sdk.conversation.listRecent({ app_id: "no such form" }),
    ],
  },
  update: {
    async taken(sdk) {
      const conversation_id = await create(sdk);
      const set = (metadata_json: object, more: object = {}) =>
        sdk.conversation.update({
          conversation_id,
          update_mask: ["metadata_json"],
          updateConversationRequestBody: { metadata_json },
          ...more,
        });
      assertEquals((await set({ a: 1 })).metadata_json, { a: 1 });
      const merged = await set({ b: 2 }, {
        metadata_update_strategy: "MERGE_PATCH",
      });
      assertEquals(merged.metadata_json, { a: 1, b: 2 });
    },
    refused: [404, (sdk) =>
      sdk.conversation.update({
        conversation_id: NOBODY,
        updateConversationRequestBody: { active: false },
      })],
  },
  stopActive: {
    async taken(sdk) {
      const conversation_id = await create(sdk);
      await sdk.conversation.stopActive({ conversation_id });
      const { active } = await sdk.conversation.get({ conversation_id });
      assertEquals(active, false);
    },
    refused: [
      404,
      (sdk) => sdk.conversation.stopActive({ conversation_id: NOBODY }),
    ],
  },
  injectMessage: {
    async taken(sdk) {
      const conversation_id = await create(sdk);
      const time = aMinuteAgo();
      await injectMessage(sdk, conversation_id, time);
      const { data: [message] } = await sdk.messages.list({ conversation_id });
      assertEquals([message!.injected, message!.accept_time], [true, time]);
    },
    refused: [404, (sdk) => injectMessage(sdk, NOBODY, aMinuteAgo())],
  },
  injectEvent: {
    async taken(sdk) {
      const conversation_id = await create(sdk);
      const time = aMinuteAgo();
      const { event_id, accepted_time } = await injectEvent(
        sdk,
        conversation_id,
        time,
      );
      assertEquals(accepted_time, time);
      const event = await sdk.events.get({ event_id: event_id! });
      assertEquals(event.conversation_id, conversation_id);
    },
    refused: [404, (sdk) => injectEvent(sdk, NOBODY, aMinuteAgo())],
  },
  delete: {
    async taken(sdk) {
      const conversation_id = await create(sdk);
      await sdk.conversation.delete({ conversation_id });
      const { data } = await sdk.conversation.list({ app_id: APP });
      assertEquals(data, []);
    },
    refused: [
      404,
      (sdk) => sdk.conversation.delete({ conversation_id: NOBODY }),
    ],
  },
});
