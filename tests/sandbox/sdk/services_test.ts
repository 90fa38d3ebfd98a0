/** That no service of the SDK is without its contract. */
import { assertEquals } from "@std/assert";
import { refusalOf, serve } from "./contract.ts";

/** Services that need none, and why. */
const EXCEPT = [
  // The API switched version 1 of templates off in January 2026.
  "templatesV1",
];

Deno.test("each service of the SDK has a file of contract tests", async () => {
  await using served = serve();
  const services = Object.entries(served.client())
    .filter(([name, value]) => "setHostname" in value && !EXCEPT.includes(name))
    .map(([name]) => `${snakeCase(name)}_test.ts`);
  for (const file of services) {
    const url = new URL(file, import.meta.url);
    assertEquals((await Deno.stat(url)).isFile, true, file);
  }
  assertEquals(services.length, 11);
});

Deno.test("the SDK's first version of templates finds nothing there", async () => {
  await using served = serve();
  const list = served.client().templatesV1.list({});
  assertEquals(await refusalOf(list), [404, "NOT_FOUND"]);
});

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
