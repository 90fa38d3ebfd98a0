/** Consents, as the official SDK reads them. */
import { assertEquals } from "@std/assert";
import { APP, NOBODY } from "../client.ts";
import { all, contract, type Served } from "./contract.ts";

/** A person writes STOP. */
const optOut = (served: Served, identity: string) =>
  served.post("/_sandbox/inbound", {
    from: { channel_identity: { channel: "SMS", identity } },
    contact_message: { text_message: { text: "STOP" } },
  });

contract("consents", {
  listIdentities: {
    async taken(sdk, served) {
      for (const digit of [1, 2, 3]) await optOut(served, `4670000000${digit}`);
      assertEquals(
        await all(sdk.consents.listIdentities({
          app_id: APP,
          list_type: "OPT_OUT_ALL",
          page_size: 1,
        })),
        [1, 2, 3].map((digit) => ({ identity: `4670000000${digit}` })),
      );
    },
    refused: [404, (sdk) =>
      sdk.consents.listIdentities({
        app_id: NOBODY,
        list_type: "OPT_OUT_ALL",
      })],
  },
  listAuditRecords: {
    async taken(sdk, served) {
      await optOut(served, "46700000001");
      const { identity, audit_records } = await sdk.consents
        .listAuditRecords({ app_id: APP, identity: "+46700000001" });
      const [record] = audit_records!;
      assertEquals(identity, { identity: "46700000001" });
      assertEquals(
        [record!.origin, record!.operation, record!.list_type],
        ["ORIGIN_MO", "OPERATION_INSERT", "OPT_OUT_ALL"],
      );
    },
    refused: [
      404,
      (sdk) => sdk.consents.listAuditRecords({ app_id: NOBODY, identity: "1" }),
    ],
  },
});
