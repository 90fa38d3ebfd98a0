/** What is asked of persons and channels: last messages, profiles, conflicts, transcoding, capability, settings. */
import { assertEquals } from "@std/assert";
import {
  ADA,
  APP,
  BO,
  CARLA,
  type Client,
  faults,
  NOBODY,
  openClient,
  P,
  smsTo,
} from "./client.ts";

async function send(client: Client, identity: string, fields = {}) {
  client.clock.ms += 1000;
  const { body } = await client.call(
    "POST",
    `${P}/messages:send`,
    smsTo(identity, fields),
  );
  return await read(client, body.message_id);
}

async function read(client: Client, id: string) {
  return (await client.call("GET", `${P}/messages/${id}`)).body;
}

Deno.test("the last message of each identity or contact is found, newest first", async () => {
  using client = openClient();
  await send(client, "15551234567");
  const { id } = await send(client, "15551234567");
  const other = await send(client, "46700000002");
  // Its status has changed since.
  const ada = await read(client, id);
  const fetchLast = async (body: unknown) =>
    (await client.call("POST", `${P}/messages:fetch-last-message`, body)).body;
  assertEquals(
    await fetchLast({
      channel_identities: ["+15551234567", "46700000002", "46700000009"],
    }),
    {
      messages: [other, ada],
      next_page_token: "",
    },
  );
  assertEquals((await fetchLast({ contact_ids: [ADA, BO] })).messages, [ada]);
  const channel_identities = ["15551234567", "46700000002"];
  for (
    const [filters, expected] of [
      [{ channel: "RCS" }, []],
      [{ direction: "TO_CONTACT", app_id: APP }, [other, ada]],
      [{ end_time: other.accept_time }, [ada]],
      [{ messages_source: "DISPATCH_SOURCE" }, []],
    ] as const
  ) {
    assertEquals(
      (await fetchLast({ channel_identities, ...filters })).messages,
      [...expected],
    );
  }
  const first = await fetchLast({ channel_identities, page_size: 1 });
  const second = await fetchLast({
    channel_identities,
    page_size: 1,
    page_token: first.next_page_token,
  });
  assertEquals([...first.messages, ...second.messages], [other, ada]);
  assertEquals(second.next_page_token, "");
});

Deno.test("a profile is the contact's name, on channels that it has", async () => {
  using client = openClient();
  const ask = (fields: Record<string, unknown>) =>
    client.call("POST", `${P}/contacts:getChannelProfile`, {
      app_id: APP,
      channel: "MESSENGER",
      recipient: { contact_id: CARLA },
      ...fields,
    });
  assertEquals((await ask({})).body, { profile_name: "Carla Ruiz" });
  const identified_by = {
    channel_identities: [{
      channel: "MESSENGER",
      identity: "5551234569000001",
    }],
  };
  assertEquals((await ask({ recipient: { identified_by } })).body, {
    profile_name: "Carla Ruiz",
  });
  const stranger = {
    channel_identities: [{ channel: "MESSENGER", identity: "77" }],
  };
  assertEquals(
    (await ask({ recipient: { identified_by: stranger } })).body,
    { profile_name: "Unknown" },
  );
  assertEquals((await ask({ channel: "LINE" })).status, 404);
  assertEquals((await ask({ channel: "VIBER" })).status, 404);
  assertEquals(
    (await ask({ recipient: { contact_id: NOBODY } })).body.error.message,
    "Contact not found.",
  );
  assertEquals(faults(await ask({ channel: "SMS" })), ["channel"]);
  assertEquals(faults(await ask({ channel: undefined })), ["channel"]);
});

