import { assertEquals, assertRejects } from "@std/assert";
import {
  environment,
  environmentWithFile,
  isOn,
  VARIABLES,
} from "../../config/environment.ts";
import { Failure } from "../../errors.ts";
import { createWorld } from "./fake_world.ts";

Deno.test("environment: a value without surrounding space, and its variable's name", () => {
  using world = createWorld({ SINCH_REGION: " eu\n", SINCH_APP_ID: "  " });
  const variables = environment(world.runtime);
  assertEquals(variables("SINCH_REGION"), {
    value: "eu",
    source: "SINCH_REGION",
  });
  assertEquals(variables("SINCH_APP_ID"), undefined);
  assertEquals(variables("SINCH_CHANNEL"), undefined);
});

Deno.test("environment: another tool's name counts, after our own", () => {
  using world = createWorld({
    CONVERSATION_REGION: "br",
    CONVERSATION_APP_ID: "B",
    SINCH_APP_ID: "A",
  });
  const variables = environment(world.runtime);
  assertEquals(variables("SINCH_REGION"), {
    value: "br",
    source: "CONVERSATION_REGION",
  });
  assertEquals(variables("SINCH_APP_ID"), {
    value: "A",
    source: "SINCH_APP_ID",
  });
});

Deno.test("environment file: beneath the environment, with comments and quotes", async () => {
  using world = createWorld({ SINCH_REGION: "eu" });
  await world.write(
    ".env.local",
    `# mine\nSINCH_REGION=br\nSINCH_APP_ID="A 1"\nCONVERSATION_REGION=us\n`,
  );
  const path = `${world.home}/.env.local`;
  const variables = await environmentWithFile(world.runtime, path);
  assertEquals(variables("SINCH_REGION"), {
    value: "eu",
    source: "SINCH_REGION",
  });
  assertEquals(variables("SINCH_APP_ID"), {
    value: "A 1",
    source: `${path} (SINCH_APP_ID)`,
  });
});

Deno.test("environment file: one that is not there is wrong use", async () => {
  using world = createWorld();
  const failure = await assertRejects(
    () => environmentWithFile(world.runtime, "/no/such/.env"),
    Failure,
    "/no/such/.env",
  );
  assertEquals(failure.kind, "usage");
});

for (
  const [value, expected] of [
    ["1", true],
    ["true", true],
    ["yes", true],
    ["0", false],
    ["false", false],
    ["FALSE", false],
    ["", false],
  ] as const
) {
  Deno.test(`isOn: CI="${value}" is ${expected}`, () => {
    using world = createWorld({ CI: value });
    assertEquals(isOn(world.runtime, "CI"), expected);
  });
}

Deno.test("environment: no name stands for two variables", () => {
  const names = Object.entries(VARIABLES).flatMap(([name, variable]) =>
    "alias" in variable ? [name, variable.alias] : [name]
  );
  assertEquals(new Set(names).size, names.length);
});
