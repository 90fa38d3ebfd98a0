/** Format, lint, types, pages and import rules; the first that fails ends the run. */
import { brokenImportRules } from "./import_rules.ts";

const STEPS = [
  ["fmt", "--check", "--quiet"],
  ["lint", "--quiet"],
  ["check", "--quiet", "."],
  ["run", "-A", "scripts/docs.ts", "--check"],
];

for (const args of STEPS) {
  console.log(`deno ${args.join(" ")}`);
  const { code } = await new Deno.Command(Deno.execPath(), { args }).spawn()
    .status;
  if (code !== 0) Deno.exit(code);
}
console.log("import rules");
const broken = await brokenImportRules();
for (const problem of broken) console.error(problem);
if (broken.length > 0) Deno.exit(1);
