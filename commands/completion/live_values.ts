/**
 * IDs for completion. A person waits at the prompt: an answer is cached for a
 * minute, and if the API is slow there is none, or an older one.
 */
import { listApps } from "../../api/apps.ts";
import { listContacts } from "../../api/contacts.ts";
import { listConversations } from "../../api/conversations.ts";
import type { ApiRequest } from "../../api/http/request.ts";
import { summaryOf } from "../../api/message_summary.ts";
import { listMessages } from "../../api/messages.ts";
import { listTemplates } from "../../api/templates.ts";
import { listWebhooks } from "../../api/webhooks.ts";
import { environmentWithFile } from "../../config/environment.ts";
import { findFolder, join } from "../../config/folders.ts";
import { DEFAULT_PROFILE, readProfiles } from "../../config/profiles.ts";
import type { Settings } from "../../config/resolve.ts";
import { safeLine } from "../../output/safe_text.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { Cli } from "../cli.ts";
import { REGION } from "../common_options.ts";
import { Context } from "../context.ts";
import type { Candidate, LiveKind } from "../../options/value_type.ts";

/** How long a cached answer is used. */
const FRESH_MS = 60_000;
/** How long the API may take: token and list together. */
const DEADLINE_MS = 1500;
const PAGE = { page_size: 20 };

/**
 * @param given The options that are on the line already: whose account it is.
 * @param ofSandbox Whether it is that of the sandbox which `sinch sandbox` asks.
 * @throws {Failure} Whatever may be wrong with the settings or the request.
 */
export async function liveValues(
  cli: Cli,
  kind: LiveKind,
  given: ReadonlyMap<string, string | undefined>,
  ofSandbox: boolean,
): Promise<Candidate[]> {
  if (kind === "profiles") return await profiles(cli.runtime);
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const region = given.get("region");
  const served = ofSandbox && !given.has("sandbox")
    ? await servedSandbox(cli.runtime, given.get("env-file"))
    : undefined;
  await using context = new Context(
    { ...cli, signal: AbortSignal.any([cli.signal, deadline]) },
    {
      profile: given.get("profile"),
      region: region === undefined
        ? undefined
        : REGION.check(region, "--region"),
      envFile: given.get("env-file"),
      sandbox: given.has("sandbox") || served === "none" || undefined,
    },
    { settings: served === "none" ? undefined : served },
  );
  const settings = await context.settings();
  const list = LISTS[kind](given.get("app") ?? settings.appId?.value);
  if (!list) return [];
  const fetch = () => list.candidates(context);
  // The sandbox is as fast as the cache, and never out of date.
  return context.inSandbox || served ? await fetch() : await cached(
    cli.runtime,
    await cachePath(cli.runtime, settings, list.request),
    fetch,
  );
}

/** The account of the sandbox that runs; none where the environment names one. */
async function servedSandbox(
  runtime: Cli["runtime"],
  envFile: string | undefined,
): Promise<Settings | "none" | undefined> {
  const variable = await environmentWithFile(runtime, envFile);
  if (variable("SINCH_API_URL")) return undefined;
  const { findRunning, settingsOf } = await import("../sandbox/running.ts");
  const running = await findRunning(runtime);
  if (!running) return "none";
  runtime.secrets.remember(running.key_secret);
  return settingsOf(running);
}

interface List {
  request: ApiRequest;
  candidates(context: Context): Promise<Candidate[]>;
}

/** How each kind is listed; nothing if that takes an app and there is none. */
const LISTS: Record<
  Exclude<LiveKind, "profiles">,
  (appId?: string) => List | undefined
> = {
  apps: () =>
    list(listApps(), ({ apps }) => apps, (app) => [app.id, app.display_name]),
  templates: () =>
    list(
      listTemplates(),
      ({ templates }) => templates,
      (template) => [template.id, template.description],
    ),
  contacts: () =>
    list(
      listContacts({}, PAGE),
      ({ contacts }) => contacts,
      (contact) => [contact.id, contact.display_name],
    ),
  messages: () =>
    list(
      listMessages({}, PAGE),
      ({ messages }) => messages,
      (message) => [message.id, summaryOf(message)],
    ),
  webhooks: (appId) =>
    appId === undefined
      ? undefined
      : list(listWebhooks(appId), ({ webhooks }) =>
        webhooks, (webhook) => [webhook.id, webhook.target]),
  conversations: (appId) =>
    appId === undefined ? undefined : list(
      listConversations({ app_id: appId }, PAGE),
      ({ conversations }) => conversations,
      (conversation) => [conversation.id, conversation.active_channel],
    ),
};

function list<Answer, Row>(
  request: ApiRequest<Answer>,
  rows: (answer: Answer) => Row[] | undefined,
  candidate: (row: Row) => [id: string, text: string | undefined],
): List {
  return {
    request,
    candidates: async (context) =>
      (rows(await context.read(request)) ?? []).map(candidate)
        // A word that the shell would have to quote is not offered.
        .filter(([id]) => /^[\w.:@+-]+$/.test(id))
        .map(([value, text]) => ({ value, text: safeLine(text ?? "") })),
  };
}

async function profiles(runtime: Runtime): Promise<Candidate[]> {
  const { profiles } = await readProfiles(runtime);
  const names = new Set([DEFAULT_PROFILE, ...Object.keys(profiles)]);
  return [...names].map((value) => ({
    value,
    text: safeLine(profiles[value]?.projectId ?? ""),
  }));
}

interface Kept {
  at: number;
  candidates: Candidate[];
}

async function cached(
  { files, clock }: Runtime,
  path: string | undefined,
  fetch: () => Promise<Candidate[]>,
): Promise<Candidate[]> {
  const kept = path === undefined ? undefined : await readKept(files, path);
  if (kept && clock.now() - kept.at < FRESH_MS) return kept.candidates;
  try {
    const candidates = await fetch();
    const text = JSON.stringify({ at: clock.now(), candidates });
    if (path) await files.writePrivate(path, text).catch(() => {});
    return candidates;
  } catch (error) {
    if (kept) return kept.candidates;
    throw error;
  }
}

async function readKept(
  files: Runtime["files"],
  path: string,
): Promise<Kept | undefined> {
  try {
    const kept = JSON.parse(await files.read(path) ?? "");
    return typeof kept.at === "number" && Array.isArray(kept.candidates)
      ? kept
      : undefined;
  } catch {
    // Missing or incomplete.
    return undefined;
  }
}

/** One file for each list of each account; `undefined` without a home folder. */
async function cachePath(
  runtime: Runtime,
  { urls, projectId }: Settings,
  { host, path, query }: ApiRequest,
): Promise<string | undefined> {
  const folder = findFolder(runtime, "cache");
  if (!folder) return undefined;
  const key = [urls[host], projectId?.value, path, JSON.stringify(query)];
  const name = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(key.join("\n")),
  );
  const file = `${new Uint8Array(name).toHex().slice(0, 32)}.json`;
  return join(runtime, folder, "completion", file);
}
