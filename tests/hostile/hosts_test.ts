/** The key secret goes to the host it is meant for, and through no proxy there. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { runAgainst } from "./program.ts";
import { HostileServer, type Reply } from "./server.ts";

const MAIN = new URL("../../main.ts", import.meta.url).pathname;
const LIST = ["conversation", "apps", "list"];
const NONE: Reply = { status: 200, body: { apps: [] } };
const CREDENTIALS =
  "SINCH_PROJECT_ID=P\nSINCH_KEY_ID=key\nSINCH_KEY_SECRET=own";

function start(): Promise<HostileServer> {
  return HostileServer.start({
    reply: ({ url }) => url === "/oauth2/token" ? undefined : NONE,
  });
}

Deno.test("a host from a .env file gets no credentials but that file's", async () => {
  await using server = await start();
  const home = await Deno.makeTempDir();
  const file = `${home}/.env`;
  const variables = [
    "SINCH_API_URL",
    "SINCH_AUTH_URL",
    "SINCH_CONVERSATION_URL",
    "SINCH_TEMPLATE_URL",
    "SINCH_BATCH_URL",
  ];
  const commands = [LIST, ["auth", "token"], ["auth", "status", "--verify"]];
  for (const name of variables) {
    await Deno.writeTextFile(file, `${name}=${server.url}\n`);
    for (const args of commands) {
      const env = { SINCH_API_URL: "" };
      const run = await runAgainst(server, [...args, "--env-file", file], {
        home,
        env,
      });
      assertEquals(run.code, 2, `${name} ${args}: ${run.stderr}`);
      assertStringIncludes(run.stderr, `${file} (${name})`);
    }
  }
  assertEquals(server.seen.length, 0);

  await Deno.writeTextFile(file, `SINCH_API_URL=${server.url}\n${CREDENTIALS}`);
  const own = await runAgainst(server, [...LIST, "--env-file", file], {
    home,
    env: {
      SINCH_API_URL: "",
      SINCH_PROJECT_ID: "",
      SINCH_KEY_ID: "",
      SINCH_KEY_SECRET: "",
    },
  });
  assertEquals(own.code, 0, own.stderr);
  assertEquals(
    server.tokenRequests[0]!.headers.get("authorization"),
    `Basic ${btoa("key:own")}`,
  );
  await Deno.remove(home, { recursive: true });
});

Deno.test("a request to this machine never goes through a proxy", async () => {
  await using proxy = await HostileServer.start({
    reply: () => ({ status: 403 }),
  });
  await using server = await start();
  const proxies = ["HTTP_PROXY", "ALL_PROXY", "HTTPS_PROXY"];
  const env = Object.fromEntries(
    [...proxies, ...proxies.map((name) => name.toLowerCase())]
      .map((name) => [name, proxy.url]),
  );
  const run = await runProcess(LIST, { ...server.env, ...env });
  assertEquals(run.code, 0, run.stderr);
  assertEquals(proxy.seen.map(({ url }) => url), []);
  assertEquals(server.seen.length, 2);

  // The API is elsewhere, and the proxy refuses to lead there.
  const away = await runProcess(
    ["conversation", "messages", "delete", "M", "--force"],
    { ...server.env, ...env, SINCH_CONVERSATION_URL: "https://192.0.2.1" },
  );
  assertEquals(away.code, 1);
  assertStringIncludes(away.stderr, "Not sent");
  assertEquals(
    new Set(proxy.seen.map(({ method }) => method)),
    new Set(["CONNECT"]),
  );
});

/** In a process of its own, since Deno reads the variables for proxies itself. */
async function runProcess(args: string[], env: Record<string, string>) {
  const home = await Deno.makeTempDir();
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", MAIN, ...args],
    // Deno's own search for updates would go through the proxy, too.
    env: {
      DENO_NO_UPDATE_CHECK: "1",
      SINCH_CONFIG_DIR: home,
      SINCH_CACHE_DIR: home,
      ...env,
    },
    stdin: "null",
  }).output();
  await Deno.remove(home, { recursive: true });
  return { code, stderr: new TextDecoder().decode(stderr) };
}
