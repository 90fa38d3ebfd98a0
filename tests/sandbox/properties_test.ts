/**
 * Random sequences of API calls against a small model of what the API
 * documents. A failure prints its seed and the shortest sequence that fails.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/
 */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Client, openClient, P, TEMPLATES } from "./client.ts";

interface App {
  id: string;
  mode: "CONVERSATION" | "DISPATCH";
  keptDays: number;
}
interface Contact {
  id: string;
  channel_identities: { channel: string; identity: string; app_id: string }[];
  display_name: string;
  email: string;
  metadata: string;
}
interface Conversation {
  id: string;
  app_id: string;
  contact_id: string;
  active: boolean;
  active_channel: string;
  metadata_json: Record<string, unknown> | null;
}
interface Message {
  id: string;
  app_id: string;
  /** Both `""` in DISPATCH mode. */
  contact_id: string;
  conversation_id: string;
  channel: string;
  identity: string;
  metadata: string;
  text: string;
}
interface Webhook {
  id: string;
  app_id: string;
  target: string;
}

class World {
  readonly apps = new Map<string, App>();
  readonly contacts = new Map<string, Contact>();
  readonly conversations = new Map<string, Conversation>();
  readonly messages = new Map<string, Message>();
  readonly webhooks = new Map<string, Webhook>();
  /** Versions by id. */
  readonly templates = new Map<string, number>();
  /** Ids that were ever given out, so that deleted ones are asked for too. */
  readonly seen: Record<Kind, string[]> = {
    apps: [],
    contacts: [],
    conversations: [],
    messages: [],
    webhooks: [],
  };

  constructor(readonly client: Client) {}

  /** Mostly an id that is there; sometimes one that was deleted or never was. */
  id(kind: Kind, pick: number): string {
    const ids = pick % 5 === 4 ? this.seen[kind] : [...this[kind].keys()];
    return ids[Math.floor(pick / 5) % ids.length] ?? "01NEVER";
  }

  keep<T extends { id: string }>(kind: Kind, one: T): T {
    (this[kind] as unknown as Map<string, T>).set(one.id, one);
    if (!this.seen[kind].includes(one.id)) this.seen[kind].push(one.id);
    return one;
  }

  async call(status: number, method: string, path: string, body?: unknown) {
    this.client.clock.ms += 1;
    const answer = await this.client.call(method, path, body);
    assertEquals(answer.status, status, JSON.stringify(answer.body));
    return answer.body;
  }

  /** Every item of a list, and that no page is longer than was asked. */
  async list(path: string, key: string, size: number) {
    const items: Record<string, unknown>[] = [];
    let token = "";
    do {
      const page = await this.call(
        200,
        "GET",
        `${path}page_size=${size}&page_token=${token}`,
      );
      assert(page[key].length <= size);
      items.push(...page[key]);
      assert(!token || page.next_page_token !== token, "a page follows itself");
      token = page.next_page_token;
    } while (token);
    return items;
  }

  active(appId: string, contactId: string): Conversation | undefined {
    return [...this.conversations.values()].find((one) =>
      one.active && one.app_id === appId && one.contact_id === contactId
    );
  }

  /** A conversation goes with its messages. */
  dropConversations(which: (one: Conversation) => boolean): void {
    for (const conversation of this.conversations.values()) {
      if (!which(conversation)) continue;
      this.conversations.delete(conversation.id);
      for (const message of this.messages.values()) {
        if (message.conversation_id === conversation.id) {
          this.messages.delete(message.id);
        }
      }
    }
  }
}

type Kind = "apps" | "contacts" | "conversations" | "messages" | "webhooks";

interface Step {
  run(world: World): Promise<void>;
}

/** A kind of step: how often it comes up, its name, what is random in it, what it does and expects. */
function step<T>(
  weight: number,
  name: string,
  inputs: { [K in keyof T]: fc.Arbitrary<T[K]> },
  run: (world: World, input: T) => Promise<void>,
): fc.WeightedArbitrary<Step> {
  const arbitrary = fc.record(inputs).map((input) => ({
    run: (world: World) => run(world, input as T),
    [fc.toStringMethod]: () => `${name} ${JSON.stringify(input)}`,
  }));
  return { arbitrary, weight };
}

