/** Control endpoint for messages and events from contacts. */
import { choicesOf } from "../content/choices.ts";
import { contactEvent, contactMessageEvent } from "../content/event_content.ts";
import {
  type ContactMessage,
  contactMessage,
} from "../content/message_content.ts";
import { ACCOUNT } from "../contract/account.ts";
import {
  type ChannelIdentity,
  recipientIdentity,
  storedIdentity,
} from "../contract/channels.ts";
import {
  type Checked,
  checked,
  exactlyOne,
  object,
  required,
  resourceId,
  text,
} from "../contract/checks.ts";
import { invalidField, notFound } from "../contract/errors.ts";
import type { Call } from "../http/call.ts";
import {
  receiveEvent,
  receiveMessage,
  type Sender,
} from "../messages/inbound.ts";
import { appMessageOf, type MessageRow } from "../messages/messages.ts";
import { type AppRow, requireApp } from "../people/apps.ts";
import { requireContact } from "../people/contacts.ts";
import { activeConversation } from "../people/conversations.ts";
import type { Store } from "../store/store.ts";

const inboundRequest = object(
  {
    app_id: resourceId,
    from: required(object({
      contact_id: resourceId,
      message_id: resourceId,
      channel_identity: recipientIdentity,
    }, exactlyOne(["contact_id", "message_id", "channel_identity"]))),
    contact_message: contactMessage,
    contact_event: contactEvent,
    contact_message_event: contactMessageEvent,
    choice: text(),
  },
  exactlyOne([
    "contact_message",
    "contact_event",
    "contact_message_event",
    "choice",
  ]),
);
type InboundRequest = Checked<typeof inboundRequest>;

/** `POST /_sandbox/inbound`: a contact writes, taps a choice, types or reacts. */
export function receive({ store, body }: Call) {
  const request = checked(body, inboundRequest);
  const { message_id } = request.from;
  const answers = message_id ? sentMessage(store, message_id) : undefined;
  const app = requireApp(
    store,
    answers?.app_id ?? request.app_id ?? ACCOUNT.appId,
  );
  const who = sender(store, app, request.from, answers);
  for (const kind of ["contact_event", "contact_message_event"] as const) {
    const content = request[kind];
    if (content) return receiveEvent(store, app, { ...who, kind, content });
  }
  return receiveMessage(store, app, {
    ...who,
    content: request.contact_message ??
      choiceResponse(answers, request.choice!),
    answers,
  });
}

function sentMessage(store: Store, id: string): MessageRow {
  const row = store.get<MessageRow>("SELECT * FROM messages WHERE id = ?", id);
  if (!row) throw notFound("Message");
  if (row.direction === "TO_APP") {
    throw invalidField("from.message_id", "must be a message to the contact");
  }
  return row;
}

function sender(
  store: Store,
  app: AppRow,
  { contact_id, channel_identity }: InboundRequest["from"],
  answers: MessageRow | undefined,
): Sender {
  if (answers) {
    const { channel, identity, identity_app_id } = answers;
    return {
      from: { channel, identity, app_id: identity_app_id },
      contactId: answers.contact_id || undefined,
    };
  }
  return contact_id
    ? { from: usualIdentity(store, app, contact_id), contactId: contact_id }
    : { from: storedIdentity(channel_identity!, app.id) };
}

/** The identity on the conversation's channel, otherwise the first. */
function usualIdentity(
  store: Store,
  app: AppRow,
  contactId: string,
): ChannelIdentity {
  const { channel_identities } = requireContact(store, contactId);
  const own = channel_identities.filter(({ app_id }) =>
    app_id === "" || app_id === app.id
  );
  const channel = activeConversation(store, app.id, contactId)?.active_channel;
  const usual = own.find((one) => one.channel === channel) ?? own[0];
  if (usual) return usual;
  throw invalidField("from.contact_id", "must have an identity for this app");
}

function choiceResponse(
  message: MessageRow | undefined,
  wanted: string,
): ContactMessage {
  if (!message) {
    throw invalidField("choice", "requires from.message_id");
  }
  const choices = choicesOf(appMessageOf(message), message.id);
  const found =
    choices.find(({ title, data }) =>
      data === wanted || title.toLowerCase() === wanted.toLowerCase()
    ) ?? (/^\d+$/.test(wanted) ? choices[Number(wanted) - 1] : undefined);
  if (!found) {
    const titles = choices.map(({ title }) => `"${title}"`).join(", ");
    throw invalidField(
      "choice",
      choices.length === 0
        ? "must not be set: the message has no choices"
        : `must be one of ${titles}`,
    );
  }
  return {
    choice_response_message: {
      message_id: message.id,
      postback_data: found.data,
    },
  };
}
