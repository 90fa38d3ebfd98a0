/**
 * What the API checks at once: each refusal that is documented, with its status,
 * its status word and the field at fault; and that it changes nothing.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/ (errors)
 */
import { assertEquals } from "@std/assert";
import { ADA, APP, type Client, openClient, P, TEMPLATES } from "./client.ts";
import { ENUMS, MORE_OPERATIONS } from "./documented_enums.ts";
import {
  type Ids,
  makeWorld,
  type Operation,
  OPERATIONS,
} from "./documented_refusals.ts";
import {
  asJson,
  assertRefused,
  CONVERSATION,
  refusal,
  TEMPLATE,
} from "./refusal.ts";

/** All that the API shows of the store. */
async function everything(client: Client): Promise<unknown> {
  const paths = [
    `${P}/apps`,
    `${P}/apps/${APP}/webhooks`,
    `${P}/contacts`,
    `${P}/conversations?app_id=${APP}`,
    `${P}/messages`,
    `${P}/messages?messages_source=DISPATCH_SOURCE`,
    `${P}/events?contact_id=${ADA}`,
    TEMPLATES,
  ];
  const answers = paths.map((path) => client.call("GET", path));
  return (await Promise.all(answers)).map(({ body }) => body);
}

/** The text with an id in place of each `{name}`. */
function filled(text: string, ids: Ids): string {
  return text.replace(/\{(\w+)\}/g, (_, name) => ids[name as keyof Ids]);
}

/** The request of an operation, changed, with the world's ids filled in. */
function requestOf(
  { method, path, good }: Operation,
  change: Record<string, unknown>,
  ids: Ids,
): [method: string, path: string, body: Record<string, unknown> | undefined] {
  const root = path.startsWith("templates")
    ? TEMPLATES.replace("/templates", "")
    : P;
  const url = `${root}/${filled(path, ids)}`;
  const content = JSON.parse(
    filled(JSON.stringify({ ...good, ...change }), ids),
  );
  return method === "GET"
    ? [method, `${url}?${new URLSearchParams(content)}`, undefined]
    : [method, url, content];
}

for (const operation of [...OPERATIONS, ...MORE_OPERATIONS]) {
  Deno.test(`the good request to ${operation.name} is taken`, async () => {
    using client = openClient();
    const ids = await makeWorld(client);
    const answer = await client.call(...requestOf(operation, {}, ids));
    assertEquals(answer.status, 200, JSON.stringify(answer.body));
  });
}

for (const operation of [...OPERATIONS, ...ENUMS]) {
  for (const [name, change, outcome, before] of operation.refused) {
    Deno.test(`${operation.name} ${name} is refused`, async () => {
      using client = openClient();
      const ids = await makeWorld(client);
      await before?.(client, ids);
      const state = await everything(client);
      const [method, path, body] = requestOf(operation, change, ids);
      const host = path.startsWith(TEMPLATES) ? TEMPLATE : CONVERSATION;
      assertRefused(
        await refusal(client, host, method, path, asJson(body)),
        outcome,
      );
      assertEquals(await everything(client), state);
    });
  }
}

for (
  const [method, path, field] of [
    ["PATCH", `contacts/${ADA}?update_mask=name`, "update_mask"],
    ["PATCH", `apps/${APP}?update_mask=email,id`, "update_mask"],
    ["PATCH", "webhooks/{webhook}?update_mask=id", "update_mask"],
    ["PATCH", "conversations/{conversation}?update_mask=id", "update_mask"],
    [
      "PATCH",
      "conversations/{conversation}?metadata_update_strategy=MERGE",
      "metadata_update_strategy",
    ],
    ["PATCH", "messages/{message}?messages_source=ALL", "messages_source"],
    ["GET", "messages/{message}?messages_source=ALL", "messages_source"],
    ["DELETE", "messages/{message}?messages_source=ALL", "messages_source"],
    [
      "PATCH",
      "messages/{message}?messages_source=DISPATCH_SOURCE",
      "messages_source",
    ],
    ["GET", `apps/${APP}/consents/OPT_OUT`, "list_type"],
  ] as const
) {
  Deno.test(`${method} ${path} is refused at ${field}`, async () => {
    using client = openClient();
    const url = `${P}/${filled(path, await makeWorld(client))}`;
    const body = method === "PATCH" ? { metadata: "a" } : undefined;
    assertRefused(
      await refusal(client, CONVERSATION, method, url, asJson(body)),
      field,
    );
  });
}
