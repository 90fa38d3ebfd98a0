/** `sinch sandbox callbacks`, and `… callbacks list` */
import { pages } from "../../../api/pages.ts";
import { Word } from "../../../options/value_type.ts";
import type { Column } from "../../../output/columns.ts";
import { suggest } from "../../../runtime/suggest.ts";
import type { Cli } from "../../cli.ts";
import { listCommand, type OptionsOf, PAGE_TOKEN } from "../../command.ts";
import type { Context } from "../../context.ts";
import { showList } from "../../list.ts";
import { askSandbox, type ControlRequest } from "../control.ts";
import { action } from "../../action.ts";
import {
  type Callback,
  CALLBACK_STATES,
  type CallbackPage,
  lastResponse,
} from "./callback.ts";

const PAGE_SIZE = 1000;

const COLUMNS: readonly Column<Callback>[] = [
  { name: "id", value: ({ id }) => id, kind: "id" },
  { name: "time", value: (callback) => callback.create_time, kind: "time" },
  { name: "trigger", value: ({ trigger }) => trigger },
  { name: "status", value: ({ status }) => status, kind: "state" },
  { name: "tries", value: ({ tries }) => String(tries), spare: true },
  { name: "last", value: lastResponse, kind: "text" },
  // Last, so that a long URL breaks no other column.
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
    "List callbacks to webhooks, newest first, with the responses",
    COLUMNS,
  )
    .type("status", new Word(CALLBACK_STATES))
    .option(
      "--status <status:status>",
      "Only callbacks in this state; WAITING is before the first or next try, FAILED is final",
    )
    .option("-a, --app <app-id:app>", "Only callbacks of this app")
    .option(...PAGE_TOKEN)
    .example("List the latest callbacks", "sinch sandbox callbacks")
    .example(
      "Print failed callbacks as JSON",
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
    pages: (limit) =>
      pages<CallbackPage, Callback, ControlRequest>({
        limit,
        pageToken,
        pageSize: PAGE_SIZE,
        request: ({ page_size, page_token = "" }) => ({
          method: "GET",
          path: `callbacks?${new URLSearchParams({
            ...filter,
            page_size: String(page_size),
            page_token,
          })}`,
        }),
        read: (request) => askSandbox(context, request),
        rows: ({ callbacks }) => callbacks,
      }),
    emptyHint:
      `Run \`${suggest`conversation webhooks create`}\` to subscribe to events.`,
  });
}