Deno.test("identities on more than one contact are conflicts, in pages", async () => {
  using client = openClient();
  assertEquals(
    (await client.call("GET", `${P}/contacts:identityConflicts`)).body,
    { conflicts: [], next_page_token: "" },
  );
  const made: Record<string, string> = {};
  for (
    const [identity, channel] of [["15551234568", "RCS"], [
      "15551234569",
      "SMS",
    ], ["46700000001", "SMS"]] as const
  ) {
    const { body } = await client.call("POST", `${P}/contacts`, {
      channel_identities: [{ channel, identity }],
      language: "EN",
    });
    made[identity] = body.id;
  }
  const first =
    (await client.call("GET", `${P}/contacts:identityConflicts?page_size=1`))
      .body;
  assertEquals(first.conflicts, [{
    identity: "15551234568",
    channels: ["RCS", "WHATSAPP"],
    contact_ids: [BO, made["15551234568"]],
  }]);
  const second = (await client.call(
    "GET",
    `${P}/contacts:identityConflicts?page_size=1&page_token=${first.next_page_token}`,
  )).body;
  assertEquals(second, {
    conflicts: [{
      identity: "15551234569",
      channels: ["RCS", "SMS"],
      contact_ids: [CARLA, made["15551234569"]],
    }],
    next_page_token: "",
  });
});

