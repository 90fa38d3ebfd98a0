/** Fills a sandbox through its own front door. */
import type { Sandbox } from "../../sandbox/sandbox.ts";

const AT_ONCE = 1000;

/** Sends `count` texts to a thousand phone numbers, a thousand at a time. */
export async function fill(
  { fetch, account }: Sandbox,
  count: number,
): Promise<void> {
  const url = `http://sandbox/v1/projects/${account.projectId}/messages:send`;
  const authorization = `Basic ${
    btoa(`${account.keyId}:${account.keySecret}`)
  }`;
  const send = (number: number) =>
    fetch(
      new Request(url, {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify({
          app_id: account.appId,
          recipient: {
            identified_by: {
              channel_identities: [{
                channel: "SMS",
                identity: `+1555${String(number % 1000).padStart(7, "0")}`,
              }],
            },
          },
          message: { text_message: { text: `Message number ${number}` } },
        }),
      }),
    );
  for (let sent = 0; sent < count; sent += AT_ONCE) {
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, at) => send(sent + at)),
    );
    const refused = answers.find(({ ok }) => !ok);
    if (refused) throw new Error(await refused.text());
  }
}
