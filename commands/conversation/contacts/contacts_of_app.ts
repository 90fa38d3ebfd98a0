/**
 * The contacts that have a conversation with an app. The API cannot list them:
 * contacts belong to the project. So the app's conversations are read, and each
 * contact they name once.
 */
import { type Contact, getContact } from "../../../api/contacts.ts";
import {
  type Conversation,
  CONVERSATION_PAGE_SIZE,
  type ConversationPage,
  listConversations,
} from "../../../api/conversations.ts";
import { type Page, pages } from "../../../api/pages.ts";
import { Failure } from "../../../errors.ts";
import type { Context } from "../../context.ts";

type Read = Context["read"];

/** Pages with `limit` contacts in all. */
export async function* contactsOfApp(
  app_id: string,
  { read, limit }: { read: Read; limit: number },
): AsyncGenerator<Page<Contact>> {
  const conversations = pages<ConversationPage, Conversation>({
    read,
    request: (page) => listConversations({ app_id }, page),
    rows: (answer) => answer.conversations,
    pageSize: CONVERSATION_PAGE_SIZE,
    limit: Infinity,
  });
  const seen = new Set<string | undefined>([undefined, ""]);
  let left = limit;
  for await (const { rows, nextPageToken } of conversations) {
    const ids = new Set(rows.map(({ contact_id }) => contact_id))
      .difference(seen) as Set<string>;
    const waiting = [...ids];
    const contacts: Contact[] = [];
    while (waiting.length > 0 && left > 0) {
      const found = await Promise.all(
        waiting.splice(0, left).map((id) => existing(read, id)),
      );
      contacts.push(...found.flat());
      left -= found.flat().length;
    }
    // Their token leads to more conversations, and is none of this list.
    const more = waiting.length > 0 || nextPageToken !== undefined;
    yield { rows: contacts, more };
    if (left === 0) return;
    for (const id of ids) seen.add(id);
  }
}

/** The contact, unless it was deleted and its conversation was not. */
async function existing(read: Read, id: string): Promise<Contact[]> {
  try {
    return [await read(getContact(id))];
  } catch (error) {
    if (error instanceof Failure && error.kind === "not_found") return [];
    throw error;
  }
}
