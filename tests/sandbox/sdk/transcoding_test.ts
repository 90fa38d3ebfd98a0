/** Transcoding, as the official SDK asks for it. */
import { assertEquals } from "@std/assert";
import { APP, NOBODY } from "../client.ts";
import { contract, type Sdk } from "./contract.ts";

const transcode = (sdk: Sdk, app_id: string) =>
  sdk.transcoding.transcodeMessage({
    transcodeMessageRequestBody: {
      app_id,
      app_message: { text_message: { text: "Hello" } },
      channels: ["SMS"],
    },
  });

contract("transcoding", {
  transcodeMessage: {
    async taken(sdk) {
      const { transcoded_message } = await transcode(sdk, APP);
      assertEquals(Object.keys(transcoded_message!), ["SMS"]);
    },
    refused: [404, (sdk) => transcode(sdk, NOBODY)],
  },
});
