/** `sinch api`: any endpoint, with the program's own credentials and care. */
import type { Answer, ApiRequest, Query } from "../../api/http/request.ts";
import { hasMask } from "../../api/secrets.ts";
import { usageError } from "../../errors.ts";
import { isRecord } from "../../json.ts";
import { type Check, json } from "../../options/checks.ts";
import {
  ENDPOINT,
  type Endpoint,
  filled,
  isPlaceholder,
  type Placeholders,
} from "../../options/endpoint.ts";
import { FIELD, type Field, objectOf, RAW_FIELD } from "../../options/field.ts";
import { SourceType, Word } from "../../options/value_type.ts";
import { safeJson } from "../../output/safe_text.ts";
import type { View } from "../../output/view.ts";
import { MASK } from "../../runtime/secrets.ts";
import { suggest } from "../../runtime/suggest.ts";
import { action } from "../action.ts";
import type { Cli } from "../cli.ts";
import { command, DRY_RUN, type OptionsOf, SHOW_SECRETS } from "../command.ts";
import type { Context } from "../context.ts";
import { workingApp } from "../default_app.ts";
import { allPages } from "./all_pages.ts";
import { typedCommand } from "./typed_command.ts";

const METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"] as const;
type Method = typeof METHODS[number];

const body: Check<unknown, string> = (text, at) => {
  if (/^\s*[{[]/.test(text)) return json((value) => value)(text, at);
  throw usageError(
    `${at} must be a JSON object or list, @file or -`,
    `For a file, write ${at} @body.json`,
  );
};

const declare = () =>
  command(
    "Call any endpoint of the API with the active credentials. The path is " +
      "relative to the project, or complete as in the documentation; " +
      "{project} and {app} are filled in. Paths that start with templates go " +
      "to the Template API, with batch/ to the Batch API. Fields are the " +
      "query of GET and DELETE, and the JSON body otherwise.",
  )
    .type("method", new Word(METHODS))
    .type("endpoint", ENDPOINT)
    .type("raw-field", RAW_FIELD)
    .type("field", FIELD)
    .type("body", new SourceType(body))
    .arguments("<method:method> <path:endpoint>")
    .option(
      "-f, --raw-field <field:raw-field>",
      "Add a text field: name=text, object[name]=text or list[]=text (repeatable)",
      { collect: true },
    )
    .option(
      "-F, --field <field:field>",
      "Add a JSON field, such as name=true, name=5 or name=@file; what is not JSON, such as +46 or 007, is text, and {app} is filled in (repeatable)",
      { collect: true },
    )
    .option(
      "--input <json:body>",
      "Request body: JSON, @file or - for stdin; fields are then the query",
    )
    .option("--paginate", "Get all pages of a list as one document", {
      conflicts: ["include", "input"],
    })
    .option("-i, --include", "Print the status and headers before the body")
    .option(...DRY_RUN)
    .option(...SHOW_SECRETS)
    .example("Show an app", "sinch api GET 'apps/{app}'")
    .example(
      "List all conversations as one document",
      "sinch api GET conversations -F 'app_id={app}' --paginate",
    )
    .example(
      "Send a message from a script",
      "sinch api POST messages:send -F 'app_id={app}' -f 'recipient[contact_id]=01HW9CON0000000000000000BB' -f 'message[text_message][text]=Hello'",
    )
    .example(
      "Print the request without sending it",
      "sinch api PATCH 'apps/{app}' -f display_name=Support --dry-run --curl",
    );

type Options = OptionsOf<typeof declare>;

export const create = (cli: Cli) => declare().action(action(cli, call));

async function call(
  context: Context,
  options: Options,
  method: Method,
  endpoint: Endpoint,
): Promise<View> {
  if (options.paginate && method !== "GET") {
    throw usageError(`--paginate requires GET, got ${method}`);
  }
  if (options.input !== undefined && method === "GET") {
    throw usageError(
      "--input and GET cannot be used together",
      "Use --raw-field for the query.",
    );
  }
  let answer: Answer | undefined;
  const request: ApiRequest<unknown> = {
    ...await requestOf(context, options, method, endpoint),
    answerIsAny: true,
    answered: (final) => answer = final,
  };
  const typed = typedCommand(request);
  if (typed) {
    context.hint(`There is a command for this: \`${suggest`${typed}`}\``);
  }
  const show = (body: unknown) =>
    viewOf(context, body, options.include ? answer : undefined);
  try {
    // A dry run shows a read, too.
    if (method !== "GET" || options.dryRun) {
      return await context.change(request, show);
    }
    return show(
      options.paginate
        ? await allPages(request, (page) => context.read(page))
        : await context.read(request),
    );
  } catch (error) {
    // What the body of a refusal says is in the failure.
    if (options.include && answer && !context.flags.json) {
      await context.print(headOf(context, answer));
    }
    throw error;
  }
}

/** @throws {Failure} usage: a field or a placeholder that will not do */
async function requestOf(
  context: Context,
  { rawField = [], field = [], input }: Options,
  method: Method,
  { host, project, parts, query: given }: Endpoint,
): Promise<ApiRequest> {
  const values = placeholders(context);
  const fill = async ({ value, ...rest }: Field) => ({
    ...rest,
    value: typeof value === "string" && isPlaceholder(value)
      ? await filled(value, values)
      : value,
  });
  await checkProject(context, project);
  const path: string[] = [];
  for (const part of parts) path.push(encoded(await filled(part, values)));
  const inPath: Field[] = [];
  for (const [name, text] of given) {
    inPath.push({ name, steps: [name], value: await filled(text, values) });
  }
  const fields = [...rawField, ...await Promise.all(field.map(fill))];
  const isQuery = method === "GET" || method === "DELETE" ||
    input !== undefined;
  const query = queryOf(objectOf([...inPath, ...isQuery ? fields : []]));
  const body = input ??
    (isQuery || fields.length === 0 ? undefined : objectOf(fields));
  if (hasMask(body)) {
    throw usageError(
      `The body has ${MASK} in place of a secret`,
      "Use --show-secrets to get an object with its secrets.",
    );
  }
  return { method, host, path: path.join("/"), query, body };
}

/** `{app}` asks, or reads the project's only app, where none is configured. */
function placeholders(context: Context): Placeholders {
  let app: Promise<string> | undefined;
  return {
    // A dry run needs no account.
    project: async () => await projectOf(context) ?? "YOUR_PROJECT_ID",
    app: () => app ??= workingApp(context, undefined),
  };
}

async function projectOf(context: Context): Promise<string | undefined> {
  const { credentials, projectId } = await context.settings();
  return (credentials?.projectId ?? projectId)?.value;
}

/** The token is good for one project alone. */
async function checkProject(context: Context, project: string): Promise<void> {
  const own = await projectOf(context);
  if (isPlaceholder(project) || own === undefined || project === own) return;
  throw usageError(
    `path must be in project ${own}, got ${JSON.stringify(project)}`,
    "Write {project} for the project of the active credentials, or use --profile.",
  );
}

/** A verb such as `:send` keeps its colon. */
function encoded(part: string): string {
  return encodeURIComponent(part).replaceAll("%3A", ":");
}

function queryOf(fields: Record<string, unknown>): Query {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const values = Array.isArray(value) ? value : [value];
      if (values.some((one) => one === null || isRecord(one))) {
        throw usageError(
          `${name} must be text, a number, true, false or a list of them in a query`,
        );
      }
      const texts = values.map(String);
      return [name, Array.isArray(value) ? texts : texts[0]];
    }),
  );
}

/** @param answer whose status and headers are shown as well */
function viewOf(
  context: Context,
  body: unknown,
  answer: Answer | undefined,
): View {
  const shown = context.concealed(body);
  const text = `${safeJson(shown, 2)}\n`;
  if (!answer) return { json: shown, text: () => text };
  const headers = Object.fromEntries(headersOf(context, answer));
  return {
    json: { status: answer.status, headers, body: shown },
    text: () => headOf(context, answer) + text,
  };
}

function headOf(context: Context, answer: Answer): string {
  const lines = headersOf(context, answer)
    .map(([name, value]) => `${name}: ${value}\n`);
  return `HTTP ${answer.status}\n${lines.join("")}\n`;
}

/** In the order of their names; a cookie is a credential. */
function headersOf(
  { flags: { showSecrets } }: Context,
  { headers }: Answer,
): [name: string, value: string][] {
  return [...headers].map(([name, value]) => [
    name,
    name === "set-cookie" && !showSecrets ? MASK : value,
  ]);
}
