/** Which command does what a request does. */

/** Method, path and the command below `sinch conversation`; `*` is the ID. */
export const TYPED_COMMANDS: readonly (readonly [
  method: string,
  path: string,
  words: string,
])[] = [
  ["POST", "messages:send", "send"],
  ["GET", "messages", "messages list"],
  ["GET", "messages/*", "messages get *"],
  ["PATCH", "messages/*", "messages update *"],
  ["DELETE", "messages/*", "messages delete *"],
  ["GET", "contacts", "contacts list"],
  ["POST", "contacts", "contacts create"],
  ["GET", "contacts/*", "contacts get *"],
  ["PATCH", "contacts/*", "contacts update *"],
  ["DELETE", "contacts/*", "contacts delete *"],
  ["POST", "contacts/*:merge", "contacts merge"],
  ["GET", "conversations", "conversations list"],
  ["GET", "conversations/*", "conversations get *"],
  ["POST", "conversations/*:stop", "conversations stop *"],
  ["GET", "apps", "apps list"],
  ["POST", "apps", "apps create"],
  ["GET", "apps/*", "apps get *"],
  ["PATCH", "apps/*", "apps update *"],
  ["DELETE", "apps/*", "apps delete *"],
  ["GET", "apps/*/webhooks", "webhooks list --app *"],
  ["POST", "webhooks", "webhooks create"],
  ["GET", "webhooks/*", "webhooks get *"],
  ["PATCH", "webhooks/*", "webhooks update *"],
  ["DELETE", "webhooks/*", "webhooks delete *"],
  ["GET", "templates", "templates list"],
  ["POST", "templates", "templates create"],
  ["GET", "templates/*", "templates get *"],
  ["PUT", "templates/*", "templates update *"],
  ["DELETE", "templates/*", "templates delete *"],
];

/** The words after `sinch`, or `undefined` where there is no such command. */
export function typedCommand(
  { method, host, path }: { method: string; host: string; path: string },
): string[] | undefined {
  if (host === "batch") return undefined;
  for (const [known, pattern, words] of TYPED_COMMANDS) {
    const match = new RegExp(`^${pattern.replace("*", "([^/:]+)")}$`).exec(
      path,
    );
    if (known !== method || !match) continue;
    const id = decodeURIComponent(match[1] ?? "");
    return ["conversation", ...words.split(" ")]
      .map((word) => word === "*" ? id : word);
  }
  return undefined;
}
