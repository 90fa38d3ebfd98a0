/** Events, as the official SDK calls for them. */
import { assertEquals } from "@std/assert";
import { ADA, APP, NOBODY } from "../client.ts";
import { all, type Case, contract, type Sdk } from "./contract.ts";

const to = (app_id: string) => ({ app_id, recipient: { contact_id: ADA } });
const agent = { display_name: "Eve", type: "HUMAN" as const };

const compose = (sdk: Sdk) =>
  sdk.events.send({
    sendEventRequestBody: { ...to(APP), event: { composing_event: {} } },
  });

/** A method that sends one kind of event. */
function sender(
  kind: string,
  send: (sdk: Sdk, app: string) => Promise<{ event_id?: string }>,
): Case {
  return {
    async taken(sdk) {
      const { event_id } = await send(sdk, APP);
      const event = await sdk.events.get({ event_id: event_id! });
      assertEquals(
        Object.keys((event as { app_event: object }).app_event),
        [kind],
      );
    },
    refused: [404, (sdk) => send(sdk, NOBODY)],
  };
}

contract("events", {
  send: sender("composing_event", (sdk, app) =>
    sdk.events.send({
      sendEventRequestBody: { ...to(app), event: { composing_event: {} } },
    })),
  sendComposingEvent: sender(
    "composing_event",
    (sdk, app) =>
      sdk.events.sendComposingEvent({
        sendEventRequestBody: { ...to(app), event: { composing_event: {} } },
      }),
  ),
  sendComposingEndEvent: sender(
    "composing_end_event",
    (sdk, app) =>
      sdk.events.sendComposingEndEvent({
        sendEventRequestBody: {
          ...to(app),
          event: { composing_end_event: {} },
        },
      }),
  ),
  sendCommentReplyEvent: sender(
    "comment_reply_event",
    (sdk, app) =>
      sdk.events.sendCommentReplyEvent({
        sendEventRequestBody: {
          ...to(app),
          event: { comment_reply_event: { text: "Hi" } },
        },
      }),
  ),
  sendAgentJoinedEvent: sender(
    "agent_joined_event",
    (sdk, app) =>
      sdk.events.sendAgentJoinedEvent({
        sendEventRequestBody: {
          ...to(app),
          event: { agent_joined_event: { agent } },
        },
      }),
  ),
  sendAgentLeftEvent: sender(
    "agent_left_event",
    (sdk, app) =>
      sdk.events.sendAgentLeftEvent({
        sendEventRequestBody: {
          ...to(app),
          event: { agent_left_event: { agent } },
        },
      }),
  ),
  sendGenericEvent: sender(
    "generic_event",
    (sdk, app) =>
      sdk.events.sendGenericEvent({
        sendEventRequestBody: {
          ...to(app),
          event: { generic_event: { payload: { a: 1 } } },
        },
      }),
  ),
  get: {
    async taken(sdk) {
      const { event_id, accepted_time } = await compose(sdk);
      const event = await sdk.events.get({ event_id: event_id! });
      assertEquals(
        [event.id, event.direction, event.contact_id, event.accept_time],
        [event_id, "TO_CONTACT", ADA, accepted_time],
      );
    },
    refused: [404, (sdk) => sdk.events.get({ event_id: NOBODY })],
  },
  list: {
    async taken(sdk) {
      const ids: string[] = [];
      for (let count = 0; count < 3; count++) {
        ids.unshift((await compose(sdk)).event_id!);
      }
      const listed = await all(
        sdk.events.list({ contact_id: ADA, page_size: 1 }),
      );
      assertEquals(listed.map(({ id }) => id), ids);
    },
    refused: [400, (sdk) => sdk.events.list({})],
  },
  delete: {
    async taken(sdk) {
      const { event_id } = await compose(sdk);
      await sdk.events.delete({ event_id: event_id! });
      const { data } = await sdk.events.list({ contact_id: ADA });
      assertEquals(data, []);
    },
    refused: [404, (sdk) => sdk.events.delete({ event_id: NOBODY })],
  },
});
