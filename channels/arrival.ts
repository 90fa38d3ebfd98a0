/**
 * What arrives: how a channel shows a message, and what is wrong with it. Pure:
 * it asks nothing and sends nothing.
 *
 * @see https://developers.sinch.com/docs/conversation/message-transcoding/
 * @see https://developers.sinch.com/docs/conversation/channel-support/
 */
import { type Block, blocksOf } from "./blocks.ts";
import { rulesOf } from "./channels.ts";
import type { Failure, Finding } from "./findings.ts";
import { cutTo } from "./measure.ts";
import {
  factsInUrl,
  kindOfType,
  type MediaFacts,
  type MediaKind,
  typeOfUrl,
} from "./media.ts";
import { type LookUp, meantFor } from "./meant.ts";
import { type Content, contentOf, holderOf, type Message } from "./message.ts";
import { regionOf } from "./phone_region.ts";
import { plainText } from "./plain_text.ts";
import { REFUSED, requestFindings } from "./request.ts";
import {
  type ChannelRules,
  findingsOf,
  type MediaRules,
  number,
} from "./rules.ts";
import { mediaOf } from "./selectors.ts";
import { isAlphanumeric } from "./sms.ts";
import {
  inGsm7,
  type SmsParts,
  smsParts,
  type Ucs2Character,
  ucs2Characters,
} from "./sms_parts.ts";
import { templateFindings } from "./whatsapp_template.ts";

export interface Sending {
  channel: string;
  message: Message;
  properties?: Record<string, string> | null;
  /** E.164, where the channel has phone numbers. */
  recipient?: string;
  /** Hours since the person last wrote on the channel, `Infinity` for never. */
  hoursSinceInbound?: number;
  /** The app has a default sender for MMS. */
  hasDefaultSender?: boolean;
  lookUp?: LookUp;
  /** By address, where a server was asked; else what addresses say. */
  media?: ReadonlyMap<string, MediaFacts>;
}

/** What a contact receives on a channel. */
export interface Shown {
  /** "transcoded": as a different content than was sent. */
  kind: "native" | "transcoded";
  /** A message with only one content, or what it has only for this channel. */
  content: Message;
  /** The same in plain text. */
  text: string;
  /** Of a card on MMS. */
  subject?: string;
  sms?: SmsParts & {
    /** Characters that make it UCS-2. */
    ucs2: Ucs2Character[];
  };
  blocks: Block[];
}

export interface Arrival {
  channel: string;
  /** Undefined if the message has nothing that can be shown there. */
  shown?: Shown;
  /** Undefined if the message arrives. */
  failure?: Failure;
  findings: Finding[];
  /** The last status of a message that arrives. */
  reports: ChannelRules["reports"];
}

export function arrivalOf(sending: Sending): Arrival {
  const { channel, message, lookUp = () => undefined } = sending;
  const rules = rulesOf(channel);
  const { reports } = rules;
  const findings = [
    ...requestFindings(message, sending.properties ?? {}),
    ...propertyFindings(rules, sending),
  ];
  const meant = meantFor(message, channel, lookUp);
  if ("failure" in meant) {
    findings.push(nothingMeant(meant, channel));
    return { channel, findings, failure: failureOf(findings), reports };
  }
  for (const name of meant.unused ?? []) {
    findings.push({
      level: "warning",
      code: "UNUSED_PARAMETER",
      message: `Template parameter ${name} is not used by the template`,
      value: name,
    });
  }
  const told = { ...sending, media: sending.media ?? factsIn(meant.content) };
  const { shown, found, isNative } = shape(meant.content, rules, told);
  const text = meant.text ?? textOn(channel, shown);
  const title = shown.card_message?.title;
  const result: Shown = {
    kind: isNative ? "native" : "transcoded",
    content: shown,
    text,
    ...channel === "MMS" && title ? { subject: title } : {},
    ...channel === "SMS"
      ? { sms: { ...smsParts(text), ucs2: ucs2Characters(text) } }
      : {},
    blocks: blocksOf(shown, channel),
  };
  findings.push(
    ...found,
    ...smsFindings(result, told),
    ...mmsFindings(told),
    ...windowFindings(rules, result, told),
  );
  return {
    channel,
    shown: result,
    findings,
    failure: failureOf(findings),
    reports,
  };
}