const pick = fc.noBias(fc.nat(99));
const word = fc.constantFrom("", "a", "å 日本 😀", "'; --", "x".repeat(100));
const channel = fc.constantFrom("SMS", "WHATSAPP", "TELEGRAM");
const number = fc.constantFrom("46700000001", "46700000002", "46700000003");
const plus = fc.constantFrom("", "+");
const patch = fc.dictionary(
  fc.constantFrom("a", "b"),
  fc.constantFrom<unknown>(1, "two", null),
  { minKeys: 1, noNullPrototype: true },
);

/** RFC 7386 for objects without objects in them. */
function merged(
  target: Record<string, unknown> | null,
  change: Record<string, unknown>,
) {
  const all = { ...target, ...change };
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => change[name] !== null),
  );
}

const STEPS = [
  step(2, "create app", {
    mode: fc.constantFrom("CONVERSATION" as const, "DISPATCH" as const),
    keptDays: fc.constantFrom(0, 7),
  }, async (world, { mode, keptDays }) => {
    const { id } = await world.call(200, "POST", `${P}/apps`, {
      display_name: "Shop",
      channel_credentials: [],
      processing_mode: mode,
      dispatch_retention_policy: { ttl_days: keptDays },
    });
    world.keep("apps", { id, mode, keptDays });
  }),

  step(1, "delete app", { app: pick }, async (world, { app }) => {
    const id = world.id("apps", app);
    const known = world.apps.delete(id);
    await world.call(known ? 200 : 404, "DELETE", `${P}/apps/${id}`);
    world.dropConversations(({ app_id }) => app_id === id);
    for (const webhook of world.webhooks.values()) {
      if (webhook.app_id === id) world.webhooks.delete(webhook.id);
    }
  }),

  step(40, "send", {
    app: pick,
    channel,
    number,
    plus,
    contact: fc.option(pick, { nil: undefined }),
    text: word.filter((text) => text !== ""),
    metadata: word,
    dispatchOnly: fc.constantFrom(false, false, false, true),
    conversationMetadata: fc.option(patch, { nil: undefined }),
    merge: fc.boolean(),
  }, async (world, input) => {
    const app = world.apps.get(world.id("apps", input.app));
    const dispatched = input.dispatchOnly || app?.mode === "DISPATCH";
    const byContact = input.contact !== undefined &&
      world.contacts.get(world.id("contacts", input.contact));
    if (input.contact !== undefined && !byContact) return;
    const refusal = !app ? 404 : byContact && dispatched ? 400 : undefined;
    const identity = byContact
      ? byContact.channel_identities[0]!
      : { channel: input.channel, identity: input.number, app_id: "" };
    const { message_id } = await world.call(
      refusal ?? 200,
      "POST",
      `${P}/messages:send`,
      {
        app_id: world.id("apps", input.app),
        recipient: byContact ? { contact_id: byContact.id } : {
          identified_by: {
            channel_identities: [{
              channel: input.channel,
              identity: input.plus + input.number,
            }],
          },
        },
        channel_priority_order: [identity.channel],
        message: { text_message: { text: input.text } },
        message_metadata: input.metadata,
        processing_strategy: input.dispatchOnly ? "DISPATCH_ONLY" : "DEFAULT",
        ...dispatched ? {} : {
          conversation_metadata: input.conversationMetadata,
          conversation_metadata_update_strategy: input.merge
            ? "MERGE_PATCH"
            : "REPLACE",
        },
      },
    );
    if (!app || refusal) return;
    const sent: Message = {
      id: message_id,
      app_id: app.id,
      contact_id: "",
      conversation_id: "",
      channel: identity.channel,
      identity: identity.identity,
      metadata: input.metadata,
      text: input.text,
    };
    if (dispatched) {
      if (app.keptDays > 0) world.keep("messages", sent);
      return;
    }
    const stored = await world.call(200, "GET", `${P}/messages/${message_id}`);
    const owners = byContact
      ? [byContact.id]
      : [...world.contacts.values()].filter(({ channel_identities }) =>
        channel_identities.some((one) =>
          one.channel === identity.channel && one.identity === identity.identity
        )
      ).map(({ id }) => id);
    if (owners.length > 0) assert(owners.includes(stored.contact_id));
    else {
      assert(!world.seen.contacts.includes(stored.contact_id));
      world.keep("contacts", {
        id: stored.contact_id,
        channel_identities: [identity],
        display_name: "Unknown",
        email: "",
        metadata: "",
      });
    }
    const active = world.active(app.id, stored.contact_id);
    if (active) assertEquals(stored.conversation_id, active.id);
    else assert(!world.seen.conversations.includes(stored.conversation_id));
    const before = active?.metadata_json ?? null;
    const given = input.conversationMetadata;
    world.keep("conversations", {
      id: stored.conversation_id,
      app_id: app.id,
      contact_id: stored.contact_id,
      active: true,
      active_channel: identity.channel,
      metadata_json: !given
        ? before
        : input.merge
        ? merged(before, given)
        : given,
    });
    world.keep("messages", {
      ...sent,
      contact_id: stored.contact_id,
      conversation_id: stored.conversation_id,
    });
  }),

  step(3, "update message", { message: pick, metadata: word }, async (
    world,
    { message, metadata },
  ) => {
    const id = world.id("messages", message);
    const known = world.messages.get(id);
    const found = known !== undefined && known.conversation_id !== "";
    await world.call(found ? 200 : 404, "PATCH", `${P}/messages/${id}`, {
      metadata,
    });
    if (found) known.metadata = metadata;
  }),

  step(1, "delete message", { message: pick }, async (world, { message }) => {
    const id = world.id("messages", message);
    const known = world.messages.get(id);
    const found = known !== undefined && known.conversation_id !== "";
    await world.call(found ? 200 : 404, "DELETE", `${P}/messages/${id}`);
    if (found) world.messages.delete(id);
  }),

  step(4, "create contact", {
    identities: fc.uniqueArray(fc.record({ channel, identity: number }), {
      minLength: 1,
      maxLength: 3,
      selector: (one) => one.channel + one.identity,
    }),
    email: word,
    metadata: word,
  }, async (world, { identities, email, metadata }) => {
    const fields = { display_name: "Ada", email, metadata };
    const { id, channel_identities } = await world.call(
      200,
      "POST",
      `${P}/contacts`,
      { ...fields, channel_identities: identities, language: "EN_US" },
    );
    assertEquals(
      channel_identities,
      identities.map((one) => ({ ...one, app_id: "" })),
    );
    world.keep("contacts", { id, channel_identities, ...fields });
  }),

  step(3, "update contact", {
    contact: pick,
    email: word,
    metadata: word,
    mask: fc.constantFrom("", "email", "metadata", "email,metadata"),
    leaveOut: fc.boolean(),
  }, async (world, { contact, email, metadata, mask, leaveOut }) => {
    const id = world.id("contacts", contact);
    const known = world.contacts.get(id);
    await world.call(
      known ? 200 : 404,
      "PATCH",
      `${P}/contacts/${id}?update_mask=${mask}`,
      leaveOut ? { metadata } : { email, metadata },
    );
    const masked = (field: string) => mask.split(",").includes(field);
    if (!known) return;
    if (mask ? masked("email") : !leaveOut) known.email = leaveOut ? "" : email;
    if (!mask || masked("metadata")) known.metadata = metadata;
  }),

  step(1, "delete contact", { contact: pick }, async (world, { contact }) => {
    const id = world.id("contacts", contact);
    const known = world.contacts.delete(id);
    await world.call(known ? 200 : 404, "DELETE", `${P}/contacts/${id}`);
    world.dropConversations(({ contact_id }) => contact_id === id);
  }),

  step(4, "merge contacts", { to: pick, from: pick }, async (world, input) => {
    const to = world.contacts.get(world.id("contacts", input.to));
    const from = world.contacts.get(world.id("contacts", input.from));
    const status = !to ? 404 : from === to ? 400 : from ? 200 : 404;
    await world.call(
      status,
      "POST",
      `${P}/contacts/${world.id("contacts", input.to)}:merge`,
      { source_id: world.id("contacts", input.from), strategy: "MERGE" },
    );
    if (status !== 200 || !to || !from) return;
    const own = to.channel_identities.map(({ channel }) => channel);
    to.channel_identities.push(
      ...from.channel_identities.filter(({ channel }) =>
        !own.includes(channel)
      ),
    );
    if (to.display_name === "Unknown") to.display_name = from.display_name;
    to.email ||= from.email;
    to.metadata ||= from.metadata;
    world.contacts.delete(from.id);
    for (const one of world.messages.values()) {
      if (one.contact_id === from.id) one.contact_id = to.id;
    }
    for (const one of world.conversations.values()) {
      if (one.contact_id !== from.id) continue;
      const other = world.active(one.app_id, to.id);
      one.contact_id = to.id;
      if (!one.active || !other) continue;
      // One active conversation for the pair; which one is not documented.
      for (const rival of [one, other]) {
        const { active } = await world.call(
          200,
          "GET",
          `${P}/conversations/${rival.id}`,
        );
        rival.active = active;
      }
      assert(one.active !== other.active);
    }
  }),

  step(3, "stop conversation", { conversation: pick }, async (world, input) => {
    const id = world.id("conversations", input.conversation);
    const known = world.conversations.get(id);
    const path = `${P}/conversations/${id}:stop`;
    await world.call(known ? 200 : 404, "POST", path);
    if (known) known.active = false;
  }),

  step(3, "update conversation", {
    conversation: pick,
    patch,
    merge: fc.boolean(),
  }, async (world, input) => {
    const id = world.id("conversations", input.conversation);
    const known = world.conversations.get(id);
    const strategy = input.merge ? "MERGE_PATCH" : "REPLACE";
    await world.call(
      known ? 200 : 404,
      "PATCH",
      `${P}/conversations/${id}?metadata_update_strategy=${strategy}`,
      { metadata_json: input.patch },
    );
    if (!known) return;
    known.metadata_json = input.merge
      ? merged(known.metadata_json, input.patch)
      : input.patch;
  }),

  step(
    1,
    "delete conversation",
    { conversation: pick },
    async (world, input) => {
      const id = world.id("conversations", input.conversation);
      const known = world.conversations.has(id);
      const path = `${P}/conversations/${id}`;
      await world.call(known ? 200 : 404, "DELETE", path);
      world.dropConversations((one) => one.id === id);
    },
  ),

  step(20, "create webhook", { app: pick, path: fc.nat(5) }, async (
    world,
    { app, path },
  ) => {
    const app_id = world.id("apps", app);
    const target = `https://example.com/${path}`;
    const others = [...world.webhooks.values()]
      .filter((one) => one.app_id === app_id);
    const refused = others.length >= 5 ||
      others.some((one) => one.target === target);
    const { id } = await world.call(
      !world.apps.has(app_id) ? 404 : refused ? 400 : 200,
      "POST",
      `${P}/webhooks`,
      { app_id, target, target_type: "DISMISS", triggers: [] },
    );
    if (id) world.keep("webhooks", { id, app_id, target });
  }),

  step(1, "delete webhook", { webhook: pick }, async (world, { webhook }) => {
    const id = world.id("webhooks", webhook);
    const known = world.webhooks.delete(id);
    await world.call(known ? 200 : 404, "DELETE", `${P}/webhooks/${id}`);
  }),

  step(4, "save template", {
    id: fc.constantFrom("welcome", "goodbye"),
    put: fc.boolean(),
    version: fc.integer({ min: 1, max: 3 }),
  }, async (world, { id, put, version }) => {
    const current = world.templates.get(id);
    const body = {
      id,
      version,
      default_translation: "en-US",
      translations: [{ language_code: "en-US", text_message: { text: "Hi" } }],
    };
    const status = put
      ? current === undefined ? 404 : current === version ? 200 : 400
      : current === undefined
      ? 200
      : 400;
    const saved = await world.call(
      status,
      put ? "PUT" : "POST",
      put ? `${TEMPLATES}/${id}` : TEMPLATES,
      body,
    );
    if (status !== 200) return;
    assertEquals(saved.version, put ? version + 1 : 1);
    world.templates.set(id, saved.version);
  }),

  step(
    1,
    "delete template",
    { id: fc.constantFrom("welcome", "goodbye") },
    async (
      world,
      { id },
    ) => {
      const known = world.templates.delete(id);
      await world.call(known ? 200 : 404, "DELETE", `${TEMPLATES}/${id}`);
    },
  ),
];

