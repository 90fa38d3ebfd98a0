/**
 * Where messages are kept: those of apps in DISPATCH mode are apart, and the
 * API shows them only when it is told to look there.
 */
import { word } from "../../../api/checks.ts";
import type { MessagesSource } from "../../../api/messages.ts";
import { Failure } from "../../../errors.ts";

export interface SourceFlags {
  source?: string;
}

export const SOURCE_OPTION = [
  "--source <source:plain>",
  "conversation (default), or dispatch for apps in DISPATCH mode.",
] as const;

const DISPATCH_HINT =
  "Messages of apps in DISPATCH mode are found with --source dispatch.";
const RETENTION_HINT =
  "An app in DISPATCH mode keeps messages only if it has a dispatch retention; the default is 0 days.";

/** @throws {Failure} "usage" for another word. */
export function sourceOf(
  { source }: SourceFlags,
): MessagesSource | undefined {
  if (source === undefined) return undefined;
  const given = word("conversation", "dispatch")(
    source.toLowerCase(),
    "--source",
  );
  return given === "dispatch" ? "DISPATCH_SOURCE" : "CONVERSATION_SOURCE";
}

/** Where else to look for what was not found. */
export function sourceHint(source: MessagesSource | undefined): string {
  return source === "DISPATCH_SOURCE" ? RETENTION_HINT : DISPATCH_HINT;
}

/** Adds that hint to the failure of a message that does not exist. */
export async function withSourceHint<T>(
  source: MessagesSource | undefined,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw error instanceof Failure && error.kind === "not_found"
      ? error.withHint(sourceHint(source))
      : error;
  }
}
