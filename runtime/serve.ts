/**
 * Serves HTTP with what `Deno.serve` does not have: connections that can be
 * dropped without an answer, and limits for requests that never end.
 */
import { Buffer } from "node:buffer";
import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";
import {
  ConnectionLost,
  type Refused,
  type ServedAnswer,
  type ServedRequest,
  type ServeOptions,
  type Server,
} from "./runtime.ts";

const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** A body too large is read to its end, so that the client hears why, up to here. */
const MAX_DISCARDED_BYTES = 4 * MAX_BODY_BYTES;
const MAX_HEAD_BYTES = 64 * 1024;
const HEAD_TIMEOUT_MS = 5_000;
/** For head and body. */
const REQUEST_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 60_000;
/** How long requests under way may take when the server is closed. */
const GRACE_MS = 2_000;

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

export async function serve(options: ServeOptions): Promise<Server> {
  const server = createServer({
    headersTimeout: HEAD_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: 500,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEAD_BYTES,
    // Refused below, with a body.
    requireHostHeader: false,
    // Otherwise the first of two credentials would count.
    joinDuplicateHeaders: true,
    noDelay: true,
  });
  server.on("request", (request, response) => {
    answer(options, request, response).catch(() => request.socket.destroy());
  });
  server.on("clientError", (error: { code?: string }, socket: Socket) => {
    refuseOn(socket, options, statusOf(error));
  });
  server.on("connect", (_request, socket: Socket) => {
    refuseOn(socket, options, 400);
  });
  await listening(server, options);
  const finished = new Promise<void>((resolve) => server.on("close", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    finished,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await finished;
      clearTimeout(timer);
    },
  };
}

function listening(
  server: HttpServer,
  { hostname, port }: ServeOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function answer(
  options: ServeOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const body = await bodyOf(incoming);
    if (!body) {
      outgoing.shouldKeepAlive = false;
      return send(refusal(options, 413), outgoing);
    }
    const request = requestOf(incoming, body);
    const answered = request && await options.handler(request);
    send(answered ?? refusal(options, 400), outgoing);
  } catch (error) {
    if (error instanceof ConnectionLost || outgoing.headersSent) {
      incoming.socket.destroy();
    } else send(refusal(options, 500), outgoing);
  }
}

function refusal({ refuse }: ServeOptions, status: Refused): ServedAnswer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: refuse(status),
  };
}

/** Answers on a connection that has no request on it. */
function refuseOn(
  socket: Socket,
  { refuse }: ServeOptions,
  status: Refused,
): void {
  // A connection that a client opened and never used gets no answer: the client
  // would take it for that of its first request.
  if (!socket.writable || socket.bytesRead === 0) return void socket.destroy();
  const body = refuse(status);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\n` +
      "content-type: application/json\r\n" +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

function statusOf({ code }: { code?: string }): Refused {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return 408;
  return code === "HPE_HEADER_OVERFLOW" ? 431 : 400;
}

/** Gives nothing for a request without a usable host or path. */
function requestOf(
  { method = "", url = "", headers, rawHeaders }: IncomingMessage,
  body: Uint8Array<ArrayBuffer>,
): ServedRequest | undefined {
  const hosts = rawHeaders.filter((name, at) =>
    at % 2 === 0 && name.toLowerCase() === "host"
  );
  if (hosts.length !== 1 || !HOST.test(headers.host!) || !url.startsWith("/")) {
    return undefined;
  }
  const parsed = URL.parse(`http://${headers.host}${url}`);
  if (!parsed) return undefined;
  return {
    method,
    url: parsed,
    header: (name) => headers[name]?.toString(),
    body: method === "GET" || method === "HEAD" ? new Uint8Array() : body,
  };
}

/** Gives nothing for a body that is too large. */
function bodyOf(
  incoming: IncomingMessage,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return new Promise((resolve, reject) => {
    if (Number(incoming.headers["content-length"]) > MAX_DISCARDED_BYTES) {
      return resolve(undefined);
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    // Iterating over the request would cost a third of its time.
    incoming.on("data", (chunk: Uint8Array) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else chunks.length = 0;
      if (size > MAX_DISCARDED_BYTES) resolve(undefined);
    });
    incoming.on("end", () => {
      resolve(size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks));
    });
    incoming.on("error", reject);
  });
}

function send(
  { status, headers, body, breaksOff }: ServedAnswer,
  outgoing: ServerResponse,
): void {
  const length = Buffer.byteLength(body);
  outgoing.writeHead(status, {
    ...headers,
    "content-length": breaksOff ? length + 1 : length,
  });
  if (!breaksOff) return void outgoing.end(body);
  outgoing.write(body, () => outgoing.destroy());
}
