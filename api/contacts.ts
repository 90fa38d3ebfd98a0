/**
 * Contacts: people, with their channel identities. They belong to the project
 * and are shared by all its apps.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/contact
 */
import { fields, list, type Read, rows, text, word } from "./answer.ts";
import { type ApiRequest, path } from "./http/request.ts";
import type { ChannelIdentity } from "./messages.ts";

export interface ContactInput {
  channel_identities?: ChannelIdentity[];
  channel_priority?: string[];
  display_name?: string;
  email?: string;
  external_id?: string;
  language?: string;
  metadata?: string;
}

const readContact = fields({
  id: word,
  channel_identities: list(
    fields({ channel: word, identity: word, app_id: text }),
  ),
  channel_priority: list(word),
  display_name: text,
  email: text,
  external_id: text,
  language: text,
  metadata: text,
});
export type Contact = Read<typeof readContact>;

const readContactPage = fields({
  contacts: rows(readContact),
  next_page_token: text,
});
export type ContactPage = Read<typeof readContactPage>;

/** The API's largest page of contacts. */
export const CONTACT_PAGE_SIZE = 20;

/** Either the external id, or channel and identity together. */
export interface ContactFilter {
  external_id?: string;
  channel?: string;
  identity?: string;
}

export function listContacts(
  filter: ContactFilter,
  page: { page_size: number; page_token?: string },
): ApiRequest<ContactPage> {
  return {
    method: "GET",
    host: "conversation",
    path: "contacts",
    query: { ...filter, ...page },
    answerAs: readContactPage,
  };
}

export function getContact(id: string): ApiRequest<Contact> {
  return {
    method: "GET",
    host: "conversation",
    path: path`contacts/${id}`,
    answerHas: "id",
    answerAs: readContact,
  };
}

/** `channel_identities` (at least one) and `language` are required. */
export function createContact(body: ContactInput): ApiRequest<Contact> {
  return {
    method: "POST",
    done: "Contact created",
    host: "conversation",
    path: "contacts",
    body,
    answerHas: "id",
    answerAs: readContact,
  };
}

export function updateContact(
  id: string,
  body: ContactInput,
): ApiRequest<Contact> {
  return {
    method: "PATCH",
    done: "Contact updated",
    host: "conversation",
    path: path`contacts/${id}`,
    query: { update_mask: Object.keys(body) },
    body,
    answerHas: "id",
    answerAs: readContact,
  };
}

export function deleteContact(id: string): ApiRequest {
  return {
    method: "DELETE",
    done: `Contact ${id} deleted`,
    host: "conversation",
    path: path`contacts/${id}`,
  };
}

/** Moves everything of `sourceId` to `destinationId`; the source is deleted. */
export function mergeContacts(
  sourceId: string,
  destinationId: string,
): ApiRequest<Contact> {
  return {
    method: "POST",
    done: "Contacts merged",
    host: "conversation",
    path: path`contacts/${destinationId}:merge`,
    body: { source_id: sourceId, strategy: "MERGE" },
    answerHas: "id",
    answerAs: readContact,
  };
}
