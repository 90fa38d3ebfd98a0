/** `sinch sandbox callbacks`, and `… callbacks list` */
import { Command } from "@cliffy/command";
import type { Page } from "../../../api/pages.ts";
import { usageError } from "../../../errors.ts";
import type { Column } from "../../../output/columns.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { showList } from "../../list.ts";
import { addLimit, addListForms, type ListFlags } from "../../shared_flags.ts";
import { askSandbox } from "../control.ts";
import { type Callback, lastOutcome } from "./callback.ts";
import { suggest } from "../../../runtime/suggest.ts";

const PAGE_SIZE = 1000;
const STATUSES = ["WAITING", "DELIVERED", "FAILED"];

interface FilterFlags {
  app?: string;
  status?: string;
}

const COLUMNS: readonly Column<Callback>[] = [
  { name: "id", value: ({ id }) => id, kind: "id" },
  { name: "time", value: (callback) => callback.create_time, kind: "time" },
  { name: "trigger", value: ({ trigger }) => trigger },
  { name: "status", value: ({ status }) => status },
  { name: "tries", value: ({ tries }) => String(tries), spare: true },
  { name: "last", value: lastOutcome, kind: "text" },
  // A URL is shown whole: nothing stands behind it.
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

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description(
      "List what the sandbox told webhooks, the newest first, and what they answered.",
    )
    .option(
      "--status <status:plain>",
      "Only those that are WAITING (for their first or next try), DELIVERED or FAILED (for good).",
    )
    .option("-a, --app <app-id:plain>", "Only callbacks of this app.");
  addLimit(command);
  return addListForms(command, COLUMNS)
    .example("What was told last", "sinch sandbox callbacks")
    .example(
      "What no endpoint took",
      "sinch sandbox callbacks --status FAILED --json",
    )
    .action(action(cli, list));
}

async function list(
  context: Context,
  flags: FilterFlags & ListFlags & CommonFlags,
): Promise<void> {
  const filter = filterOf(flags);
  await showList(context, flags, {
    noun: "callback",
    columns: COLUMNS,
    pages: (limit) => pages(context, filter, limit),
    emptyHint:
      `Callbacks are written for webhooks that want their trigger: ${suggest`conversation webhooks create`}.`,
  });
}

function filterOf({ app, status }: FilterFlags): Record<string, string> {
  const wanted = status?.toUpperCase();
  if (wanted !== undefined && !STATUSES.includes(wanted)) {
    throw usageError(
      `--status must be WAITING, DELIVERED or FAILED, got "${status}"`,
    );
  }
  return {
    ...app === undefined ? {} : { app_id: app },
    ...wanted === undefined ? {} : { status: wanted },
  };
}

async function* pages(
  context: Context,
  filter: Record<string, string>,
  limit: number,
): AsyncGenerator<Page<Callback>> {
  let page_token = "";
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