async function transcode(
  client: Client,
  app_message: unknown,
  channels: string[],
  more = {},
) {
  const answer = await client.call("POST", `${P}/messages:transcode`, {
    app_id: APP,
    app_message,
    channels,
    ...more,
  });
  assertEquals(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.transcoded_message;
}

const LIGHTHOUSE = {
  location_message: {
    title: "Phare",
    label: "Lighthouse",
    coordinates: { latitude: 47.79819, longitude: -4.3727684 },
  },
};

Deno.test("a location for WhatsApp is the documented request", async () => {
  using client = openClient();
  assertEquals(await transcode(client, LIGHTHOUSE, ["WHATSAPP"]), {
    WHATSAPP:
      '{"to":"{{to}}","type":"location","recipient_type":"individual","location":{"longitude":"-4.3727684","latitude":"47.79819","name":"Phare","address":"Lighthouse"},"messaging_product":"whatsapp","biz_opaque_callback_data":null}',
  });
  const { WHATSAPP } = await transcode(client, LIGHTHOUSE, ["WHATSAPP"], {
    to: "46700000001",
  });
  assertEquals(JSON.parse(WHATSAPP).to, "46700000001");
});

/** Contents and their text, after the pictures in the documentation. */
const RENDERED: [string, Record<string, unknown>, string][] = [
  ["text", { text_message: { text: "Hello" } }, "Hello"],
  [
    "media",
    { media_message: { url: "https://example.com/a.pdf" } },
    "https://example.com/a.pdf",
  ],
  [
    "a location",
    LIGHTHOUSE,
    "Phare: https://www.google.com/maps/search/?api=1&query=47.79819,-4.3727684",
  ],
  [
    "choices",
    {
      choice_message: {
        text_message: { text: "What now?" },
        choices: [
          { text_message: { text: "Yes" } },
          { url_message: { title: "Site", url: "https://example.com" } },
          { call_message: { title: "Call", phone_number: "46700000099" } },
          {
            share_location_message: {
              title: "Share",
              fallback_url: "https://example.com/loc",
            },
          },
        ],
      },
    },
    "What now?\n\n> YES\n> Site: https://example.com\n> Call: 46700000099\n> Share: https://example.com/loc",
  ],
  [
    "a carousel",
    {
      carousel_message: {
        cards: [
          {
            title: "A",
            description: "First",
            media_message: { url: "https://example.com/1.jpg" },
            choices: [{ text_message: { text: "Pick A" } }],
          },
          {
            title: "B",
            description: "Second",
            media_message: { url: "https://example.com/2.jpg" },
          },
        ],
      },
    },
    "1. A\nFirst\nhttps://example.com/1.jpg\n> PICK A\n\n2. B\nSecond\nhttps://example.com/2.jpg",
  ],
  ["a list", {
    list_message: {
      title: "Menu",
      sections: [{ title: "Fruit", items: [{ choice: { title: "Lemon" } }] }],
    },
  }, "Menu\nFruit\n> LEMON"],
  ["a contact", {
    contact_info_message: {
      name: { full_name: "Ada" },
      phone_numbers: [{ phone_number: "+46700000001" }],
    },
  }, "Name: Ada\nPhone: +46700000001"],
  ["a template", {
    template_message: {
      omni_template: {
        template_id: "welcome_template",
        version: "latest",
        language_code: "sv_SE",
        parameters: { name: "Ada" },
      },
    },
  }, "Hej Ada, välkommen till Sinch"],
  ["another content for the channel", {
    text_message: { text: "a" },
    explicit_channel_omni_message: { SMS: { text_message: { text: "b" } } },
  }, "b"],
  ["the channel's own message", {
    text_message: { text: "a" },
    explicit_channel_message: { SMS: "raw" },
  }, "raw"],
];
for (const [name, message, expected] of RENDERED) {
  Deno.test(`on SMS ${name} becomes text`, async () => {
    using client = openClient();
    assertEquals(await transcode(client, message, ["SMS"]), { SMS: expected });
  });
}

Deno.test("transcoding for Viber, the retired channel, is taken; for no channel, refused", async () => {
  using client = openClient();
  assertEquals(
    Object.keys(await transcode(client, LIGHTHOUSE, ["VIBER", "RCS"])),
    ["VIBER", "RCS"],
  );
  for (
    const [fields, field] of [
      [{ channels: [] }, "channels"],
      [{ channels: ["FAX"] }, "channels[0]"],
      [{ app_message: {} }, "app_message"],
      [{
        app_message: {
          template_message: {
            omni_template: { template_id: "none", version: "1" },
          },
        },
      }, "app_message.template_message.omni_template"],
    ] as const
  ) {
    const answer = await client.call("POST", `${P}/messages:transcode`, {
      app_id: APP,
      app_message: LIGHTHOUSE,
      channels: ["SMS"],
      ...fields,
    });
    assertEquals([answer.status, ...faults(answer)], [400, field]);
  }
});

Deno.test("a capability query answers what was asked, with a request id", async () => {
  using client = openClient();
  const asked = {
    app_id: APP,
    recipient: { contact_id: ADA },
    request_id: "req-1",
  };
  assertEquals(
    (await client.call("POST", `${P}/capability:query`, asked)).body,
    asked,
  );
  const { body } = await client.call("POST", `${P}/capability:query`, {
    ...asked,
    request_id: undefined,
  });
  assertEquals(body.request_id.length, 26);
  assertEquals(
    faults(await client.call("POST", `${P}/capability:query`, { app_id: APP })),
    ["recipient"],
  );
  assertEquals(
    (await client.call("POST", `${P}/capability:query`, {
      ...asked,
      app_id: NOBODY,
    })).status,
    404,
  );
});

Deno.test("project settings are off until they are set, and again when deleted", async () => {
  using client = openClient();
  const answer = (enabled: boolean) => ({
    project_id: "sandbox-project",
    settings: { contact_settings: { unified_contact_id_enabled: enabled } },
  });
  const on = { contact_settings: { unified_contact_id_enabled: true } };
  const off = { contact_settings: { unified_contact_id_enabled: false } };
  assertEquals((await client.call("GET", `${P}/settings`)).body, answer(false));
  assertEquals(
    (await client.call("POST", `${P}/settings`, on)).body,
    answer(true),
  );
  assertEquals((await client.call("GET", `${P}/settings`)).body, answer(true));
  assertEquals(
    (await client.call("PATCH", `${P}/settings`, off)).body,
    answer(false),
  );
  await client.call("POST", `${P}/settings`, on);
  assertEquals((await client.call("DELETE", `${P}/settings`)).body, {});
  assertEquals((await client.call("GET", `${P}/settings`)).body, answer(false));
  const wrong = await client.call("POST", `${P}/settings`, {
    contact_settings: { unified_contact_id_enabled: "yes" },
  });
  assertEquals(faults(wrong), ["contact_settings.unified_contact_id_enabled"]);
});
