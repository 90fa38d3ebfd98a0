/**
 * A process that sends through a store of its own opening, sixteen messages at
 * a time, and prints the id of each one that was accepted.
 *
 * Arguments: the store's path, and how many messages to send.
 */
import { createSandbox } from "../../sandbox/sandbox.ts";
import { P, smsTo } from "./client.ts";

const [store, count] = Deno.args as [string, string];
const sandbox = createSandbox({ store });
let left = Number(count);

async function sendOneByOne(writer: number): Promise<void> {
  while (left-- > 0) {
    const response = await sandbox.fetch(
      new Request(`http://sandbox${P}/messages:send`, {
        method: "POST",
        headers: {
          authorization: `Basic ${btoa("sandbox-key:sandbox-secret")}`,
          "content-type": "application/json",
        },
        body: JSON.stringify(smsTo(`4670000${1000 + writer}`)),
      }),
    );
    const { message_id } = await response.json();
    Deno.stdout.writeSync(new TextEncoder().encode(`${message_id}\n`));
  }
}

await Promise.all(Array.from({ length: 16 }, (_, at) => sendOneByOne(at)));
await sandbox.close();
