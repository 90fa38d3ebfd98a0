/** Which webhook of an app. */
import { listWebhooks, type Webhook } from "../api/webhooks.ts";
import { Failure } from "../errors.ts";
import { pick, type WizardContext } from "./pick.ts";
import { suggest } from "../runtime/suggest.ts";

export async function pickWebhook(
  { prompter, read }: WizardContext,
  appId: string,
  message = "Webhook",
): Promise<Webhook> {
  const { webhooks = [] } = await read(listWebhooks(appId));
  return await pick(prompter, webhooks, {
    message,
    columns: ({ target, triggers }) => [target, triggers?.join(", ")],
    empty: () =>
      new Failure("not_found", `The app ${appId} has no webhooks`, {
        hint: `Create one with \`${suggest`conversation webhooks create`}\`.`,
      }),
  });
}
