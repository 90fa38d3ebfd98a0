/**
 * Prints what the project promises about speed, measured on this machine now:
 * `deno task bench`, or `deno task bench start-up` for one table of it.
 */
import { bulk } from "./bench/bulk.ts";
import { load } from "./bench/load.ts";
import { longList } from "./bench/long_list.ts";
import { startUp } from "./bench/start_up.ts";

const TABLES: Record<string, () => Promise<void>> = {
  "start-up": startUp,
  "long-list": longList,
  load,
  bulk,
};

const names = Deno.args.length > 0 ? Deno.args : Object.keys(TABLES);
for (const name of names) {
  const table = TABLES[name];
  if (!table) {
    console.error(
      `There is no table "${name}": ${Object.keys(TABLES).join(", ")}`,
    );
    Deno.exit(2);
  }
  console.log(`\n## ${name}\n`);
  await table();
}
