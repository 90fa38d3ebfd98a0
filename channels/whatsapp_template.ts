/**
 * The parameters of a WhatsApp template: by position, with names such as
 * `body[1]text`.
 *
 * @see https://developers.sinch.com/docs/conversation/channel-support/whatsapp/template-support/
 */
import type { Finding } from "./findings.ts";
import type { ChannelTemplate } from "./message.ts";

const NAME =
  /^(?:carousel\[\d\])?(?:header\[1\](?:text|(?:image|video)\.link|document\.(?:link|filename))|body\[[1-9]\d*\]text|button\[\d\](?:url\[1\]text|quick_reply\[1\]payload))$/;

const MAX_SPACES = 3;
const MAX_HEADER = 60;
const MAX_BODY = 1024;

export function isWhatsAppParameter(name: string): boolean {
  return NAME.test(name);
}

/** Where the parameters of a template on WhatsApp are in a message. */
const WHERE = "template_message.channel_template.WHATSAPP";

export function templateFindings(
  { parameters, language_code }: ChannelTemplate,
): Finding[] {
  const given = parameters ?? {};
  return [
    ...language_code ? [] : [{
      level: "error" as const,
      code: "BAD_REQUEST",
      message: "A WhatsApp template must have a language code",
      where: `${WHERE}.language_code`,
    }],
    ...Object.entries(given).flatMap(([name, value]) =>
      parameterFindings(name, value)
    ),
    ...missingParameters(Object.keys(given)),
  ];
}

function parameterFindings(name: string, value: string): Finding[] {
  const error = (message: string, more: Partial<Finding> = {}): Finding[] => [{
    level: "error",
    code: "BAD_REQUEST",
    message: `Template parameter ${name} ${message}`,
    where: `${WHERE}.parameters.${name}`,
    ...more,
  }];
  if (!isWhatsAppParameter(name)) {
    return error(
      "must be named like body[1]text, header[1]image.link or button[0]url[1]text",
    );
  }
  const { length } = value;
  return [
    ...value.includes("\n") || value.includes("\r")
      ? error("must not have a line break")
      : [],
    ...value.includes("\t") ? error("must not have a tab") : [],
    ...value.includes(" ".repeat(MAX_SPACES + 1))
      ? error(`must have at most ${MAX_SPACES} spaces in a row`, {
        limit: MAX_SPACES,
      })
      : [],
    ...name.includes("header[1]text") && length > MAX_HEADER
      ? error(`must have at most ${MAX_HEADER} characters, got ${length}`, {
        value: length,
        limit: MAX_HEADER,
      })
      : [],
    ...name.includes("body[") && length > MAX_BODY
      ? error(`must have at most 1,024 characters, got ${length}`, {
        value: length,
        limit: MAX_BODY,
      })
      : [],
  ];
}

const MAX_NAMED = 5;

/** Gaps in a row of positions: `body[2]text` where only 1 and 3 are given. */
function missingParameters(names: string[]): Finding[] {
  const highest = new Map<string, number>();
  for (const name of names) {
    const [, before, position] = /^(.*body\[)(\d{1,3})\]text$/.exec(name) ?? [];
    if (before === undefined) continue;
    highest.set(before, Math.max(highest.get(before) ?? 0, Number(position)));
  }
  const given = new Set(names);
  return [...highest].flatMap(([before, last]): Finding[] => {
    const missing = Array.from(
      { length: last },
      (_, at) => `${before}${at + 1}]text`,
    ).filter((name) => !given.has(name));
    if (missing.length === 0) return [];
    const named = missing.slice(0, MAX_NAMED).join(", ");
    return [{
      level: "error",
      code: "TEMPLATE_INSUFFICIENT_PARAMETERS",
      message: `Template parameters are missing: ${named}${
        missing.length > MAX_NAMED ? " …" : ""
      }`,
      value: missing.length,
      where: `${WHERE}.parameters`,
    }];
  });
}

/**
 * Parameters that are named 1, 2, 3 are the body's: `{"1":"Ada"}` becomes
 * `{"body[1]text":"Ada"}`. Other names stay as they are.
 */
export function bodyParameters(
  parameters: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      /^[1-9]\d?$/.test(name) ? `body[${name}]text` : name,
      value,
    ]),
  );
}
