/** A run belongs to the account that it was frozen for. */
import type { RunJournal } from "../../../bulk/run/journal.ts";
import { usageError } from "../../../errors.ts";
import type { Context } from "../../context.ts";

/** Where requests of this command line go. */
export async function accountOf(
  context: Context,
): Promise<{ projectId: string; api: string }> {
  const { credentials, urls } = await context.settings();
  return {
    projectId: credentials?.projectId.value ?? "",
    api: urls.conversation,
  };
}

/** @throws {Failure} usage: the command line names another account. */
export async function carriesAccount(
  context: Context,
  { facts: { id, projectId, api } }: RunJournal,
): Promise<void> {
  const now = await accountOf(context);
  if (now.projectId === projectId && now.api === api) return;
  throw usageError(
    `Run ${id} belongs to project ${projectId} at ${api}; this is project ${now.projectId} at ${now.api}`,
    "Use the --profile, --region or --sandbox that it was started with.",
  );
}
