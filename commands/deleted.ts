/** What every delete shows. */
import { done } from "../output/details.ts";
import type { View } from "../output/view.ts";

/** `✔ Webhook 01HW… deleted`; the API itself answers `{}`. */
export function deleted(noun: string, id: string): View {
  return {
    json: { id, deleted: true },
    text: (style) => done(`${noun} ${id} deleted`, style),
  };
}
