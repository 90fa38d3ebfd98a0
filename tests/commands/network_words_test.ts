/** What a person reads where no connection is made. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { denoRuntime } from "../../runtime/deno.ts";
import { runCli } from "../run_cli.ts";

function closedPort(): string {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  return `127.0.0.1:${listener.addr.port}`;
}

/** A server without TLS. */
function plainServer(): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => new Response(),
  );
}

async function messageOf(url: string): Promise<string> {
  const { code, stderr } = await runCli(["conversation", "apps", "list"], {
    env: {
      SINCH_API_URL: url,
      ...{ SINCH_PROJECT_ID: "p", SINCH_KEY_ID: "k", SINCH_KEY_SECRET: "s" },
    },
    fetch: denoRuntime().fetch,
    runtime: { clock: { now: Date.now, sleep: () => Promise.resolve() } },
  });
  assertEquals(code, 1);
  return stderr;
}

Deno.test("a closed port on this machine: is the sandbox running?", async () => {
  const host = closedPort();
  const stderr = await messageOf(`http://${host}`);
  assertStringIncludes(stderr, `connection refused by ${host}`);
  assertStringIncludes(stderr, "Is `sinch sandbox start` running?");
});

Deno.test("a host that does not exist: its name cannot be resolved", async () => {
  const stderr = await messageOf("https://nosuch.invalid");
  assertStringIncludes(stderr, "the name nosuch.invalid cannot be resolved");
  assertEquals(stderr.includes("dns error"), false);
});

Deno.test("a server without TLS: use http", async () => {
  await using server = plainServer();
  const stderr = await messageOf(`https://127.0.0.1:${server.addr.port}`);
  assertStringIncludes(stderr, "does not use TLS");
  assertStringIncludes(stderr, "http://");
});

Deno.test("a port that HTTP must not use: check the URL", async () => {
  const stderr = await messageOf("http://127.0.0.1:9");
  assertStringIncludes(stderr, "no HTTP client connects to port 9");
  assertStringIncludes(stderr, "Check the port in the URL");
});
