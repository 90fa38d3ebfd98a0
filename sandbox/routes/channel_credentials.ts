/** The credentials that each channel of an app requires. */
import {
  anything,
  atLeastOne,
  type Check,
  flag,
  type JsonObject,
  object,
  present,
  required,
  text,
} from "../contract/checks.ts";

const bearer = object({
  claimed_identity: required(text()),
  token: required(text()),
});
const token = object({ token: required(text()) });
const lineKeys = object({ token: required(text()), secret: required(text()) });

/** The credential objects that each channel takes. */
const CREDENTIALS: Record<string, Record<string, Check>> = {
  SMS: { static_bearer: bearer },
  WHATSAPP: { static_bearer: bearer },
  RCS: { static_bearer: bearer },
  VIBERBM: { static_bearer: bearer },
  MESSENGER: { static_token: token },
  INSTAGRAM: {
    instagram_credentials: object({
      token: required(text()),
      business_account_id: text(),
    }),
  },
  MMS: {
    mms_credentials: object({
      account_id: required(text()),
      api_key: required(text()),
      basic_auth: object({
        username: required(text()),
        password: required(text()),
      }),
      default_sender: text(),
    }),
  },
  TELEGRAM: { telegram_credentials: token },
  KAKAOTALK: {
    kakaotalk_credentials: object({
      kakaotalk_plus_friend_id: required(text()),
      kakaotalk_sender_key: required(text()),
    }),
  },
  KAKAOTALKCHAT: {
    kakaotalkchat_credentials: object({
      kakaotalk_plus_friend_id: required(text()),
      api_key: text(),
    }),
  },
  LINE: {
    line_credentials: object({
      token: required(text()),
      secret: required(text()),
      is_default: flag,
    }),
    line_enterprise_credentials: object({
      line_japan: lineKeys,
      line_thailand: lineKeys,
      is_default: flag,
    }, atLeastOne(["line_japan", "line_thailand"])),
  },
  WECHAT: {
    wechat_credentials: object({
      app_id: required(text()),
      app_secret: required(text()),
      token: required(text()),
      aes_key: required(text()),
    }),
  },
  APPLEBC: {
    applebc_credentials: object({
      business_chat_account_id: required(text()),
      merchant_id: text(),
      apple_pay_certificate_reference: text(),
      apple_pay_certificate_password: text(),
    }),
  },
};
const CREDENTIAL_NAMES = [
  ...new Set(Object.values(CREDENTIALS).flatMap((one) => Object.keys(one))),
];

/** Their names; {@linkcode credentialOfChannel} checks the values. */
export const CREDENTIAL_FIELDS = Object.fromEntries(
  CREDENTIAL_NAMES.map((name) => [name, anything]),
);

/** One credential object, of the kind that belongs to the channel. */
export const credentialOfChannel: Check = (value, field, found) => {
  const { channel } = value as { channel?: string };
  const allowed = Object.hasOwn(CREDENTIALS, channel ?? "")
    ? CREDENTIALS[channel!]
    : undefined;
  if (!allowed) return;
  const names = Object.keys(allowed);
  const set = present(value, CREDENTIAL_NAMES);
  if (set.length !== 1 || !names.includes(set[0]!)) {
    found.push({
      field,
      description: `must have exactly ${names.join(" or ")} for ${channel}`,
    });
    return;
  }
  const name = set[0]!;
  allowed[name]!((value as JsonObject)[name], `${field}.${name}`, found);
};
