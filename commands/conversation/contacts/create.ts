/** `sinch conversation contacts create` */
import { Command } from "@cliffy/command";
import { createContact } from "../../../api/contacts.ts";
import { parsePhoneNumber } from "../../../api/phone_number.ts";
import { usageError } from "../../../errors.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { CommonFlags, Context } from "../../context.ts";
import { workingApp } from "../../default_app.ts";
import { DRY_RUN_OPTION } from "../../shared_flags.ts";
import {
  addContactFlags,
  contactFields,
  type ContactFlags,
} from "./contact_flags.ts";
import { contactView } from "./contact_view.ts";
import { channelIdentities, type IdentityFlags } from "./identities.ts";

/** The API wants one; it decides which translation of a template is sent. */
const DEFAULT_LANGUAGE = "EN_US";

type CreateFlags = IdentityFlags & ContactFlags & CommonFlags;

export function create(cli: Cli): AnyCommand {
  const command: AnyCommand = new Command()
    .description(
      `Create a contact. Without --phone and --identity in a terminal, asks for a phone number. The language is ${DEFAULT_LANGUAGE} if left out.`,
    )
    .option("-p, --phone <number:plain>", "Phone number in E.164.");
  return addContactFlags(command)
    .option(
      "-c, --channel <channels:plain>",
      "Where --phone is reached, between commas; SMS if left out.",
    )
    .option(
      "--identity <identity:plain>",
      "CHANNEL=IDENTITY on any channel. Repeatable.",
      { collect: true },
    )
    .option(
      "-a, --app <app-id:plain>",
      "App of a MESSENGER, INSTAGRAM, LINE or WECHAT identity; the default if left out.",
    )
    .option(...DRY_RUN_OPTION)
    .example(
      "A person with a phone",
      'sinch conversation contacts create --phone +15551234567 --name "Jane Doe" --email jane@example.com',
    )
    .example(
      "On several channels",
      "sinch conversation contacts create --phone +15551234567 --channel SMS,WHATSAPP --identity TELEGRAM=5551234",
    )
    .action(action(cli, createOne));
}

async function createOne(context: Context, flags: CreateFlags): Promise<View> {
  const fields = contactFields(flags);
  const { phone, identity } = flags;
  const isReachable = phone !== undefined || identity !== undefined;
  const channel_identities = await channelIdentities(
    isReachable ? flags : { ...flags, phone: await askPhone(context) },
    () => workingApp(context, flags.app),
  );
  const contact = { language: DEFAULT_LANGUAGE, ...fields, channel_identities };
  return await context.change(
    createContact(contact),
    (created) => contactView(created, "Contact created"),
  );
}

async function askPhone(context: Context): Promise<string> {
  if (!context.canPrompt) throw usageError("Missing: --phone or --identity");
  const { askText } = await import("../../../wizard/fields/questions.ts");
  return await askText(await context.prompter(), {
    message: "Phone number",
    hint: "+, country code and number",
    check: parsePhoneNumber,
  });
}
