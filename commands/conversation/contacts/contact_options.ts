/** The fields of a contact as options, for `create` and `update`. */
import { languageCode, refusal, text } from "../../../options/checks.ts";
import type { ContactInput } from "../../../api/contacts.ts";
import { ValueType } from "../../../options/value_type.ts";
import { command, type OptionsOf } from "../../command.ts";

const METADATA_LENGTH = 1024;

/** A command that takes the fields of a contact. */
export const contactCommand = (description: string) =>
  command(description)
    .type("email", new ValueType(emailAddress))
    .type("metadata", new ValueType(text(METADATA_LENGTH)))
    .type("contact-language", new ValueType(contactLanguage))
    .option("-n, --name <name:line>", "Name of the contact")
    .option(
      "-d, --display-name <name:line>",
      "Same as --name, and overrides it",
    )
    .option("-e, --email <address:email>", "Email address")
    .option(
      "--language <code:contact-language>",
      "Language, such as EN_US or SV",
    )
    .option("--external-id <id:line>", "ID of the contact in another system")
    .option(
      "--metadata <text:metadata>",
      `Metadata stored with the contact (max ${METADATA_LENGTH} characters)`,
    );

/** The fields that are given. */
export function contactFields(
  { name, displayName, email, language, externalId, metadata }: OptionsOf<
    typeof contactCommand
  >,
): ContactInput {
  const display_name = displayName ?? name;
  return {
    ...display_name && { display_name },
    ...email && { email },
    ...language && { language },
    ...externalId && { external_id: externalId },
    ...metadata && { metadata },
  };
}

function emailAddress(given: string, at: string): string {
  if (/^\S+@\S+$/.test(given)) return given;
  throw refusal(at, "must be an email address", given);
}

/** The API writes languages with an underscore: EN_US. */
function contactLanguage(given: string, at: string): string {
  return languageCode(given, at).toUpperCase().replaceAll("-", "_");
}