/** What the addresses of media say. */
function factsIn(message: Message): Map<string, MediaFacts> {
  const content = contentOf(message);
  const media = content ? mediaOf(content) : [];
  return new Map(media.map(({ media: { url } }) => [url, factsInUrl(url)]));
}

/** The first error decides; what the API refuses comes before all others. */
function failureOf(findings: Finding[]): Failure | undefined {
  const errors = findings.filter(({ level }) => level === "error");
  const [first] = errors;
  if (!first) return undefined;
  if (errors.some(({ code }) => code === REFUSED)) {
    return { stage: "request", code: REFUSED };
  }
  const inTime = errors.find(({ code }) =>
    code !== "OUTSIDE_ALLOWED_SENDING_WINDOW"
  );
  return inTime
    ? { stage: "processing", code: inTime.code }
    : { stage: "channel", code: first.code };
}

function nothingMeant(
  { failure, missing }: { failure: string; missing?: string[] },
  channel: string,
): Finding {
  return {
    level: "error",
    code: failure,
    message: missing
      ? `Template parameters are missing: ${missing.join(", ")}`
      : NOTHING[failure] ?? `The message has no content for ${channel}`,
    ...missing ? { value: missing.join(", ") } : {},
  };
}

const NOTHING: Record<string, string> = {
  TEMPLATE_NOT_FOUND: "The template does not exist",
  TEMPLATE_NON_EXISTING_LANGUAGE_OR_VERSION:
    "The template has no translation of this language and version",
};

interface Shape {
  shown: Message;
  found: Finding[];
  isNative: boolean;
}

/** The content as the channel has it, and what that breaks. */
function shape(
  meant: Message,
  rules: ChannelRules,
  sending: Sending,
): Shape {
  const content = contentOf(meant);
  if (!content) return { shown: meant, found: [], isNative: true };
  if (content.name === "template_message") {
    return {
      shown: meant,
      found: ownTemplateFindings(content, sending),
      isNative: true,
    };
  }
  if (rules.refused?.includes(content.name)) {
    return {
      shown: asText(content),
      found: [refusal(content, rules)],
      isNative: false,
    };
  }
  const linked = withLinks(content, rules, sending);
  const found = [...linked.found];
  let shown = linked.content;
  const losses = nativeLosses(shown, rules);
  if (losses.length > 0) {
    found.push(...losses);
    shown = rules.nearest?.(shown) ?? contentOf(asText(shown))!;
  } else if (isLink(sending.channel, holderOf(shown))) {
    found.push({
      level: "note",
      code: "LINK",
      message: `${rules.name} shows ${nameOf(shown)} as a link in a text`,
    });
    shown = contentOf(asText(shown))!;
  }
  const beyond = rules.rules.filter((rule) => rule.beyond !== "text");
  found.push(...beyond.flatMap((rule) => findingsOf(rule, shown)));
  const cut = cutContent(dropped(shown, rules), rules);
  return {
    shown: cut === content ? meant : holderOf(cut),
    found,
    isNative: !found.some(({ code }) => code === "TRANSCODED"),
  };
}

function asText(content: Content): Message {
  return { text_message: { text: plainText(holderOf(content)) } };
}

/** SMS shows media and locations as the link that they are. */
function isLink(channel: string, message: Message): boolean {
  return channel === "SMS" &&
    !!(message.media_message ?? message.location_message);
}

/** The text of what is shown; on MMS the title is not repeated. */
function textOn(channel: string, shown: Message): string {
  if (channel !== "MMS" || !shown.card_message) return plainText(shown);
  const { title: _, ...rest } = shown.card_message;
  return plainText({ card_message: rest });
}

/** `card message` */
function nameOf({ name }: Content): string {
  return `a ${name.replaceAll("_", " ")}`;
}

