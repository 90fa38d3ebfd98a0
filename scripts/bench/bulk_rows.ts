/** Runs that are frozen without a file, to measure their sending alone. */
import { freeze } from "../../bulk/run/freeze.ts";
import type { FrozenRow } from "../../bulk/run/journal.ts";
import { Runs } from "../../bulk/run/runs.ts";
import type { RunningSandbox } from "../../commands/sandbox/running.ts";
import { denoRuntime } from "../../runtime/deno.ts";

/** Freezes `count` rows in a home folder; the ID of the run is `id`. */
export async function freezeRows(
  home: string,
  { app_id: appId, project_id: projectId, url: api }: RunningSandbox,
  { id, rows }: { id: string; rows: number },
): Promise<void> {
  const runs = new Runs(
    `${home}/.local/share/sinch/runs/`,
    denoRuntime().files,
  );
  using journal = await runs.create({
    ...{ id, appId, projectId, api },
    source: "bench",
    columns: ["phone", "name"],
    createdAt: Date.now(),
  });
  await freeze(journal, rowsOf(appId, rows));
}

function* rowsOf(app_id: string, count: number): Iterable<FrozenRow> {
  for (let row = 2; row < count + 2; row++) {
    const identity = `+1555${String(row).padStart(7, "0")}`;
    const channel_identities = [{ channel: "SMS", identity }];
    yield {
      row,
      recipient: identity,
      body: {
        app_id,
        recipient: { identified_by: { channel_identities } },
        message: { text_message: { text: `Hello ${row}, your order is here` } },
      },
      input: [identity, `Ada ${row}`],
    };
  }
}
