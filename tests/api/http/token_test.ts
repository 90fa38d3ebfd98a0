import { assertEquals, assertRejects } from "@std/assert";
import { TokenSource } from "../../../api/http/token.ts";
import { Failure } from "../../../errors.ts";
import { denoRuntime } from "../../../runtime/deno.ts";
import { ScriptedServer } from "../../scripted_server.ts";

const HOUR_MS = 3600_000;

function sourceOf(authUrl: string, folder?: string, now = Date.now) {
  return new TokenSource({
    fetch,
    timeoutMs: 2000,
    clock: { now, sleep: () => Promise.resolve() },
    random: () => 0,
    files: denoRuntime().files,
    secrets: denoRuntime().secrets,
    folder,
    authUrl,
    keyId: "key",
    keySecret: () => Promise.resolve("s3cret"),
  });
}

Deno.test("credentials go as HTTP Basic, the grant as a form", async () => {
  await using server = new ScriptedServer();
  await sourceOf(server.url).get();
  const [request] = server.seen;
  assertEquals(
    request!.headers.get("authorization"),
    `Basic ${btoa("key:s3cret")}`,
  );
  assertEquals(request!.body, "grant_type=client_credentials");
  assertEquals(
    request!.headers.get("content-type"),
    "application/x-www-form-urlencoded",
  );
});

Deno.test("a token is kept on disk for its owner only, without the secret", async () => {
  await using server = new ScriptedServer();
  const folder = await Deno.makeTempDir();
  await sourceOf(server.url, `${folder}/tokens`).get();
  await sourceOf(server.url, `${folder}/tokens`).get();
  assertEquals(server.seen.length, 1);
  for await (const { name } of Deno.readDir(`${folder}/tokens`)) {
    const path = `${folder}/tokens/${name}`;
    assertEquals((await Deno.stat(path)).mode! & 0o777, 0o600, name);
    assertEquals((await Deno.readTextFile(path)).includes("s3cret"), false);
  }
  assertEquals((await Deno.stat(`${folder}/tokens`)).mode! & 0o777, 0o700);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a token is replaced five minutes before it expires", async () => {
  await using server = new ScriptedServer();
  let now = 0;
  const source = sourceOf(server.url, undefined, () => now);
  assertEquals(await source.get(), "token-1");
  now = HOUR_MS - 6 * 60_000;
  assertEquals(await source.get(), "token-1");
  now = HOUR_MS - 4 * 60_000;
  assertEquals(await source.get(), "token-2");
});

Deno.test("a file that is no token counts as none", async () => {
  await using server = new ScriptedServer();
  const folder = await Deno.makeTempDir();
  await sourceOf(server.url, folder).get();
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".json")) {
      await Deno.writeTextFile(`${folder}/${name}`, "{");
    }
  }
  assertEquals(await sourceOf(server.url, folder).get(), "token-2");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a folder that cannot be written costs a request, not the command", async () => {
  await using server = new ScriptedServer();
  const file = await Deno.makeTempFile();
  assertEquals(await sourceOf(server.url, `${file}/tokens`).get(), "token-1");
  await Deno.remove(file);
});

Deno.test("the token service is asked again after 429, and waits as it says", async () => {
  await using server = new ScriptedServer();
  server.tokenAnswers = [{ status: 429 }, { status: 429 }];
  assertEquals(await sourceOf(server.url).get(), "token-1");
  assertEquals(server.seen.length, 3);
});

Deno.test("refused credentials are an auth failure that says what to do", async () => {
  await using server = new ScriptedServer();
  server.tokenAnswers = [{ status: 401, body: { error: "invalid_client" } }];
  const failure = await assertRejects(
    () => sourceOf(server.url).get(),
    Failure,
  );
  assertEquals([failure.kind, failure.exitCode], ["auth", 3]);
  assertEquals(failure.hint?.includes("sinch auth login"), true);
});

Deno.test("a login page instead of a token is a clear failure", async () => {
  await using server = new ScriptedServer();
  server.tokenAnswers = [{ status: 200, body: "<html>" }];
  await assertRejects(
    () => sourceOf(server.url).get(),
    Failure,
    "without a token",
  );
});

Deno.test("eight at once fetch one token", async () => {
  await using server = new ScriptedServer();
  const folder = await Deno.makeTempDir();
  const tokens = await Promise.all(
    Array.from({ length: 8 }, () => sourceOf(server.url, folder).get()),
  );
  assertEquals(new Set(tokens), new Set(["token-1"]));
  assertEquals(server.seen.length, 1);
  await Deno.remove(folder, { recursive: true });
});
