/** Project settings, as the official SDK calls for them. */
import { assertEquals } from "@std/assert";
import { contract, type Sdk } from "./contract.ts";

const settings = (enabled: boolean) => ({
  contact_settings: { unified_contact_id_enabled: enabled },
});
/** A body that the SDK's types would not let through. */
const WRONG = settings("yes" as unknown as boolean);

const create = (sdk: Sdk, body = settings(true)) =>
  sdk.projectSettings.create({ createProjectSettingsRequestBody: body });
const update = (sdk: Sdk, body: typeof WRONG) =>
  sdk.projectSettings.update({ updateProjectSettingsRequestBody: body });

contract("projectSettings", {
  create: {
    async taken(sdk) {
      assertEquals(await create(sdk), {
        project_id: "sandbox-project",
        settings: settings(true),
      });
    },
    refused: [400, (sdk) => create(sdk, WRONG)],
  },
  get: {
    async taken(sdk) {
      const get = async () => (await sdk.projectSettings.get({})).settings;
      assertEquals(await get(), settings(false));
      await create(sdk);
      assertEquals(await get(), settings(true));
    },
    refused: [403, (_sdk, other) => other.projectSettings.get({})],
  },
  update: {
    async taken(sdk) {
      await create(sdk);
      const updated = await update(sdk, settings(false));
      assertEquals(updated.settings, settings(false));
    },
    refused: [400, (sdk) => update(sdk, WRONG)],
  },
  delete: {
    async taken(sdk) {
      await create(sdk);
      await sdk.projectSettings.delete({});
      const got = await sdk.projectSettings.get({});
      assertEquals(got.settings, settings(false));
    },
    refused: [403, (_sdk, other) => other.projectSettings.delete({})],
  },
});
