import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { deleteTemplate } from "../../api/templates.ts";
import { Failure } from "../../errors.ts";
import { pickTemplate } from "../../wizard/pick_template.ts";
import { SandboxServer } from "../sandbox_server.ts";
import { wizardContext } from "./wizard_context.ts";

Deno.test("a template is chosen by its id and languages, in one request", async () => {
  await using api = new SandboxServer();
  const label =
    "welcome_template  A greeting to try templates with  en-US, sv-SE";
  const context = wizardContext(api, [["Template", label]]);
  assertEquals((await pickTemplate(context)).id, "welcome_template");
  assertEquals(api.calls.length, 1);
});

Deno.test("a project without templates says what to do", async () => {
  await using api = new SandboxServer();
  const context = wizardContext(api, []);
  await context.read(deleteTemplate("welcome_template"));
  const failure = await assertRejects(() => pickTemplate(context), Failure);
  assertEquals(failure.kind, "not_found");
  assertStringIncludes(failure.hint!, "sinch conversation templates create");
});
