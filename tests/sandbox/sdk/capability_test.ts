/** Capability look-ups, as the official SDK asks for them. */
import { assertEquals } from "@std/assert";
import { ADA, APP, NOBODY } from "../client.ts";
import { contract, type Sdk } from "./contract.ts";

const lookup = (sdk: Sdk, app_id: string) =>
  sdk.capability.lookup({
    lookupCapabilityRequestBody: {
      app_id,
      recipient: { contact_id: ADA },
      request_id: "r",
    },
  });

contract("capability", {
  lookup: {
    async taken(sdk) {
      assertEquals(await lookup(sdk, APP), {
        app_id: APP,
        recipient: { contact_id: ADA },
        request_id: "r",
      });
    },
    refused: [404, (sdk) => lookup(sdk, NOBODY)],
  },
});
