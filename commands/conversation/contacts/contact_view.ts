/** A contact as a block of labelled lines. */
import { source } from "../../../api/answer.ts";
import type { Contact } from "../../../api/contacts.ts";
import { details, done } from "../../../output/details.ts";
import type { View } from "../../../output/view.ts";

/** @param title What was done to it, where something was. */
export function contactView(contact: Contact, title?: string): View {
  return {
    json: source(contact),
    text: (style) =>
      (title ? done(title, style) : "") + details([
        ["ID", contact.id],
        ["Name", contact.display_name],
        ["Channels", channelsOf(contact).join("\n")],
        ["Priority", contact.channel_priority?.join(", ")],
        ["Email", contact.email],
        ["Language", contact.language],
        ["External ID", contact.external_id],
        ["Metadata", contact.metadata],
      ], style),
  };
}

/** `SMS 15551234567`, with the app where the identity is valid for one only. */
function channelsOf({ channel_identities = [] }: Contact): string[] {
  return channel_identities.map(({ channel, identity, app_id }) =>
    `${channel} ${identity}${app_id ? ` (app ${app_id})` : ""}`
  );
}
