/** Webhooks, as the official SDK calls for them. */
import { assertEquals } from "@std/assert";
import { APP, NOBODY } from "../client.ts";
import { contract, type Sdk } from "./contract.ts";

const HOOK = "https://example.com/hook";

const create = (sdk: Sdk, target = HOOK) =>
  sdk.webhooks.create({
    webhookCreateRequestBody: {
      app_id: APP,
      target,
      target_type: "HTTP",
      triggers: ["MESSAGE_DELIVERY"],
    },
  });

const update = (sdk: Sdk, webhook_id: string) =>
  sdk.webhooks.update({
    webhook_id,
    webhookUpdateRequestBody: { app_id: APP, target: `${HOOK}/other` },
  });

contract("webhooks", {
  create: {
    async taken(sdk) {
      const { id, ...made } = await create(sdk);
      assertEquals(
        made,
        {
          app_id: APP,
          target: HOOK,
          target_type: "HTTP",
          triggers: ["MESSAGE_DELIVERY"],
          secret: "",
          client_credentials: null,
        } as unknown as typeof made,
      );
      assertEquals(id!.length, 26);
    },
    refused: [400, (sdk) => create(sdk, "nowhere")],
  },
  get: {
    async taken(sdk) {
      const { id } = await create(sdk);
      const got = await sdk.webhooks.get({ webhook_id: id! });
      assertEquals([got.id, got.target], [id, HOOK]);
    },
    refused: [404, (sdk) => sdk.webhooks.get({ webhook_id: NOBODY })],
  },
  list: {
    async taken(sdk) {
      const { id } = await create(sdk);
      const { webhooks } = await sdk.webhooks.list({ app_id: APP });
      assertEquals(webhooks!.map((webhook) => webhook.id), [id]);
    },
    refused: [404, (sdk) => sdk.webhooks.list({ app_id: NOBODY })],
  },
  update: {
    async taken(sdk) {
      const { id } = await create(sdk);
      const updated = await update(sdk, id!);
      assertEquals([updated.target, updated.triggers], [`${HOOK}/other`, [
        "MESSAGE_DELIVERY",
      ]]);
    },
    refused: [404, (sdk) => update(sdk, NOBODY)],
  },
  delete: {
    async taken(sdk) {
      const { id } = await create(sdk);
      await sdk.webhooks.delete({ webhook_id: id! });
      const { webhooks } = await sdk.webhooks.list({ app_id: APP });
      assertEquals(webhooks, []);
    },
    refused: [404, (sdk) => sdk.webhooks.delete({ webhook_id: NOBODY })],
  },
});
