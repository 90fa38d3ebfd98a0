/** What a contact is made of, as flags: for `create` and `update`. */
import { languageCode, text } from "../../../api/checks.ts";
import type { ContactInput } from "../../../api/contacts.ts";
import { usageError } from "../../../errors.ts";
import type { AnyCommand } from "../../cli.ts";

export interface ContactFlags {
  name?: string;
  displayName?: string;
  email?: string;
  language?: string;
  externalId?: string;
  metadata?: string;
}

const METADATA_LENGTH = 1024;

export function addContactFlags(command: AnyCommand): AnyCommand {
  return command
    .option("-n, --name <name:plain>", "Name of the contact.")
    .option(
      "-d, --display-name <name:plain>",
      "The same as --name, and wins over it.",
    )
    .option("-e, --email <address:plain>", "Email address.")
    .option("--language <code:plain>", "Language, such as EN_US or SV.")
    .option("--external-id <id:plain>", "Its ID in another system.")
    .option("--metadata <text:plain>", "Any text of at most 1024 characters.");
}

/**
 * The fields that are given.
 *
 * @throws {Failure} "usage" naming the flag.
 */
export function contactFields(flags: ContactFlags): ContactInput {
  const { name, displayName, email, language, externalId, metadata } = flags;
  const display_name = displayName ?? name;
  return {
    ...display_name && { display_name },
    ...email && { email: emailAddress(email) },
    // The API writes languages with an underscore: EN_US.
    ...language && {
      language: languageCode(language, "--language").toUpperCase()
        .replaceAll("-", "_"),
    },
    ...externalId && { external_id: externalId },
    ...metadata && { metadata: text(METADATA_LENGTH)(metadata, "--metadata") },
  };
}

function emailAddress(given: string): string {
  if (/^\S+@\S+$/.test(given)) return given;
  throw usageError(`--email must be an email address, got "${given}"`);
}
