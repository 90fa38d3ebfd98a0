/** The official Node SDK as a client, over HTTP: each method, taken and refused. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { SinchClient } from "@sinch/sdk-core";
import { createSandbox } from "../../sandbox/sandbox.ts";
import { ADA, APP } from "./client.ts";

const BO = "01HSANDB0XC0NTACT000000002";
const NOBODY = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

/** Runs `use` with an SDK client of a sandbox that listens on a port of its own. */
async function withSdk(
  use: (sdk: SinchClient["conversation"]) => Promise<void>,
  { keySecret = "sandbox-secret", clock = { now: () => Date.now() } } = {},
): Promise<void> {
  const sandbox = createSandbox({ store: ":memory:", clock });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => sandbox.fetch(request),
  );
  const origin = `http://127.0.0.1:${server.addr.port}`;
  try {
    await use(
      new SinchClient({
        projectId: "sandbox-project",
        keyId: "sandbox-key",
        keySecret,
        authHostname: origin,
        conversationHostname: origin,
        conversationTemplatesHostname: origin,
      }).conversation,
    );
  } finally {
    await server.shutdown();
    await sandbox.close();
  }
}

/** The status of a call that the SDK raises. */
async function statusOf(call: Promise<unknown>): Promise<number> {
  const error = await assertRejects(() => call, Error);
  return (error as Error & { statusCode: number }).statusCode;
}

const sms = (identity: string) => ({
  identified_by: {
    channel_identities: [{ channel: "SMS" as const, identity }],
  },
});