function refusal(content: Content, rules: ChannelRules): Finding {
  return {
    level: "error",
    code: "BAD_REQUEST",
    message: `${rules.name} has no ${
      content.name.replace("_message", "")
    } messages: only WhatsApp has`,
    where: content.name,
  };
}

/** Why the content cannot stay what it is. */
function nativeLosses(content: Content, rules: ChannelRules): Finding[] {
  if (!rules.native.includes(content.name)) {
    return [{
      // Little is documented about contact details.
      level: content.name === "contact_info_message" ? "note" : "warning",
      code: "TRANSCODED",
      message: `${rules.name} has no ${
        content.name.replace("_message", "").replaceAll("_", " ")
      } messages`,
      where: content.name,
    }];
  }
  return rules.rules.filter(({ beyond }) => beyond === "text")
    .flatMap((rule) => findingsOf(rule, content));
}

/** Media that the channel does not take become links, or let the message fail. */
function withLinks(
  content: Content,
  rules: ChannelRules,
  sending: Sending,
): { content: Content; found: Finding[] } {
  const isMedia = content.name === "media_message";
  const accepted = isMedia ? rules.media : rules.cardMedia ?? rules.media;
  if (!accepted || content.name === "list_message") {
    return { content, found: [] };
  }
  const found: Finding[] = [];
  const refused = new Set<string>();
  for (const { where, media: { url } } of mediaOf(content)) {
    const finding = mediaFinding(url, where, accepted, rules, sending);
    if (!finding) continue;
    found.push(finding);
    if (finding.level === "warning") refused.add(url);
  }
  if (refused.size === 0) return { content, found };
  return { content: linked(content, refused), found };
}

function linked(content: Content, urls: ReadonlySet<string>): Content {
  const card = <C extends Content<"card_message">["body"]>(one: C): C => {
    const { media_message: media, description } = one;
    if (!media || !urls.has(media.url)) return one;
    const { media_message: _, ...rest } = one;
    const text = [description, media.url].filter(Boolean).join("\n");
    return { ...rest, description: text } as C;
  };
  switch (content.name) {
    case "media_message":
      return {
        name: "text_message",
        body: { text: content.body.url },
      };
    case "card_message":
      return { name: content.name, body: card(content.body) };
    case "carousel_message":
      return {
        name: content.name,
        body: { ...content.body, cards: content.body.cards.map(card) },
      };
    default:
      return content;
  }
}

function mediaFinding(
  url: string,
  where: string,
  { kinds, others }: MediaRules,
  { name }: ChannelRules,
  sending: Sending,
): Finding | undefined {
  const facts = sending.media?.get(url);
  const type = facts?.type ?? typeOfUrl(url);
  const kind = kindOfType(type);
  // Nothing says what it is.
  if (!type || !kind) return undefined;
  const limit = limitFor(kinds, kind);
  const isTaken = limit && (!limit.types || limit.types.includes(type));
  if (!isTaken) {
    return others === "link"
      ? {
        level: "warning",
        code: "TRANSCODED",
        message: `${name} does not take ${type} here; it becomes a link`,
        value: type,
        where: `${where}.url`,
      }
      : {
        level: "error",
        code: "MEDIA_TYPE_UNSUPPORTED",
        message: `${name} does not take ${type}`,
        value: type,
        where: `${where}.url`,
      };
  }
  const { maxBytes = Infinity } = limit;
  const bytes = facts?.bytes ?? 0;
  return bytes > maxBytes
    ? {
      level: "error",
      code: "MEDIA_TOO_LARGE",
      message: `${name} takes at most ${
        number(maxBytes)
      } bytes of ${type}, got ${number(bytes)}`,
      value: bytes,
      limit: maxBytes,
      where: `${where}.url`,
    }
    : undefined;
}

/** A sticker is an image where a channel has no stickers. */
function limitFor(kinds: MediaRules["kinds"], kind: MediaKind) {
  return kinds[kind] ?? (kind === "sticker" ? kinds.image : undefined);
}

function cutContent(content: Content, rules: ChannelRules): Content {
  let cut = content;
  for (const { cuts } of rules.rules) {
    if (!cuts) continue;
    const { selector, max, unit } = cuts;
    for (const { where, text } of selector(cut)) {
      const short = cutTo(text, max, unit);
      if (short !== text) cut = replaced(cut, where, short);
    }
  }
  return cut;
}

