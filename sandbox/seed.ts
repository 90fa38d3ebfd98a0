/** The data of a new store: an app with every channel, contacts, a template. */
import { saveTemplate } from "./content/templates.ts";
import { ACCOUNT } from "./contract/account.ts";
import { type ChannelIdentity, PHONE_CHANNELS } from "./contract/channels.ts";
import { rfc3339 } from "./contract/time.ts";
import { saveApp } from "./people/apps.ts";
import { type Contact, newContact, saveContact } from "./people/contacts.ts";
import { noteInbound } from "./people/sending_window.ts";
import { appOf } from "./routes/apps.ts";
import type { Store } from "./store/store.ts";

const bearer = { claimed_identity: "sandbox", token: "sandbox" };

const CREDENTIALS = [
  { channel: "SMS", static_bearer: bearer },
  { channel: "WHATSAPP", static_bearer: bearer },
  { channel: "RCS", static_bearer: bearer },
  { channel: "MESSENGER", static_token: { token: "sandbox" } },
  { channel: "INSTAGRAM", instagram_credentials: { token: "sandbox" } },
  { channel: "VIBERBM", static_bearer: bearer },
  { channel: "TELEGRAM", telegram_credentials: { token: "sandbox" } },
  {
    channel: "LINE",
    line_credentials: { token: "sandbox", secret: "sandbox" },
  },
  {
    channel: "MMS",
    mms_credentials: {
      account_id: "sandbox",
      api_key: "sandbox",
      default_sender: "15550000000",
    },
  },
  {
    channel: "KAKAOTALK",
    kakaotalk_credentials: {
      kakaotalk_plus_friend_id: "sandbox",
      kakaotalk_sender_key: "sandbox",
    },
  },
  {
    channel: "KAKAOTALKCHAT",
    kakaotalkchat_credentials: { kakaotalk_plus_friend_id: "sandbox" },
  },
  {
    channel: "WECHAT",
    wechat_credentials: {
      app_id: "sandbox",
      app_secret: "sandbox",
      token: "sandbox",
      aes_key: "sandbox",
    },
  },
  {
    channel: "APPLEBC",
    applebc_credentials: { business_chat_account_id: "sandbox" },
  },
];

const CONTACTS: Partial<Contact>[] = [
  {
    id: "01HSANDB0XC0NTACT000000001",
    display_name: "Ada Lovelace",
    email: "ada@example.com",
    language: "EN_US",
    // Every phone channel, so that no send to her number creates another contact.
    channel_identities: [...PHONE_CHANNELS, "KAKAOTALK"].map((channel) =>
      identity(channel, "15551234567")
    ),
  },
  {
    id: "01HSANDB0XC0NTACT000000002",
    display_name: "Bo Ek",
    language: "SV",
    channel_identities: [
      identity("WHATSAPP", "15551234568"),
      identity("TELEGRAM", "5551234568"),
    ],
    channel_priority: ["WHATSAPP", "TELEGRAM"],
  },
  {
    id: "01HSANDB0XC0NTACT000000003",
    display_name: "Carla Ruiz",
    language: "ES_MX",
    external_id: "crm-3",
    channel_identities: [
      identity("MESSENGER", "5551234569000001", ACCOUNT.appId),
      identity("RCS", "15551234569"),
    ],
  },
];

function identity(
  channel: string,
  identity: string,
  app_id = "",
): ChannelIdentity {
  return { channel, identity, app_id };
}

export function seed(store: Store): void {
  saveApp(
    store,
    appOf(ACCOUNT.appId, {
      display_name: "Sandbox",
      processing_mode: "CONVERSATION",
      channel_credentials: CREDENTIALS,
    }),
  );
  for (const contact of CONTACTS) {
    const saved = { ...newContact(store, []), ...contact };
    saveContact(store, saved);
    // Opens the WhatsApp window for the store's first day.
    for (const identity of saved.channel_identities) {
      if (identity.channel === "WHATSAPP") {
        noteInbound(store, ACCOUNT.appId, identity);
      }
    }
  }
  saveTemplate(store, welcomeTemplate(rfc3339(store.now())));
}

function welcomeTemplate(now: string) {
  const translation = (language_code: string, text: string) => ({
    language_code,
    version: "1",
    text_message: { text },
    variables: [{ key: "name", preview_value: "Ada" }],
    channel_template_overrides: {},
    create_time: now,
    update_time: now,
  });
  return {
    id: "welcome_template",
    description: "A greeting to try templates with",
    version: 1,
    default_translation: "en-US",
    translations: [
      translation("en-US", "Hello ${name}, welcome to Sinch"),
      translation("sv-SE", "Hej ${name}, välkommen till Sinch"),
    ],
    create_time: now,
    update_time: now,
  };
}