Deno.test("the SDK sends each content, and reads, updates and deletes messages", () =>
  withSdk(async ({ messages }) => {
    const to = { app_id: APP, recipient: sms("+15551234567") };
    const media = { url: "https://example.com/a.jpg" };
    const coordinates = { latitude: 55.610477, longitude: 13.002873 };
    const choices = [{ text_message: { text: "Yes" }, postback_data: "yes" }];
    const sent = [
      await messages.sendTextMessage({
        sendMessageRequestBody: {
          ...to,
          message: { text_message: { text: "Hello" } },
          ttl: 10,
        },
      }),
      await messages.sendMediaMessage({
        sendMessageRequestBody: { ...to, message: { media_message: media } },
      }),
      await messages.sendCardMessage({
        sendMessageRequestBody: {
          ...to,
          message: {
            card_message: { title: "A", media_message: media, choices },
          },
        },
      }),
      await messages.sendCarouselMessage({
        sendMessageRequestBody: {
          ...to,
          message: {
            carousel_message: { cards: [{ title: "A", media_message: media }] },
          },
        },
      }),
      await messages.sendChoiceMessage({
        sendMessageRequestBody: {
          ...to,
          message: { choice_message: { text_message: { text: "?" }, choices } },
        },
      }),
      await messages.sendLocationMessage({
        sendMessageRequestBody: {
          ...to,
          message: { location_message: { title: "HQ", coordinates } },
        },
      }),
      await messages.sendListMessage({
        sendMessageRequestBody: {
          ...to,
          message: {
            list_message: {
              title: "A",
              sections: [{ title: "B", items: [{ choice: { title: "C" } }] }],
            },
          },
        },
      }),
      await messages.sendTemplateMessage({
        sendMessageRequestBody: {
          ...to,
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
      await messages.sendContactInfoMessage({
        sendMessageRequestBody: {
          ...to,
          message: {
            contact_info_message: {
              name: { full_name: "Ada" },
              phone_numbers: [{ phone_number: "+46700000001" }],
            },
          },
        },
      }),
      await messages.send({
        sendMessageRequestBody: {
          ...to,
          recipient: { contact_id: ADA },
          message: { text_message: { text: "Hello" } },
        },
      }),
    ];
    assert(sent.every(({ accepted_time }) => accepted_time instanceof Date));
    const [first] = sent;
    const listed: string[] = [];
    for await (
      const message of messages.list({
        page_size: 4,
        channel_identity: "+15551234567",
      })
    ) {
      listed.push(message.id!);
    }
    assertEquals(listed, sent.map(({ message_id }) => message_id!).reverse());
    const message_id = first!.message_id!;
    const updated = await messages.update({
      message_id,
      updateMessageRequestBody: { metadata: "new" },
    });
    assertEquals(updated.metadata, "new");
    assertEquals((await messages.get({ message_id })).metadata, "new");
    const last = await messages.listLastMessagesByChannelIdentity({
      listLastMessagesByChannelIdentityRequestBody: {
        channel_identities: ["15551234567"],
        messages_source: "CONVERSATION_SOURCE",
      },
    });
    assertEquals(last.data.map(({ id }) => id), [sent.at(-1)!.message_id]);
    await messages.delete({ message_id });
    assertEquals(await statusOf(messages.get({ message_id })), 404);
    assertEquals(await statusOf(messages.delete({ message_id })), 404);
    assertEquals(
      await statusOf(
        messages.update({
          message_id: listed[0]!,
          updateMessageRequestBody: { metadata: "x".repeat(1025) },
        }),
      ),
      400,
    );
    assertEquals(
      await statusOf(
        messages.sendTextMessage({
          sendMessageRequestBody: {
            ...to,
            message: { text_message: { text: "" } },
          },
        }),
      ),
      400,
    );
    assertEquals(
      await statusOf(
        Promise.resolve(
          messages.list({
            messages_source: "DISPATCH_SOURCE",
            contact_id: ADA,
          }),
        ),
      ),
      400,
    );
  }));

Deno.test("the SDK makes, finds, changes, merges and deletes contacts", () =>
  withSdk(async ({ contact }) => {
    const made = await contact.create({
      contactCreateRequestBody: {
        channel_identities: [{ channel: "SMS", identity: "+15551234568" }],
        language: "EN_US",
      },
    });
    const listed: string[] = [];
    for await (const { id } of contact.list({ page_size: 2 })) listed.push(id!);
    assertEquals(listed.length, 4);
    const found = await contact.list({
      channel: "SMS",
      identity: "+15551234568",
    });
    assertEquals(found.data.map(({ id }) => id), [made.id]);
    const updated = await contact.update({
      contact_id: made.id!,
      update_mask: ["display_name", "email"],
      updateContactRequestBody: { display_name: "New" },
    });
    assertEquals([updated.display_name, updated.email], ["New", ""]);
    const conflicts = await contact.listIdentityConflicts({});
    assertEquals(conflicts.data.map(({ identity }) => identity), [
      "15551234568",
    ]);
    const merged = await contact.mergeContact({
      destination_id: BO,
      mergeContactRequestBody: { source_id: made.id!, strategy: "MERGE" },
    });
    assertEquals(merged.id, BO);
    const profile = await contact.getChannelProfile({
      getChannelProfileRequestBody: {
        app_id: APP,
        recipient: { contact_id: "01HSANDB0XC0NTACT000000003" },
        channel: "MESSENGER",
      },
    });
    assertEquals(profile.profile_name, "Carla Ruiz");
    await contact.delete({ contact_id: BO });
    assertEquals(await statusOf(contact.get({ contact_id: BO })), 404);
    assertEquals(
      await statusOf(
        contact.create({
          contactCreateRequestBody: { channel_identities: [], language: "EN" },
        }),
      ),
      400,
    );
    assertEquals(
      await statusOf(
        contact.mergeContact({
          destination_id: ADA,
          mergeContactRequestBody: { source_id: NOBODY, strategy: "MERGE" },
        }),
      ),
      404,
    );
  }));

Deno.test("the SDK makes, lists, changes, stops and deletes conversations, and writes into them", () =>
  withSdk(async ({ conversation, messages, events }) => {
    const made = await conversation.create({
      createConversationRequestBody: { app_id: APP, contact_id: ADA },
    });
    const conversation_id = made.id!;
    const updated = await conversation.update({
      conversation_id,
      update_mask: ["metadata_json"],
      updateConversationRequestBody: { metadata_json: { a: 1 } },
    });
    assertEquals(updated.metadata_json, { a: 1 });
    assertEquals(
      (await conversation.list({ app_id: APP, only_active: true })).data.length,
      1,
    );
    const accept_time = new Date(Date.now() - 60_000);
    const channel_identity = {
      channel: "SMS" as const,
      identity: "15551234567",
      app_id: "",
    };
    await conversation.injectMessage({
      conversation_id,
      injectMessageRequestBody: {
        accept_time,
        channel_identity,
        contact_id: ADA,
        direction: "TO_APP",
        contact_message: { text_message: { text: "Hi" } },
        conversation_id,
        processing_mode: "CONVERSATION",
      },
    });
    const [injected] = (await messages.list({ conversation_id })).data;
    assertEquals([injected!.injected, injected!.accept_time], [
      true,
      accept_time,
    ]);
    const recent = await conversation.listRecent({ app_id: APP });
    assertEquals(recent.data[0]!.last_message!.id, injected!.id);
    const event = await conversation.injectEvent({
      conversation_id,
      injectConversationEventRequestBody: {
        accept_time,
        app_event: { composing_event: {} },
        channel_identity,
        contact_id: ADA,
        processing_mode: "CONVERSATION",
      },
    });
    assertEquals(
      (await events.get({ event_id: event.event_id! })).conversation_id,
      conversation_id,
    );
    await conversation.stopActive({ conversation_id });
    assertEquals((await conversation.get({ conversation_id })).active, false);
    await conversation.delete({ conversation_id });
    assertEquals(await statusOf(conversation.get({ conversation_id })), 404);
    assertEquals(
      await statusOf(
        conversation.create({
          createConversationRequestBody: { app_id: APP, contact_id: NOBODY },
        }),
      ),
      404,
    );
    assertEquals(await statusOf(Promise.resolve(conversation.list({}))), 400);
  }));

Deno.test("the SDK makes, changes and deletes apps and webhooks", () =>
  withSdk(async ({ app, webhooks }) => {
    const made = await app.create({
      appCreateRequestBody: {
        display_name: "Shop",
        channel_credentials: [{
          channel: "SMS",
          static_bearer: { claimed_identity: "plan", token: "t" },
        }],
      },
    });
    const app_id = made.id!;
    assertEquals((await app.list({})).apps!.length, 2);
    const renamed = await app.update({
      app_id,
      update_mask: ["display_name"],
      appUpdateRequestBody: { display_name: "Store" },
    });
    assertEquals(renamed.display_name, "Store");
    const webhook = await webhooks.create({
      webhookCreateRequestBody: {
        app_id,
        target: "https://example.com/hook",
        target_type: "HTTP",
        triggers: ["MESSAGE_DELIVERY"],
      },
    });
    const moved = await webhooks.update({
      webhook_id: webhook.id!,
      webhookUpdateRequestBody: {
        app_id: APP,
        target: "https://example.com/other",
      },
    });
    assertEquals([moved.app_id, moved.triggers], [APP, ["MESSAGE_DELIVERY"]]);
    assertEquals((await webhooks.list({ app_id: APP })).webhooks!.length, 1);
    assertEquals(
      (await webhooks.get({ webhook_id: webhook.id! })).target,
      "https://example.com/other",
    );
    await webhooks.delete({ webhook_id: webhook.id! });
    assertEquals(
      await statusOf(webhooks.get({ webhook_id: webhook.id! })),
      404,
    );
    assertEquals(
      await statusOf(
        webhooks.create({
          webhookCreateRequestBody: {
            app_id,
            target: "nowhere",
            target_type: "HTTP",
            triggers: [],
          },
        }),
      ),
      400,
    );
    await app.delete({ app_id });
    assertEquals(await statusOf(app.get({ app_id })), 404);
    assertEquals(
      await statusOf(
        app.create({
          appCreateRequestBody: { display_name: "", channel_credentials: [] },
        }),
      ),
      400,
    );
  }));

Deno.test("the SDK makes, replaces and deletes templates", () =>
  withSdk(async ({ templatesV2 }) => {
    const body = {
      default_translation: "en-US",
      translations: [{
        language_code: "en-US",
        version: "1",
        text_message: { text: "Hello ${name}" },
      }],
    };
    const { id } = await templatesV2.create({
      createTemplateRequestBody: body,
    });
    const template_id = id!;
    const replaced = await templatesV2.update({
      template_id,
      updateTemplateRequestBody: { ...body, version: 1 },
    });
    assertEquals(replaced.version, 2);
    assertEquals(
      (await templatesV2.get({ template_id })).translations!.map((
        { version },
      ) => version),
      ["1", "latest"],
    );
    assertEquals(
      (await templatesV2.listTranslations({
        template_id,
        language_code: "en-US",
      })).translations!.length,
      1,
    );
    assertEquals((await templatesV2.list({})).templates!.length, 2);
    assertEquals(
      await statusOf(
        templatesV2.update({
          template_id,
          updateTemplateRequestBody: { ...body, version: 1 },
        }),
      ),
      400,
    );
    await templatesV2.delete({ template_id });
    assertEquals(await statusOf(templatesV2.get({ template_id })), 404);
  }));

Deno.test("the SDK sends, lists and deletes events", () =>
  withSdk(async ({ events }) => {
    const to = { app_id: APP, recipient: { contact_id: ADA } };
    const agent = { display_name: "Eve", type: "HUMAN" as const };
    await events.sendComposingEvent({
      sendEventRequestBody: { ...to, event: { composing_event: {} } },
    });
    await events.sendComposingEndEvent({
      sendEventRequestBody: { ...to, event: { composing_end_event: {} } },
    });
    await events.sendCommentReplyEvent({
      sendEventRequestBody: {
        ...to,
        event: { comment_reply_event: { text: "Hi" } },
      },
    });
    await events.sendAgentJoinedEvent({
      sendEventRequestBody: { ...to, event: { agent_joined_event: { agent } } },
    });
    await events.sendAgentLeftEvent({
      sendEventRequestBody: { ...to, event: { agent_left_event: { agent } } },
    });
    await events.sendGenericEvent({
      sendEventRequestBody: {
        ...to,
        event: { generic_event: { payload: { a: 1 } } },
      },
    });
    const { event_id } = await events.send({
      sendEventRequestBody: { ...to, event: { composing_event: {} } },
    });
    let count = 0;
    for await (const _event of events.list({ contact_id: ADA, page_size: 3 })) {
      count++;
    }
    assertEquals(count, 7);
    await events.delete({ event_id: event_id! });
    assertEquals(await statusOf(events.get({ event_id: event_id! })), 404);
  }));

Deno.test("the SDK asks for capabilities, consents, transcoding and settings", () =>
  withSdk(async ({ capability, consents, transcoding, projectSettings }) => {
    const recipient = { contact_id: ADA };
    const asked = await capability.lookup({
      lookupCapabilityRequestBody: { app_id: APP, recipient, request_id: "r" },
    });
    assertEquals(asked.request_id, "r");
    assertEquals(
      (await consents.listIdentities({ app_id: APP, list_type: "OPT_OUT_ALL" }))
        .data,
      [],
    );
    const records = await consents.listAuditRecords({
      app_id: APP,
      identity: "+15551234567",
    });
    assertEquals([records.identity!.identity, records.audit_records], [
      "15551234567",
      [],
    ]);
    const shown = await transcoding.transcodeMessage({
      transcodeMessageRequestBody: {
        app_id: APP,
        app_message: { text_message: { text: "Hello" } },
        channels: ["SMS"],
      },
    });
    assertEquals(shown.transcoded_message, { SMS: "Hello" });
    const contact_settings = { unified_contact_id_enabled: true };
    await projectSettings.create({
      createProjectSettingsRequestBody: { contact_settings },
    });
    await projectSettings.update({
      updateProjectSettingsRequestBody: { contact_settings },
    });
    assertEquals((await projectSettings.get({})).settings, {
      contact_settings,
    });
    await projectSettings.delete({});
    assertEquals(
      await statusOf(
        capability.lookup({
          lookupCapabilityRequestBody: { app_id: NOBODY, recipient },
        }),
      ),
      404,
    );
  }));

Deno.test("the SDK is refused with another secret", () =>
  withSdk(async ({ app }) => {
    assertEquals(await statusOf(app.list({})), 401);
  }, { keySecret: "wrong" }));

Deno.test("the SDK fetches a new token when the sandbox says that one expired", async () => {
  const clock = { now: () => Date.now() };
  await withSdk(async ({ app }) => {
    await app.list({});
    clock.now = () => Date.now() + 2 * 3600 * 1000;
    assertEquals((await app.list({})).apps!.length, 1);
  }, { clock });
});