/** What the channel does not show at all. */
function dropped(content: Content, rules: ChannelRules): Content {
  const breaches = rules.rules
    .filter(({ beyond }) => beyond === "dropped")
    .flatMap((rule) => rule.breaches(content));
  return breaches.reduce(
    (left, { where }) => replaced(left, where, undefined),
    content,
  );
}

/** A copy of the content with another value at a path. */
function replaced(content: Content, where: string, value: unknown): Content {
  const keys = where.split(/[.[\]]+/).filter(Boolean);
  const copy = structuredClone(holderOf(content));
  let inner = copy as Record<string, never>;
  for (const key of keys.slice(0, -1)) inner = inner[key]!;
  const last = keys.at(-1)!;
  if (value === undefined) delete inner[last];
  else inner[last] = value as never;
  return contentOf(copy)!;
}

function ownTemplateFindings(
  { body }: Content<"template_message">,
  { channel }: Sending,
): Finding[] {
  const template = body.channel_template?.[channel];
  if (!template) {
    return [{
      level: "note",
      code: "TEMPLATE_NOT_READ",
      message: "The template was not read: its content is not checked",
      where: "template_message.omni_template",
    }];
  }
  return channel === "WHATSAPP" ? templateFindings(template) : [];
}

function propertyFindings(
  { properties = {} }: ChannelRules,
  { properties: given }: Sending,
): Finding[] {
  return Object.entries(given ?? {}).flatMap(([name, value]) => {
    const property = Object.hasOwn(properties, name)
      ? properties[name]
      : undefined;
    return !property || property.isValid(value) ? [] : [{
      level: "error" as const,
      code: "BAD_REQUEST",
      message: `${name} ${property.form}, got ${JSON.stringify(value)}`,
      value,
      where: `channel_properties.${name}`,
    }];
  });
}

/** What makes one SMS cost more than one, and who may send it. */
function smsFindings(
  { sms, text }: Shown,
  { channel, properties, recipient }: Sending,
): Finding[] {
  if (channel !== "SMS" || !sms) return [];
  const found: Finding[] = [];
  const { parts, encoding, units, ucs2 } = sms;
  const { SMS_MAX_NUMBER_OF_MESSAGE_PARTS: most = "", SMS_SENDER: sender } =
    properties ?? {};
  if (/^[1-9]\d*$/.test(most) && parts > Number(most)) {
    found.push({
      level: "error",
      code: "MESSAGE_SPLIT_REQUIRED",
      message:
        `The text must have at most ${most} SMS parts (SMS_MAX_NUMBER_OF_MESSAGE_PARTS), got ${parts}`,
      value: parts,
      limit: Number(most),
    });
  }
  if (parts > 1) {
    found.push({
      level: "warning",
      code: "SMS_PARTS",
      message:
        `${parts} SMS parts, each charged as a message (${units} units of ${encoding})`,
      value: parts,
    });
  }
  if (ucs2.length > 0) {
    const fewer = smsParts(inGsm7(text)).parts;
    found.push({
      level: parts > 1 ? "warning" : "note",
      code: "SMS_UCS2",
      message: `UCS-2 because of ${ucs2Text(ucs2)}${
        fewer < parts ? `; replaced, the text has ${plural(fewer, "part")}` : ""
      }`,
      value: ucs2.map(({ character }) => character).join(""),
    });
  }
  if (sender && isAlphanumeric(sender)) {
    const isUnsupported = recipient && regionOf(recipient) === "US or Canada";
    found.push({
      level: isUnsupported ? "warning" : "note",
      code: isUnsupported ? "SENDER_UNSUPPORTED" : "SENDER_ONE_WAY",
      message: isUnsupported
        ? `An alphanumeric sender does not work in the US and Canada, got "${sender}"`
        : "An alphanumeric sender cannot be answered",
      value: sender,
      where: "channel_properties.SMS_SENDER",
    });
  } else if (recipient && regionOf(recipient) === "US or Canada") {
    found.push({
      level: "note",
      code: "SENDER_REGISTRATION",
      message:
        "US networks filter messages from local numbers without a 10DLC campaign",
    });
  }
  return found;
}

