/**
 * Project settings.
 *
 * @see https://developers.sinch.com/docs/conversation/api-reference/conversation/project-settings/
 */
import { ACCOUNT } from "../contract/account.ts";
import {
  type Checked,
  checked,
  flag,
  object,
  required,
} from "../contract/checks.ts";
import { parseJson } from "../contract/json.ts";
import type { Call } from "../http/call.ts";

const settings = object({
  contact_settings: required(object({ unified_contact_id_enabled: flag })),
});
type Settings = Checked<typeof settings>;

export function get({ store }: Call) {
  const row = store.get<{ doc: string }>("SELECT doc FROM settings");
  return answer(row ? parseJson(row.doc) : { contact_settings: {} });
}

/** `POST settings` and `PATCH settings`: there is only one field. */
export function save({ store, body }: Call) {
  const given = checked(body, settings);
  store.run(
    "INSERT OR REPLACE INTO settings VALUES (1, ?)",
    JSON.stringify(given),
  );
  return answer(given);
}

export function remove({ store }: Call) {
  store.run("DELETE FROM settings");
  return {};
}

function answer({ contact_settings }: Settings) {
  return {
    project_id: ACCOUNT.projectId,
    settings: {
      contact_settings: {
        unified_contact_id_enabled:
          contact_settings.unified_contact_id_enabled ?? false,
      },
    },
  };
}
