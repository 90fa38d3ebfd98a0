/** Apps, as the official SDK calls for them. */
import { assertEquals } from "@std/assert";
import { APP, NOBODY } from "../client.ts";
import { contract, type Sdk } from "./contract.ts";

const create = (sdk: Sdk, display_name = "Shop") =>
  sdk.app.create({
    appCreateRequestBody: {
      display_name,
      channel_credentials: [{
        channel: "SMS",
        static_bearer: { claimed_identity: "plan", token: "t" },
      }],
    },
  });

contract("app", {
  create: {
    async taken(sdk) {
      const made = await create(sdk);
      assertEquals(made.display_name, "Shop");
      assertEquals(made.processing_mode, "DISPATCH");
      assertEquals(made.channel_credentials![0]!.channel_known_id, "");
    },
    refused: [400, (sdk) => create(sdk, "")],
  },
  get: {
    async taken(sdk) {
      const app = await sdk.app.get({ app_id: APP });
      assertEquals([app.id, app.display_name], [APP, "Sandbox"]);
    },
    refused: [404, (sdk) => sdk.app.get({ app_id: NOBODY })],
  },
  list: {
    async taken(sdk) {
      const { id } = await create(sdk);
      const { apps } = await sdk.app.list({});
      assertEquals(apps!.map((app) => app.id).sort(), [APP, id].sort());
    },
    refused: [403, (_sdk, other) => other.app.list({})],
  },
  update: {
    async taken(sdk) {
      const app = await sdk.app.update({
        app_id: APP,
        update_mask: ["display_name", "retention_policy"],
        appUpdateRequestBody: {
          display_name: "Store",
          retention_policy: { ttl_days: 7 },
        },
      });
      assertEquals([app.display_name, app.retention_policy], ["Store", {
        retention_type: "MESSAGE_EXPIRE_POLICY",
        ttl_days: 7,
      }]);
    },
    refused: [400, (sdk) =>
      sdk.app.update({
        app_id: APP,
        update_mask: ["name"],
        appUpdateRequestBody: { display_name: "Store" },
      })],
  },
  delete: {
    async taken(sdk) {
      await sdk.app.delete({ app_id: APP });
      assertEquals((await sdk.app.list({})).apps, []);
    },
    refused: [404, (sdk) => sdk.app.delete({ app_id: NOBODY })],
  },
});