const MAX_NAMED = 5;

/** `"’" (U+2019 right single quotation mark) at 4: replace with "'"` */
function ucs2Text(characters: Ucs2Character[]): string {
  const named = characters.slice(0, MAX_NAMED).map((
    { character, name, position, count, replacement },
  ) =>
    `${JSON.stringify(character)} (${name}) at ${position}${
      count > 1 ? ` (${count} times)` : ""
    }${
      replacement === undefined
        ? ""
        : replacement === ""
        ? ": remove it"
        : `: replace it with ${JSON.stringify(replacement)}`
    }`
  );
  const others = characters.length - named.length;
  return [...named, ...others > 0 ? [`${others} others`] : []].join("; ");
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

const MMS_REGIONS: string[] = ["US or Canada", "Australia", "Puerto Rico"];

function mmsFindings(
  { channel, properties, recipient, hasDefaultSender, media }: Sending,
): Finding[] {
  if (channel !== "MMS") return [];
  const found: Finding[] = [];
  if (recipient && !MMS_REGIONS.includes(regionOf(recipient))) {
    found.push({
      level: "error",
      code: "CHANNEL_REJECT",
      message: "MMS works in the US, Canada and Australia only",
      value: recipient,
    });
  }
  if (!properties?.MMS_SENDER && hasDefaultSender !== true) {
    const isKnown = hasDefaultSender === false;
    found.push({
      level: isKnown ? "error" : "note",
      code: isKnown ? "CHANNEL_BAD_CONFIGURATION" : "SENDER_REQUIRED",
      message: "MMS requires a sender: MMS_SENDER, or the app's default sender",
      where: "channel_properties.MMS_SENDER",
    });
  }
  const isStrict = properties?.MMS_STRICT_VALIDATION === "true";
  for (const [url, { bytes = 0 }] of media ?? []) {
    if (bytes <= MMS_ADVISED_BYTES) continue;
    found.push({
      level: isStrict ? "error" : "warning",
      code: isStrict ? "MEDIA_TOO_LARGE" : "RISKY",
      message: `Networks compress or refuse MMS media above ${
        number(MMS_ADVISED_BYTES)
      } bytes, got ${number(bytes)}: ${url}`,
      value: bytes,
      limit: MMS_ADVISED_BYTES,
    });
  }
  return found;
}

const MMS_ADVISED_BYTES = 1_000_000;

/** Whether the channel takes it at any time. */
export function isTemplate(
  { template_message, explicit_channel_message }: Message,
): boolean {
  if (template_message) return true;
  const own = explicit_channel_message?.WHATSAPP;
  if (!own) return false;
  try {
    return JSON.parse(own)?.type === "template";
  } catch {
    return false;
  }
}

function windowFindings(
  { window, name }: ChannelRules,
  { content }: Shown,
  { channel, properties, hoursSinceInbound: hours }: Sending,
): Finding[] {
  if (!window || channel === "WHATSAPP" && isTemplate(content)) return [];
  const { tag } = window;
  const given = tag && properties?.[tag.property];
  const tagged = tag && given !== undefined && Object.hasOwn(tag.hours, given)
    ? tag.hours[given]
    : undefined;
  const open = Math.max(window.hours, tagged ?? 0);
  const after = open === Infinity
    ? `only after the person has written`
    : `only within ${
      open % 24 === 0 && open > 24 ? `${open / 24} days` : `${open} hours`
    } after the person last wrote`;
  if (hours === undefined) {
    return [{
      level: "note",
      code: window.code,
      message: `${name} delivers this ${after}`,
    }];
  }
  // A tag extends a window that was open once.
  return hours < open ? [] : [{
    level: "error",
    code: window.code,
    message: `${name} delivers this ${after}`,
    ...Number.isFinite(hours) ? { value: hours } : {},
    ...Number.isFinite(open) ? { limit: open } : {},
  }];
}
