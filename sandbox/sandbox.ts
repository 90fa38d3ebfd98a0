/**
 * A local Sinch Conversation API as a value: `answer`, or `fetch` in this process,
 * answers a request like the real hosts. Serving it on a port adds only a thin
 * shell. README.md lists what is emulated and what is not.
 */
import { clearInterval, setInterval } from "node:timers";
import {
  ConnectionLost,
  type Refused,
  type ServedAnswer,
  type ServedRequest,
} from "../runtime/runtime.ts";
import { ACCOUNT, type SandboxAccount } from "./contract/account.ts";
import {
  bareErrorBody,
  errorBody,
  retryIfBusy,
  unusable,
} from "./contract/errors.ts";
import { Authorizer } from "./http/auth.ts";
import { Faults } from "./http/faults.ts";
import { fetchFrom } from "./http/fetch.ts";
import { foreignRequest } from "./http/own_host.ts";
import {
  BATCH_HOST,
  CONVERSATION_HOST,
  json,
  refused,
  type Route,
  Router,
} from "./http/router.ts";
import { refusedToken, token } from "./http/token.ts";
import { Live, type LiveOptions } from "./live.ts";
import * as apps from "./routes/apps.ts";
import * as batchContacts from "./routes/batch_contacts.ts";
import * as batches from "./routes/batches.ts";
import * as callbacks from "./routes/callbacks.ts";
import * as capability from "./routes/capability.ts";
import * as clock from "./routes/clock.ts";
import * as consents from "./routes/consents.ts";
import * as contacts from "./routes/contacts.ts";
import * as conversations from "./routes/conversations.ts";
import * as events from "./routes/events.ts";
import * as inbound from "./routes/inbound.ts";
import * as injection from "./routes/injection.ts";
import * as messageOutcome from "./routes/message_outcome.ts";
import * as messages from "./routes/messages.ts";
import * as projectSettings from "./routes/project_settings.ts";
import * as rules from "./routes/rules.ts";
import * as templates from "./routes/templates.ts";
import * as transcoding from "./routes/transcoding.ts";
import * as webhooks from "./routes/webhooks.ts";
import { seed } from "./seed.ts";
import { Store } from "./store/store.ts";
import { deleteStoreFile } from "./store/store_file.ts";

export type { SandboxAccount };
/** Deletes the store; {@linkcode createSandbox} then seeds a new one. */
export { deleteStoreFile as resetSandbox };

export interface SandboxOptions {
  /** A file, which several processes may share, or ":memory:". */
  store: string;
  /** Epoch milliseconds (default: the machine's clock). */
  clock?: { now(): number };
  /**
   * Delivers messages and posts callbacks while the sandbox is open; without it,
   * they wait in the store.
   */
  live?: Partial<LiveOptions>;
  /** The served host; requests for other hosts or from web pages are refused. */
  host?: string;
  /** Replaces the public key secret. */
  keySecret?: string;
  /** Requests a second; unlimited by default. */
  rateLimit?: number;
}

/** The real API's limit of a project, in requests a second. */
export const API_RATE_LIMIT = 800;

/** A host that is served on its own port. */
export interface SandboxHost {
  /**
   * Answers a request.
   *
   * @throws {ConnectionLost} if a rule drops the connection
   */
  answer(request: ServedRequest): Promise<ServedAnswer>;
  /** The same for a caller in this process. */
  fetch(request: Request): Promise<Response>;
  /** The body of an answer to an unusable request. */
  refuse(status: Refused): string;
}

/** The token, Conversation and Template hosts as one. */
export interface Sandbox extends SandboxHost {
  readonly account: SandboxAccount;
  /** The Batch host; its paths collide with those of the others. */
  readonly batch: SandboxHost;
  /** Does everything that is due; a live sandbox calls this itself. */
  runDue(): Promise<void>;
  /** Completes accepted changes and closes the store. */
  close(): Promise<void>;
}

const P = "/v1/projects/{project_id}";
const A = `${P}/apps/{app_id}`;
const C = `${P}/conversations/{conversation_id}`;
const T = "/v2/projects/{project_id}/templates";

