/** Contacts, as the official SDK calls for them. */
import { assertEquals } from "@std/assert";
import { ADA, APP, BO, CARLA, NOBODY } from "../client.ts";
import { all, contract, refusalOf, type Sdk } from "./contract.ts";

const create = (sdk: Sdk, identity = "+46700000001") =>
  sdk.contact.create({
    contactCreateRequestBody: {
      channel_identities: identity ? [{ channel: "SMS", identity }] : [],
      language: "EN_US",
    },
  });

const merge = (sdk: Sdk, source_id: string) =>
  sdk.contact.mergeContact({
    destination_id: ADA,
    mergeContactRequestBody: { source_id, strategy: "MERGE" },
  });

const profile = (sdk: Sdk, contact_id: string) =>
  sdk.contact.getChannelProfile({
    getChannelProfileRequestBody: {
      app_id: APP,
      recipient: { contact_id },
      channel: "MESSENGER",
    },
  });

contract("contact", {
  create: {
    async taken(sdk) {
      const { id, ...made } = await create(sdk);
      assertEquals(made, {
        channel_identities: [
          { channel: "SMS", identity: "46700000001", app_id: "" },
        ],
        channel_priority: [],
        display_name: "Unknown",
        email: "",
        external_id: "",
        metadata: "",
        language: "EN_US",
      });
      assertEquals(id!.length, 26);
    },
    refused: [400, (sdk) => create(sdk, "")],
  },
  get: {
    async taken(sdk) {
      const contact = await sdk.contact.get({ contact_id: BO });
      assertEquals([contact.id, contact.display_name], [BO, "Bo Ek"]);
    },
    refused: [404, (sdk) => sdk.contact.get({ contact_id: NOBODY })],
  },
  list: {
    async taken(sdk) {
      const { id } = await create(sdk);
      const listed = await all(sdk.contact.list({ page_size: 2 }));
      assertEquals(listed.map((contact) => contact.id), [id, CARLA, BO, ADA]);
      // The SDK sends the plus sign as it is.
      const found = await sdk.contact.list({
        channel: "SMS",
        identity: "+46700000001",
      });
      assertEquals(found.data.map((contact) => contact.id), [id]);
      assertEquals(found.hasNextPage, false);
    },
    refused: [400, (sdk) => sdk.contact.list({ channel: "SMS" })],
  },
  listIdentityConflicts: {
    async taken(sdk) {
      for (const identity of ["+15551234567", "+15551234568"]) {
        await create(sdk, identity);
      }
      const conflicts = await all(
        sdk.contact.listIdentityConflicts({ page_size: 1 }),
      );
      assertEquals(conflicts.map(({ identity }) => identity), [
        "15551234567",
        "15551234568",
      ]);
    },
    refused: [
      400,
      (sdk) => sdk.contact.listIdentityConflicts({ page_token: "abc" }),
    ],
  },
  update: {
    async taken(sdk) {
      const updated = await sdk.contact.update({
        contact_id: BO,
        update_mask: ["display_name", "channel_priority"],
        updateContactRequestBody: { display_name: "New", email: "not@listed" },
      });
      assertEquals(
        [updated.display_name, updated.channel_priority, updated.email],
        ["New", [], ""],
      );
    },
    refused: [400, (sdk) =>
      sdk.contact.update({
        contact_id: BO,
        updateContactRequestBody: { metadata: "x".repeat(1025) },
      })],
  },
  mergeContact: {
    async taken(sdk) {
      assertEquals((await merge(sdk, BO)).id, ADA);
      assertEquals(await refusalOf(sdk.contact.get({ contact_id: BO })), [
        404,
        "NOT_FOUND",
      ]);
    },
    refused: [404, (sdk) => merge(sdk, NOBODY)],
  },
  getChannelProfile: {
    async taken(sdk) {
      assertEquals((await profile(sdk, CARLA)).profile_name, "Carla Ruiz");
    },
    refused: [404, (sdk) => profile(sdk, NOBODY)],
  },
  delete: {
    async taken(sdk) {
      await sdk.contact.delete({ contact_id: BO });
      assertEquals((await sdk.contact.list({})).data.length, 2);
    },
    refused: [404, (sdk) => sdk.contact.delete({ contact_id: NOBODY })],
  },
});
