import { assertEquals } from "@std/assert";
import { failureOf } from "../../../api/http/error_body.ts";

const violation = {
  "@type": "type.googleapis.com/google.rpc.BadRequest",
  field_violations: [{ field: "recipient", description: "must be set" }],
};

const CASES = [
  {
    name: "the wrapped envelope",
    status: 400,
    body: {
      error: {
        code: 400,
        message: "Bad.",
        status: "INVALID_ARGUMENT",
        details: [violation],
      },
    },
    kind: "api",
    code: "INVALID_ARGUMENT",
    message: "Bad.",
    fields: violation.field_violations,
  },
  {
    name: "the envelope without its wrapper",
    status: 404,
    body: { code: 404, message: "Gone.", status: "NOT_FOUND", details: [] },
    kind: "not_found",
    code: "NOT_FOUND",
    message: "Gone.",
  },
  {
    name: "details that name their type as type_url",
    status: 400,
    body: {
      error: {
        message: "Bad.",
        details: [{ type_url: "x", value: violation }],
      },
    },
    kind: "api",
    code: "API",
    message: "Bad.",
    fields: violation.field_violations,
  },
  {
    name: "problem details",
    status: 422,
    body: {
      type: "about:blank",
      title: "Unprocessable",
      detail: "No such field.",
      errors: [{ pointer: "/name", detail: "is empty" }],
    },
    kind: "api",
    code: "API",
    message: "No such field.",
    fields: [{ field: "/name", description: "is empty" }],
  },
  {
    name: "the OAuth form",
    status: 401,
    body: { error: "invalid_client", error_description: "x" },
    kind: "auth",
    code: "invalid_client",
    message: "invalid_client",
  },
  {
    name: "an empty body",
    status: 403,
    body: "",
    kind: "auth",
    code: "AUTH",
    message: "The server answered with status 403 and no explanation",
  },
  {
    name: "a short line of text",
    status: 502,
    body: "upstream is down\n",
    kind: "api",
    code: "API",
    message: "upstream is down",
  },
  {
    name: "an HTML page",
    status: 502,
    body: "<html><h1>Bad gateway</h1></html>",
    kind: "api",
    code: "API",
    message: "The server answered with status 502 and no explanation",
  },
  {
    name: "JSON that is no object",
    status: 500,
    body: "[null]",
    kind: "api",
    code: "API",
    message: "The server answered with status 500 and no explanation",
  },
];

for (const { name, status, body, fields = [], ...expected } of CASES) {
  Deno.test(`an error answer is read: ${name}`, () => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const failure = failureOf(status, text);
    const { kind, code, message } = failure;
    assertEquals({ kind, code, message }, expected);
    assertEquals(failure.status, status);
    assertEquals(failure.fields, fields);
  });
}