const ROUTES: Route[] = [
  ["POST", `${P}/messages:send`, messages.send],
  ["POST", `${P}/messages:fetch-last-message`, messages.fetchLast, "reads"],
  ["POST", `${P}/messages:transcode`, transcoding.transcodeMessage, "reads"],
  ["GET", `${P}/messages`, messages.listPage],
  ["GET", `${P}/messages/{message_id}`, messages.get],
  ["PATCH", `${P}/messages/{message_id}`, messages.update],
  ["DELETE", `${P}/messages/{message_id}`, messages.remove],
  ["GET", `${P}/contacts`, contacts.listPage],
  ["POST", `${P}/contacts`, contacts.create],
  ["GET", `${P}/contacts:identityConflicts`, contacts.listConflicts],
  [
    "POST",
    `${P}/contacts:getChannelProfile`,
    contacts.getChannelProfile,
    "reads",
  ],
  ["GET", `${P}/contacts/{contact_id}`, contacts.get],
  ["PATCH", `${P}/contacts/{contact_id}`, contacts.update],
  ["DELETE", `${P}/contacts/{contact_id}`, contacts.remove],
  ["POST", `${P}/contacts/{contact_id}:merge`, contacts.merge],
  ["GET", `${P}/conversations`, conversations.listPage],
  ["POST", `${P}/conversations`, conversations.create],
  ["GET", `${P}/conversations:recent`, conversations.listRecent],
  ["GET", C, conversations.get],
  ["PATCH", C, conversations.update],
  ["DELETE", C, conversations.remove],
  ["POST", `${C}:stop`, conversations.stop],
  ["POST", `${C}:inject-message`, injection.injectMessage],
  ["POST", `${C}:inject-event`, injection.injectEvent],
  ["GET", `${P}/apps`, apps.listAll],
  ["POST", `${P}/apps`, apps.create],
  ["GET", A, apps.get],
  ["PATCH", A, apps.update],
  ["DELETE", A, apps.remove],
  ["GET", `${A}/webhooks`, webhooks.listOfApp],
  ["GET", `${A}/consents/{list_type}`, consents.listIdentities],
  [
    "GET",
    `${A}/consents/identities/{identity}`,
    consents.listAuditRecords,
  ],
  ["POST", `${P}/webhooks`, webhooks.create],
  ["GET", `${P}/webhooks/{webhook_id}`, webhooks.get],
  ["PATCH", `${P}/webhooks/{webhook_id}`, webhooks.update],
  ["DELETE", `${P}/webhooks/{webhook_id}`, webhooks.remove],
  ["POST", `${P}/events:send`, events.send],
  ["GET", `${P}/events`, events.listPage],
  ["GET", `${P}/events/{event_id}`, events.get],
  ["DELETE", `${P}/events/{event_id}`, events.remove],
  ["POST", `${P}/capability:query`, capability.query],
  ["GET", `${P}/settings`, projectSettings.get],
  ["POST", `${P}/settings`, projectSettings.save],
  ["PATCH", `${P}/settings`, projectSettings.save],
  ["DELETE", `${P}/settings`, projectSettings.remove],
  ["GET", T, templates.listAll],
  ["POST", T, templates.create],
  ["GET", `${T}/{template_id}`, templates.get],
  ["PUT", `${T}/{template_id}`, templates.replace],
  ["DELETE", `${T}/{template_id}`, templates.remove],
  ["GET", `${T}/{template_id}/translations`, templates.listTranslations],
];

const BATCH_ROUTES: Route[] = [
  ["POST", `${P}/messages`, batches.send],
  ["GET", `${P}/messages`, batches.listByMetadata],
  ["DELETE", `${P}/messages`, batches.cancel],
  ["GET", `${P}/messages/{batch_id}`, batches.get],
  ["POST", `${P}/contacts`, batchContacts.createContacts],
  ["DELETE", `${P}/contacts`, batchContacts.deleteContacts],
  ["POST", `${P}/consents`, batchContacts.createConsents],
];

