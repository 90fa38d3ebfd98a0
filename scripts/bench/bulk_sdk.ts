/**
 * Sends texts with the official SDK, as a script does: `bulk_sdk.ts <rows> <at
 * once>`, with the account in the environment. Prints the rows it sent a second.
 */
import { SinchClient } from "@sinch/sdk-core";

const [rows, atOnce] = Deno.args.map(Number) as [number, number];
const env = (name: string) => Deno.env.get(name)!;
const sinch = new SinchClient({
  projectId: env("SINCH_PROJECT_ID"),
  keyId: env("SINCH_KEY_ID"),
  keySecret: env("SINCH_KEY_SECRET"),
  conversationHostname: env("SINCH_API_URL"),
  authHostname: env("SINCH_API_URL"),
  conversationRegion: "us",
});

let next = 0;
async function sendInTurn(): Promise<void> {
  while (next < rows) {
    const row = next++;
    await sinch.conversation.messages.send({
      sendMessageRequestBody: {
        app_id: env("SINCH_APP_ID"),
        recipient: {
          identified_by: {
            channel_identities: [{
              channel: "SMS",
              identity: `+1555${String(row).padStart(7, "0")}`,
            }],
          },
        },
        message: { text_message: { text: `Hello ${row}, your order is here` } },
      },
    });
  }
}

const startedAt = performance.now();
await Promise.all(Array.from({ length: atOnce }, sendInTurn));
console.log(rows * 1000 / (performance.now() - startedAt));
