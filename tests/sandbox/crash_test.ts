/** Served sandboxes that are killed while sixteen clients send to them. */
import { assert, assertEquals } from "@std/assert";
import { SandboxProcess } from "../sandbox_process.ts";
import { smsTo } from "./client.ts";

const WRITERS = 16;
/** How many accepted messages a process is killed after. */
const ENOUGH = 400;

async function post(
  sandbox: SandboxProcess,
  body: unknown,
): Promise<Response> {
  return await fetch(sandbox.url("messages:send"), {
    method: "POST",
    headers: {
      authorization: sandbox.authorization,
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });
}

/** Sends until the process is gone; tells each id whose 200 was received. */
async function write(
  sandbox: SandboxProcess,
  number: number,
  accepted: (id: string) => void,
): Promise<void> {
  for (;;) {
    let id: string;
    try {
      const response = await post(sandbox, smsTo(`1555000${number}`));
      const body = await response.json();
      assertEquals(response.status, 200, JSON.stringify(body));
      id = body.message_id;
    } catch (error) {
      // The connection ends with the process; anything else is a failure.
      if (error instanceof TypeError) return;
      throw error;
    }
    accepted(id);
  }
}

/** Lets clients send to the process until it has taken enough, and kills it. */
async function writeUntilKilled(
  sandbox: SandboxProcess,
  writers: number,
): Promise<string[]> {
  const ids: string[] = [];
  let killed: Promise<void> | undefined;
  const accepted = (id: string) => {
    if (ids.push(id) === ENOUGH) killed = sandbox.kill();
  };
  await Promise.all(
    Array.from({ length: writers }, (_, at) => write(sandbox, at, accepted)),
  );
  await killed;
  assert(ids.length >= ENOUGH, "the process ended before it was killed");
  return ids;
}

/** Every id that the process lists, page by page, oldest last. */
async function listedIds(sandbox: SandboxProcess): Promise<string[]> {
  const ids: string[] = [];
  let token = "";
  do {
    const response = await fetch(
      sandbox.url(`messages?page_size=300&page_token=${token}`),
      { headers: { authorization: sandbox.authorization } },
    );
    const { messages, next_page_token } = await response.json();
    ids.push(...messages.map(({ id }: { id: string }) => id));
    token = next_page_token;
  } while (token);
  return ids;
}

for (const count of [1, 2]) {
  const processes = count === 1 ? "a process" : `${count} processes on a store`;
  Deno.test(`${processes} killed amid ${WRITERS} writers: each message whose 200 came is listed once`, async () => {
    // What fails must not leave a process behind, nor a folder.
    await using opened = new AsyncDisposableStack();
    const folder = await Deno.makeTempDir();
    opened.defer(() => Deno.remove(folder, { recursive: true }));
    const start = async () => opened.use(await SandboxProcess.start(folder));
    const serving = await Promise.all(Array.from({ length: count }, start));
    const accepted = (await Promise.all(
      serving.map((one) => writeUntilKilled(one, WRITERS / count)),
    )).flat();
    const restarted = await start();
    const listed = await listedIds(restarted);
    assertEquals(new Set(listed).size, listed.length);
    assertEquals(accepted.filter((id) => !listed.includes(id)), []);
    // What is listed beyond that was on its way when the process ended.
    assert(listed.length - accepted.length <= WRITERS);
    const next = await post(restarted, smsTo("15550001"));
    const { message_id } = await next.json();
    assert((await listedIds(restarted)).includes(message_id));
  });
}
