/** `sinch conversation contacts create` */
import { createContact } from "../../../api/contacts.ts";
import { parsePhoneNumber } from "../../../options/phone_number.ts";
import { usageError } from "../../../errors.ts";
import { ValueType } from "../../../options/value_type.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { DRY_RUN, type OptionsOf } from "../../command.ts";
import type { Context } from "../../context.ts";
import { workingApp } from "../../default_app.ts";
import { noteDoubts } from "../note_doubts.ts";
import { contactCommand, contactFields } from "./contact_options.ts";
import { contactView } from "./contact_view.ts";
import { channelIdentities, identityFromText } from "./identities.ts";

/** The API requires one; it decides which translation of a template is sent. */
const DEFAULT_LANGUAGE = "EN_US";

const declare = () =>
  contactCommand(
    `Create a contact. Without --phone and --identity in a terminal, asks for a phone number. The default language is ${DEFAULT_LANGUAGE}.`,
  )
    .type("identity", new ValueType(identityFromText))
    .option("-p, --phone <number:line>", "Phone number in E.164")
    .option(
      "-c, --channel <channels:channel[]>",
      "Channels of --phone, comma-separated (default: SMS)",
    )
    .option(
      "--identity <identity:identity>",
      "CHANNEL=IDENTITY on any channel; repeatable",
      { collect: true },
    )
    .option(
      "-a, --app <app-id:app>",
      "App ID of a MESSENGER, INSTAGRAM, LINE or WECHAT identity (default: the configured app)",
    )
    .option(...DRY_RUN)
    .example(
      "Create a contact with a phone number",
      'sinch conversation contacts create --phone +15551234567 --name "Jane Doe" --email jane@example.com',
    )
    .example(
      "Create a contact on several channels",
      "sinch conversation contacts create --phone +15551234567 --channel SMS,WHATSAPP --identity TELEGRAM=5551234",
    );

export const create = (cli: Cli) => declare().action(action(cli, createOne));

async function createOne(
  context: Context,
  options: OptionsOf<typeof declare>,
): Promise<View> {
  const { channel, identity, app } = options;
  const phone = options.phone ??
    (identity === undefined ? await askPhone(context) : undefined);
  const channel_identities = await channelIdentities(
    { phone, channel, identity },
    () => workingApp(context, app),
  );
  await noteDoubts(context, channel_identities);
  return await context.change(
    createContact({
      language: DEFAULT_LANGUAGE,
      ...contactFields(options),
      channel_identities,
    }),
    (created) => contactView(created, "Contact created"),
  );
}

async function askPhone(context: Context): Promise<string> {
  if (!context.canPrompt) throw usageError("Missing --phone or --identity");
  const { askText } = await import("../../../wizard/fields/questions.ts");
  const prompter = await context.prompter();
  const phone = await askText(prompter, {
    message: "Phone number",
    hint: "+, country code and number",
    check: parsePhoneNumber,
  });
  prompter.answered("--phone", phone);
  return phone;
}
