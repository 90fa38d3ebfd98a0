/**
 * Contract tests with the official Node SDK as the client, over real HTTP: each
 * public method of a service, once taken and once refused. A method that a
 * service's table lacks fails the tests, by name.
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { SinchClient } from "@sinch/sdk-core";
import { createSandbox, type Sandbox } from "../../../sandbox/sandbox.ts";

export type Sdk = SinchClient["conversation"];
export type Service = {
  [Name in keyof Sdk]: Sdk[Name] extends { setHostname: unknown } ? Name
    : never;
}[keyof Sdk];

export const ACCOUNT = {
  projectId: "sandbox-project",
  keyId: "sandbox-key",
  keySecret: "sandbox-secret",
};

/** Parts of other methods: not for callers, though JavaScript shows them. */
const INNER: Partial<Record<Service, string[]>> = {
  messages: ["sendMessage", "performSendMessageRequestBodyTransformation"],
  events: ["sendEvent"],
};

export interface Served extends AsyncDisposable {
  sandbox: Sandbox;
  origin: string;
  /** Every request the sandbox was sent: its method and path. */
  requests: string[];
  /** An SDK client of the sandbox. */
  client(account?: Partial<typeof ACCOUNT>): Sdk;
  /** Posts without the SDK, what it has no method for. */
  post(path: string, body: unknown): Promise<void>;
}

/** A sandbox that listens on a port of its own. */
export function serve(clock = { now: () => Date.now() }): Served {
  const sandbox = createSandbox({ store: ":memory:", clock });
  const requests: string[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => {
      requests.push(`${request.method} ${new URL(request.url).pathname}`);
      return sandbox.fetch(request);
    },
  );
  const origin = `http://127.0.0.1:${server.addr.port}`;
  return {
    sandbox,
    origin,
    requests,
    client: (account) =>
      new SinchClient({
        ...ACCOUNT,
        ...account,
        authHostname: origin,
        conversationHostname: origin,
        conversationTemplatesHostname: origin,
      }).conversation,
    async post(path, body) {
      const answer = await fetch(`${origin}${path}`, {
        method: "POST",
        headers: {
          authorization: `Basic ${btoa("sandbox-key:sandbox-secret")}`,
          "content-type": "application/json",
        },
        body: JSON.stringify(body),
      });
      assertEquals(answer.status, 200, await answer.text());
    },
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      await sandbox.close();
    },
  };
}

/** Status, and status word, of a call that the SDK raises. */
export async function refusalOf(
  call: PromiseLike<unknown>,
): Promise<[status: number, word: string]> {
  const error = await assertRejects(() => Promise.resolve(call), Error) as
    & Error
    & { statusCode: number; data: string };
  return [error.statusCode, JSON.parse(error.data).error.status];
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  return await Array.fromAsync(items);
}

const WORDS = {
  400: "INVALID_ARGUMENT",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
};

export interface Case {
  /** Calls the method, and says what came of it. */
  taken(sdk: Sdk, served: Served): Promise<void>;
  /** How it is refused, and the call; `other` is a client of another project. */
  refused: [
    status: 400 | 403 | 404,
    call: (sdk: Sdk, other: Sdk) => PromiseLike<unknown>,
  ];
}

/** Registers the tests of a service. */
export function contract<Name extends Service>(
  service: Name,
  cases: Partial<Record<keyof Sdk[Name], Case>>,
): void {
  Deno.test(`the contract has every method of the SDK's ${service}`, async () => {
    await using served = serve();
    assertEquals(
      Object.keys(cases).sort(),
      methodsOf(served.client()[service])
        .filter((name) => !INNER[service]?.includes(name)).sort(),
    );
  });
  for (const [method, one] of Object.entries(cases as Record<string, Case>)) {
    Deno.test(`${service}.${method} of the SDK is taken`, async () => {
      await using served = serve();
      const { sdk, called } = recorded(served.client());
      await one.taken(sdk, served);
      assert(called.includes(`${service}.${method}`), "it was not called");
    });
    const [status, call] = one.refused;
    Deno.test(`${service}.${method} of the SDK is refused with ${status}`, async () => {
      await using served = serve();
      const own = recorded(served.client());
      const other = recorded(served.client({ projectId: "other" }));
      assertEquals(
        await refusalOf(call(own.sdk, other.sdk)),
        [status, WORDS[status]],
      );
      assertEquals([...own.called, ...other.called], [`${service}.${method}`]);
    });
  }
}

function methodsOf(service: object): string[] {
  return Object.getOwnPropertyNames(Object.getPrototypeOf(service))
    .filter((name) => name !== "constructor");
}

/** The client, and the names of the methods that are called on it. */
function recorded(sdk: Sdk): { sdk: Sdk; called: string[] } {
  const called: string[] = [];
  const of = (path: string): ProxyHandler<object> => ({
    get(target, name: string) {
      const value = Reflect.get(target, name);
      if (path === "") return new Proxy(value, of(name));
      if (typeof value !== "function") return value;
      called.push(`${path}.${name}`);
      return value.bind(target);
    },
  });
  return { sdk: new Proxy<object>(sdk, of("")) as Sdk, called };
}
