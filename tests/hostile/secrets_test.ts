/** What a server repeats of the credentials is not in any output. */
import { assertEquals } from "@std/assert";
import { runAgainst } from "./program.ts";
import { HostileServer, type Reply, type Seen } from "./server.ts";

const SECRET = "s3cret/key+of=mine";
const ENV = { SINCH_KEY_SECRET: SECRET };
const TOKEN = "eyJhbGciOiJub25lIn0.e30.c2lnbmF0dXJl";
const PAIR = `key:${SECRET}`;

/** The key secret in every spelling. */
const SPELLINGS = [
  SECRET,
  JSON.stringify(SECRET).slice(1, -1),
  encodeURIComponent(SECRET),
  btoa(SECRET),
  btoa(SECRET).replace(/=+$/, ""),
  btoa(PAIR),
];

const LIST = ["conversation", "apps", "list"];
const COMMANDS = [
  LIST,
  [...LIST, "--json"],
  [...LIST, "--debug"],
  [...LIST, "--debug", "--json"],
  ["auth", "status", "--verify"],
  ["doctor"],
  ["doctor", "--json"],
  ["sandbox", "clock"],
];

/** All that the server has seen of the credentials, in one text. */
function repeated({ headers }: Seen): string {
  const sent = headers.get("authorization") ?? "";
  return `${SPELLINGS.join(" ")} ${sent}`;
}

/** In every field that an error has, and as no JSON at all. */
const ECHOES: ((request: Seen, status: number) => Reply)[] = [
  (request, status) => {
    const text = repeated(request);
    const details = [{
      field_violations: [{ field: text, description: text }],
    }];
    const error = { code: status, message: text, status: text, details };
    return { status, body: { error } };
  },
  (request, status) => ({ status, body: `sorry: ${repeated(request)}` }),
  // The secret is where a long message is cut.
  (request, status) => {
    const message = `${"x".repeat(490)} ${repeated(request)}`;
    return { status, body: { error: { message } } };
  },
];

const TOKEN_REPLY: Reply = {
  status: 200,
  body: { access_token: TOKEN, expires_in: 3599 },
};

for (const [index, echo] of ECHOES.entries()) {
  Deno.test(`no output has a secret that an error repeats (${index + 1})`, async () => {
    for (const status of [400, 401, 403, 404, 500]) {
      for (const isToken of [true, false]) {
        await using server = await HostileServer.start({
          reply: (request) =>
            request.url === "/oauth2/token" && !isToken
              ? TOKEN_REPLY
              : request.url === "/_sandbox/health"
              ? { status: 200, body: { status: "ok" } }
              : echo(request, status),
        });
        for (const args of COMMANDS) {
          const run = await runAgainst(server, args, { env: ENV });
          assertNone(args, run.stdout + run.stderr);
        }
      }
    }
  });
}

Deno.test("no output has a secret that a success repeats", async () => {
  await using server = await HostileServer.start({
    reply: (request) =>
      request.url === "/oauth2/token" ? TOKEN_REPLY : {
        status: 200,
        body: { apps: [{ id: "A", display_name: repeated(request) }] },
      },
  });
  for (const args of COMMANDS) {
    const run = await runAgainst(server, args, { env: ENV });
    assertNone(args, run.stdout + run.stderr);
  }
});

function assertNone(args: string[], output: string): void {
  const found = [...SPELLINGS, TOKEN].filter((secret) =>
    output.includes(secret)
  );
  assertEquals(found, [], `${args.join(" ")}\n${output}`);
}
