/** `sinch sandbox callbacks`, and `… callbacks list` */
import type { Page } from "../../../api/pages.ts";
import { Word } from "../../../options/value_type.ts";
import type { Column } from "../../../output/columns.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { listCommand, type OptionsOf, PAGE_TOKEN } from "../../command.ts";
import type { Context } from "../../context.ts";
import { showList } from "../../list.ts";
import { askSandbox } from "../control.ts";
import { type Callback, lastOutcome } from "./callback.ts";
import { suggest } from "../../../runtime/suggest.ts";

const PAGE_SIZE = 1000;

const COLUMNS: readonly Column<Callback>[] = [
  { name: "id", value: ({ id }) => id, kind: "id" },
  { name: "time", value: (callback) => callback.create_time, kind: "time" },
  { name: "trigger", value: ({ trigger }) => trigger },
  { name: "status", value: ({ status }) => status, kind: "state" },
  { name: "tries", value: ({ tries }) => String(tries), spare: true },
  { name: "last", value: lastOutcome, kind: "text" },
  { name: "target", value: ({ target }) => target, kind: "text" },
  {
    name: "next-try",
    value: ({ next_try }) => next_try ?? undefined,
    extra: true,
  },
  { name: "app", value: ({ app_id }) => app_id, kind: "id", extra: true },
  {
    name: "webhook",
    value: ({ webhook_id }) => webhook_id,
    kind: "id",
    extra: true,
  },
];

const declare = () =>
  listCommand(
    "List the callbacks to webhooks, newest first, with the answers",
    COLUMNS,
  )
    .type("status", new Word(["WAITING", "DELIVERED", "FAILED"]))
    .option(
      "--status <status:status>",
      "Only callbacks in this state; WAITING is for the first or next try, FAILED is final",
    )
    .option("-a, --app <app-id:app>", "Only callbacks of this app")
    .option(...PAGE_TOKEN)
    .example("List the latest callbacks", "sinch sandbox callbacks")
    .example(
      "Print the callbacks that no endpoint accepted",
      "sinch sandbox callbacks --status FAILED --json",
    );

export const create = (cli: Cli) => declare().action(action(cli, list));

async function list(
  context: Context,
  options: OptionsOf<typeof declare>,
): Promise<void> {
  const { app, status, pageToken } = options;
  const filter = {
    ...app === undefined ? {} : { app_id: app },
    ...status === undefined ? {} : { status },
  };
  await showList(context, options, {
    noun: "callback",
    columns: COLUMNS,
    pages: (limit) => pages(context, filter, { limit, pageToken }),
    emptyHint:
      `Callbacks are sent to webhooks that have their trigger; create one with \`${suggest`conversation webhooks create`}\`.`,
  });
}

async function* pages(
  context: Context,
  filter: Record<string, string>,
  { limit, pageToken = "" }: { limit: number; pageToken?: string },
): AsyncGenerator<Page<Callback>> {
  let page_token = pageToken;
  let left = limit;
  do {
    const query = new URLSearchParams({
      ...filter,
      page_size: String(Math.min(PAGE_SIZE, left)),
      page_token,
    });
    const answer = await askSandbox<
      { callbacks: Callback[]; next_page_token: string }
    >(context, "GET", `callbacks?${query}`);
    page_token = answer.next_page_token;
    left -= answer.callbacks.length;
    yield { rows: answer.callbacks, nextPageToken: page_token };
  } while (page_token && left > 0);
}