/** Only the fields that the model knows, in the order of their ids. */
function known(items: Record<string, unknown>[], fields: string[]): unknown[] {
  return items
    .map((item) =>
      Object.fromEntries(fields.map((field) => [field, item[field]]))
    )
    .sort((one, other) => String(one.id) < String(other.id) ? -1 : 1);
}

/** That each list shows what the model holds, once, whatever the page size. */
async function compare(world: World, size: number): Promise<void> {
  const same = (
    actual: Record<string, unknown>[],
    model: Iterable<object>,
    fields: string[],
  ) =>
    assertEquals(
      known(actual, fields),
      known([...model] as Record<string, unknown>[], fields),
    );

  same((await world.call(200, "GET", `${P}/apps`)).apps, world.apps.values(), [
    "id",
  ]);
  same(
    await world.list(`${P}/contacts?`, "contacts", size),
    world.contacts.values(),
    ["id", "channel_identities", "display_name", "email", "metadata"],
  );
  same(
    (await world.call(200, "GET", TEMPLATES)).templates,
    [...world.templates].map(([id, version]) => ({ id, version })),
    ["id", "version"],
  );
  const conversations = [...world.conversations.values()];
  const messages = [...world.messages.values()];
  for (const { id } of world.apps.values()) {
    same(
      (await world.call(200, "GET", `${P}/apps/${id}/webhooks`)).webhooks,
      [...world.webhooks.values()].filter(({ app_id }) => app_id === id),
      ["id", "app_id", "target"],
    );
    same(
      await world.list(
        `${P}/conversations?app_id=${id}&`,
        "conversations",
        size,
      ),
      conversations.filter(({ app_id }) => app_id === id),
      [
        "id",
        "app_id",
        "contact_id",
        "active",
        "active_channel",
        "metadata_json",
      ],
    );
    await compareMessages(
      `app_id=${id}&messages_source=DISPATCH_SOURCE`,
      (one) => one.app_id === id && one.conversation_id === "",
    );
  }
  const inConversation = (one: Message) => one.conversation_id !== "";
  await compareMessages("", inConversation);
  for (const name of ["SMS", "WHATSAPP", "TELEGRAM"]) {
    await compareMessages(
      `channel=${name}`,
      (one) => inConversation(one) && one.channel === name,
    );
  }
  for (const { id } of world.contacts.values()) {
    await compareMessages(`contact_id=${id}`, (one) => one.contact_id === id);
  }
  for (const { id } of conversations) {
    await compareMessages(
      `conversation_id=${id}`,
      (one) => one.conversation_id === id,
    );
  }

  async function compareMessages(
    filter: string,
    matches: (one: Message) => boolean,
  ) {
    const listed = await world.list(
      `${P}/messages?${filter}&`,
      "messages",
      size,
    );
    const times = listed.map(({ accept_time }) => String(accept_time));
    assertEquals(times, times.toSorted().reverse());
    // deno-lint-ignore no-explicit-any -- the API's JSON
    const flat = listed.map((one: any) => ({
      ...one,
      channel: one.channel_identity.channel,
      identity: one.channel_identity.identity,
      text: one.app_message.text_message.text,
    }));
    same(flat, messages.filter(matches), [
      ...["id", "contact_id", "conversation_id", "channel", "identity"],
      ...["metadata", "text"],
    ]);
  }
}

