import { assertEquals, assertThrows } from "@std/assert";
import { toCurl } from "../../../api/http/curl.ts";
import { type ApiRequest, path, urlOf } from "../../../api/http/request.ts";
import { Failure } from "../../../errors.ts";

const target = {
  urls: {
    conversation: "https://eu.conversation.api.sinch.com",
    template: "https://eu.template.api.sinch.com",
  },
  projectId: "p 1",
};

Deno.test("an id in a path is encoded, whatever is in it", () => {
  assertEquals(
    path`contacts/${"a/b?c#d"}:merge`,
    "contacts/a%2Fb%3Fc%23d:merge",
  );
  assertEquals(path`apps/${"01AB"}/webhooks`, "apps/01AB/webhooks");
});

Deno.test("an id that would point elsewhere is refused", () => {
  for (const id of ["", ".", ".."]) {
    assertThrows(() => path`messages/${id}`, Failure, "is not an id");
  }
});

Deno.test("templates go to version 2 on their own host, the rest to version 1", () => {
  const list: ApiRequest = {
    method: "GET",
    host: "template",
    path: "templates",
  };
  assertEquals(
    urlOf(list, target),
    "https://eu.template.api.sinch.com/v2/projects/p%201/templates",
  );
  assertEquals(
    urlOf({ ...list, host: "conversation", path: "apps" }, target),
    "https://eu.conversation.api.sinch.com/v1/projects/p%201/apps",
  );
});

Deno.test("a query is encoded, lists are comma-joined, absent values left out", () => {
  const request: ApiRequest = {
    method: "GET",
    host: "conversation",
    path: "messages",
    query: {
      page_token: "a+b=",
      channel: undefined,
      page_size: 20,
      update_mask: ["target", "secret"],
    },
  };
  assertEquals(
    new URL(urlOf(request, target)).search,
    "?page_token=a%2Bb%3D&page_size=20&update_mask=target%2Csecret",
  );
});

Deno.test("a curl command survives a shell, quotes and all", async () => {
  const text = `it's "$HOME" \`id\` \\ 🎉\nsecond line`;
  const request: ApiRequest = {
    method: "POST",
    host: "conversation",
    path: "messages:send",
    body: { text },
  };
  // `printf` in place of curl shows the words as the shell hands them over.
  const command = toCurl(request, target).replace(/^curl/, `printf '%s\\0'`);
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", command],
    env: { SINCH_ACCESS_TOKEN: "t0k" },
  }).output();
  assertEquals(new TextDecoder().decode(stdout).split("\0"), [
    "--request",
    "POST",
    "https://eu.conversation.api.sinch.com/v1/projects/p%201/messages:send",
    "--header",
    "Authorization: Bearer t0k",
    "--header",
    "Content-Type: application/json",
    "--data-raw",
    JSON.stringify({ text }),
    "",
  ]);
});