/** The sandbox's own endpoints. */
const CONTROL_ROUTES: Route[] = [
  ["POST", "/_sandbox/inbound", inbound.receive],
  ["GET", "/_sandbox/callbacks", callbacks.listPage],
  ["GET", "/_sandbox/callbacks/{callback_id}", callbacks.get],
  ["POST", "/_sandbox/callbacks/{callback_id}:redeliver", callbacks.redeliver],
  ["POST", "/_sandbox/callbacks:trigger", callbacks.trigger],
  ["GET", "/_sandbox/messages/{message_id}", messageOutcome.get],
  ["GET", "/_sandbox/rules", rules.listAll],
  ["POST", "/_sandbox/rules", rules.add],
  ["DELETE", "/_sandbox/rules", rules.removeAll],
  ["DELETE", "/_sandbox/rules/{rule_id}", rules.remove],
  ["GET", "/_sandbox/clock", clock.get],
  ["POST", "/_sandbox/clock:advance", clock.advance],
];

/** How often the sandbox looks for changes by other processes and due batches. */
const LOOK_EVERY_MS = 1000;

/** @throws Error if the store cannot be opened, or has another format */
export function createSandbox(options: SandboxOptions): Sandbox {
  const store = new Store(options.store, options.clock ?? Date, seed);
  const account = {
    ...ACCOUNT,
    keySecret: options.keySecret ?? ACCOUNT.keySecret,
  };
  const authorizer = new Authorizer(account);
  const faults = new Faults(store, options.rateLimit);
  const router = new Router(
    ROUTES,
    store,
    authorizer,
    CONVERSATION_HOST,
    faults,
  );
  const controlRouter = new Router(CONTROL_ROUTES, store, authorizer);
  const batchRouter = new Router(
    BATCH_ROUTES,
    store,
    authorizer,
    BATCH_HOST,
    faults,
  );
  const live = options.live && new Live(store, options.live);
  const foreign = (request: ServedRequest) =>
    options.host === undefined
      ? undefined
      : foreignRequest(request, options.host);
  async function sendBatches(): Promise<void> {
    if (!batches.isBatchDue(store)) return;
    await store.write(() => batches.sendDueBatches(store));
    live?.look();
  }
  /** Answers, and starts work that the request caused. */
  async function route(router: Router, request: ServedRequest) {
    const answer = await router.answer(request);
    if (request.method !== "GET") live?.look();
    if (router === controlRouter) await lookAround();
    return answer;
  }
  /** Follows changes of the clock and the rules, and sends due batches. */
  async function lookAround(): Promise<void> {
    store.readClock();
    faults.look();
    await sendBatches();
  }
  // Does not keep the process alive.
  const timer = setInterval(
    () => lookAround().catch(retryIfBusy),
    LOOK_EVERY_MS,
  ).unref();
  async function answerToken(request: ServedRequest) {
    try {
      const fault = await faults.beforeToken(request.url.pathname);
      const answer = token(request, authorizer, store.now());
      if (fault === "dropped") throw new ConnectionLost();
      return answer;
    } catch (error) {
      return refusedToken(error);
    }
  }
  async function answer(request: ServedRequest): Promise<ServedAnswer> {
    const refusal = foreign(request);
    if (refusal) return refused(refusal, errorBody);
    const { method, url: { pathname } } = request;
    if (method === "POST" && pathname === "/oauth2/token") {
      return await answerToken(request);
    }
    if (pathname === "/_sandbox/health") {
      const health = { status: "ok", project_id: account.projectId };
      return json(200, JSON.stringify(health));
    }
    const isControl = pathname.startsWith("/_sandbox/");
    return await route(isControl ? controlRouter : router, request);
  }
  async function answerBatch(request: ServedRequest): Promise<ServedAnswer> {
    const refusal = foreign(request);
    if (refusal) return refused(refusal, bareErrorBody);
    return await route(batchRouter, request);
  }
  return {
    account,
    answer,
    fetch: fetchFrom(answer),
    refuse: (status) => errorBody(unusable(status)),
    batch: {
      answer: answerBatch,
      fetch: fetchFrom(answerBatch),
      refuse: (status) => bareErrorBody(unusable(status)),
    },
    async runDue() {
      await sendBatches();
      await live?.runDue();
    },
    async close() {
      clearInterval(timer);
      // Awaited only if live, so that other sandboxes close synchronously.
      if (live) await live.close();
      store.close();
    },
  };
}
