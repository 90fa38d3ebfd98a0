/**
 * Contacts: people, with their channel identities. They belong to the project
 * and are shared by all its apps.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/contact
 */
import { type ApiRequest, path } from "./http/request.ts";
import type { ChannelIdentity } from "./messages.ts";

export interface Contact {
  id: string;
  channel_identities?: ChannelIdentity[];
  channel_priority?: string[];
  display_name?: string;
  email?: string;
  external_id?: string;
  language?: string;
  metadata?: string;
}

export type ContactInput = Omit<Contact, "id">;

export interface ContactPage {
  contacts?: Contact[];
  next_page_token?: string;
}

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
  };
}

export function getContact(id: string): ApiRequest<Contact> {
  return {
    method: "GET",
    host: "conversation",
    path: path`contacts/${id}`,
    answerHas: "id",
  };
}

/** `channel_identities` (at least one) and `language` are required. */
export function createContact(body: ContactInput): ApiRequest<Contact> {
  return {
    method: "POST",
    host: "conversation",
    path: "contacts",
    body,
    answerHas: "id",
  };
}

export function updateContact(
  id: string,
  body: ContactInput,
): ApiRequest<Contact> {
  return {
    method: "PATCH",
    host: "conversation",
    path: path`contacts/${id}`,
    query: { update_mask: Object.keys(body) },
    body,
    answerHas: "id",
  };
}

export function deleteContact(id: string): ApiRequest {
  return {
    method: "DELETE",
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
    host: "conversation",
    path: path`contacts/${destinationId}:merge`,
    body: { source_id: sourceId, strategy: "MERGE" },
    answerHas: "id",
  };
}