/** A world that knows what a new store holds, and has apps of both modes. */
async function begin(client: Client): Promise<World> {
  const world = new World(client);
  for (const app of (await world.call(200, "GET", `${P}/apps`)).apps) {
    await world.call(200, "DELETE", `${P}/apps/${app.id}`);
  }
  for (
    const contact of await world.list(`${P}/contacts?`, "contacts", 20)
  ) {
    await world.call(200, "DELETE", `${P}/contacts/${contact.id}`);
  }
  const { templates } = await world.call(200, "GET", TEMPLATES);
  for (const { id } of templates) {
    await world.call(200, "DELETE", `${TEMPLATES}/${id}`);
  }
  for (const mode of ["CONVERSATION", "CONVERSATION", "DISPATCH"] as const) {
    const { id } = await world.call(200, "POST", `${P}/apps`, {
      display_name: mode,
      channel_credentials: [],
      processing_mode: mode,
      dispatch_retention_policy: { ttl_days: 7 },
    });
    world.keep("apps", { id, mode, keptDays: 7 });
  }
  return world;
}

Deno.test("any sequence of calls leaves what the API documents", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(...STEPS), {
        minLength: 10,
        maxLength: 60,
        size: "max",
      }),
      fc.integer({ min: 1, max: 5 }),
      async (steps, pageSize) => {
        using client = openClient();
        const world = await begin(client);
        for (const one of steps) await one.run(world);
        await compare(world, pageSize);
      },
    ),
    { numRuns: 100 },
  );
});
