/**
 * Why a callback's signature does not match: what receivers do wrong, tried one
 * after the other, the most frequent first.
 */
import { gunzipSync, inflateSync } from "node:zlib";
import { parseJson } from "../json.ts";
import { sameDigest, signatureOf, type Signed } from "./callback_signature.ts";

export interface Trial {
  /** Such as `JSON_COMPACT`; the same in every version. */
  code: string;
  /** What was tried: `the body as compact JSON`. */
  what: string;
  matches: boolean;
}

export interface Cause {
  code: string;
  /** What differs, as a sentence. */
  text: string;
  /** What to change, often a line of code. */
  fix: string;
}

/** A secret, and where it comes from: `webhook 01HW8…`. */
export interface OtherSecret {
  secret: string;
  of: string;
}

/** The parts of a signature that a receiver can get wrong, each in one way. */
export interface Variant {
  code: string;
  what: string;
  /** As a sentence; `what` where it says enough. */
  text: string;
  fix: string;
  change: Partial<Parts>;
}

export interface Parts extends Signed {
  secret: string | Uint8Array;
  digests: Uint8Array[];
}

export interface Explained {
  trials: Trial[];
  /** The likeliest first. */
  causes: Cause[];
}

const MAX_WORK_BYTES = 256 * 1024 * 1024;
const MAX_BODY = 8 * 1024 * 1024;

const RAW_BODY =
  'Verify the bytes as they came, before any JSON parser: app.post("/sinch", express.raw({ type: "*/*" }), (request) => verify(request.body)).';

/**
 * Tries what may differ, and then two such things together.
 *
 * @param digests Those that the header may mean, of 32 bytes each.
 */
export function explainMismatch(
  parts: Parts,
  { headers, otherSecrets, contentLength }: {
    headers: Variant[];
    otherSecrets: OtherSecret[];
    contentLength?: number;
  },
): Explained {
  const groups = [
    bodyVariants(parts.body, contentLength),
    secretVariants(parts.secret, otherSecrets),
    [...orderVariants(parts), ...headers],
  ];
  const variants = groups.flat();
  const found = variants.map((variant) => matches(parts, [variant]));
  const trials = variants.map(({ code, what }, at): Trial => ({
    code,
    what,
    matches: found[at]!,
  }));
  const hits = variants.filter((_, at) => found[at]);
  return {
    trials,
    causes: hits.length > 0 ? hits.map(causeOf) : twoCauses(parts, groups),
  };
}

function twoCauses(parts: Parts, groups: Variant[][]): Cause[] {
  let work = 0;
  for (const [at, firsts] of groups.entries()) {
    for (const seconds of groups.slice(at + 1)) {
      for (const first of firsts) {
        for (const second of seconds) {
          work += parts.body.length;
          if (work > MAX_WORK_BYTES) return [];
          if (matches(parts, [first, second])) {
            return [causeOf(first), causeOf(second)];
          }
        }
      }
    }
  }
  return [];
}

function matches(parts: Parts, variants: Variant[]): boolean {
  const { secret, digests, ...signed }: Parts = Object.assign(
    {},
    parts,
    ...variants.map(({ change }) => change),
  );
  // Node refuses no empty key; the API never signs with one.
  if (secret.length === 0) return false;
  const digest = signatureOf(secret, signed);
  return digests.some((one) => sameDigest(one, digest));
}

function causeOf({ code, text, fix }: Variant): Cause {
  return { code, text, fix };
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The bytes as UTF-8 text; `undefined` where they are none. A BOM stays. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
      .decode(bytes);
  } catch {
    return undefined;
  }
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

function bodyVariants(body: Uint8Array, contentLength?: number): Variant[] {
  const text = utf8(body);
  const variants: Variant[] = [];
  const tried = [body];
  const add = (
    code: string,
    what: string,
    text: string,
    fix: string,
    changed: Uint8Array | undefined,
  ) => {
    // The first of those that lead to the same bytes has the simplest reason.
    if (!changed || tried.some((one) => sameBytes(one, changed))) return;
    tried.push(changed);
    variants.push({ code, what, text, fix, change: { body: changed } });
  };
  const addJson = (text: string) => {
    const json = attempt(() => ({
      value: parseJson(text.replace(/^\uFEFF/, "")),
    }));
    if (!json) return;
    for (const [code, what, form] of JSON_FORMS) {
      add(
        code,
        `the body as ${what}`,
        `The body was parsed and written again: the signature matches it as ${what}.`,
        RAW_BODY,
        attempt(() => bytesOf(form(json.value))),
      );
    }
    // A gateway's event, or JSON inside a JSON string.
    const inner = innerBody(json.value);
    if (inner) {
      add(
        "GATEWAY_EVENT",
        "the body inside the event of a gateway",
        "These bytes are a gateway's event; the callback is the text in its `body`.",
        'Verify Buffer.from(event.body, event.isBase64Encoded ? "base64" : "utf8").',
        inner,
      );
    }
  };
  if (text !== undefined) {
    const saved = "The body was changed by an editor or a tool that saved it";
    const keep =
      "Save the bytes as they came: curl --data-binary @file, printf %s rather than echo.";
    add(
      "FINAL_NEWLINE_ADDED",
      "the body without its final line end",
      `${saved}: it has a line end that was not signed.`,
      keep,
      bytesOf(text.replace(/\r?\n$/, "")),
    );
    add(
      "FINAL_NEWLINE_LOST",
      "the body with a final line end",
      `${saved}: the line end that was signed is missing.`,
      keep,
      bytesOf(`${text}\n`),
    );
    add(
      "CRLF",
      "the body with LF line ends",
      `${saved}: its line ends are CR LF, but LF was signed.`,
      keep,
      bytesOf(text.replaceAll("\r\n", "\n")),
    );
    add(
      "LF",
      "the body with CR LF line ends",
      `${saved}: its line ends are LF, but CR LF was signed.`,
      keep,
      bytesOf(text.replace(/\r?\n/g, "\r\n")),
    );
    add(
      "BOM_ADDED",
      "the body without its byte order mark",
      `${saved}: it begins with a byte order mark that was not signed.`,
      "Save the file as UTF-8 without BOM.",
      bytesOf(text.replace(/^\uFEFF/, "")),
    );
    add(
      "SPACE_AROUND",
      "the body without space around it",
      `${saved}: it has space around it that was not signed.`,
      keep,
      bytesOf(text.replace(/^\uFEFF/, "").trim()),
    );
    add(
      "BOM_LOST",
      "the body with a byte order mark",
      "The byte order mark that was signed is missing: text decoders drop it.",
      "Verify the bytes, not a decoded text: await request.bytes().",
      bytesOf(`\uFEFF${text}`),
    );
    addJson(text);
    add(
      "UNICODE_NFC",
      "the body in Unicode form NFC",
      "The characters of the body were normalised.",
      RAW_BODY,
      bytesOf(text.normalize("NFC")),
    );
    add(
      "UNICODE_NFD",
      "the body in Unicode form NFD",
      "The characters of the body were normalised.",
      RAW_BODY,
      bytesOf(text.normalize("NFD")),
    );
    add(
      "CHARSET_TWICE",
      "the body with Latin-1 decoded once less",
      "The body was read as Latin-1 and written as UTF-8: é became Ã©.",
      "Verify the bytes, not a decoded text: await request.bytes().",
      // deno-lint-ignore no-control-regex
      /^[\x00-\xff]*$/.test(text)
        ? Uint8Array.from(text, (character) => character.charCodeAt(0))
        : undefined,
    );
    add(
      "URL_ENCODED",
      "the body with its URL encoding decoded",
      "The body was URL-encoded on its way.",
      RAW_BODY,
      attempt(() => bytesOf(decodeURIComponent(text.replaceAll("+", " ")))),
    );
    add(
      "BASE64_BODY",
      "the body decoded from base64",
      "The body is base64, as API gateways and Lambda hand over binary bodies.",
      'Decode it before you verify: Buffer.from(event.body, "base64").',
      /^[\w+/=\s-]+$/.test(text)
        ? attempt(() =>
          Uint8Array.fromBase64(
            text.trim().replaceAll("-", "+").replaceAll("_", "/"),
          )
        )
        : undefined,
    );
  } else {
    const decode = (charset: string) =>
      attempt(() => bytesOf(new TextDecoder(charset).decode(body)));
    for (
      const [code, name, charset] of [
        ["CHARSET_LATIN1", "Windows-1252 (Latin-1)", "windows-1252"],
        ["CHARSET_UTF16", "UTF-16", "utf-16le"],
      ] as const
    ) {
      add(
        code,
        `the body converted from ${name} to UTF-8`,
        `The body was converted to ${name}; the API signs UTF-8.`,
        "Verify the bytes, not a decoded text: await request.bytes().",
        decode(charset)?.length === 0 ? undefined : stripped(decode(charset)),
      );
    }
    add(
      "COMPRESSED",
      "the body decompressed",
      "The body is compressed; the API signed it before.",
      "Decompress it before you verify, or turn compression off at the proxy.",
      attempt(() => gunzipSync(body, { maxOutputLength: MAX_BODY })) ??
        attempt(() => inflateSync(body, { maxOutputLength: MAX_BODY })),
    );
  }
  if (contentLength !== undefined && contentLength < body.length) {
    add(
      "LONGER_THAN_SENT",
      `the first ${contentLength} bytes of the body, its Content-Length`,
      `The body has ${body.length} bytes, but ${contentLength} were sent.`,
      "Read no more than Content-Length bytes.",
      body.subarray(0, contentLength),
    );
  }
  return variants;
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length &&
    one.every((byte, at) => byte === other[at]);
}

function stripped(bytes: Uint8Array | undefined): Uint8Array | undefined {
  const text = bytes && utf8(bytes);
  return text === undefined ? undefined : bytesOf(text.replace(/^\uFEFF/, ""));
}

function innerBody(value: unknown): Uint8Array | undefined {
  if (typeof value === "string") return bytesOf(value);
  const { body, isBase64Encoded } = Object(value) as Record<string, unknown>;
  if (typeof body !== "string") return undefined;
  return isBase64Encoded
    ? attempt(() => Uint8Array.fromBase64(body))
    : bytesOf(body);
}

const ascii = (json: string) =>
  json.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
const slashes = (json: string) => json.replaceAll("/", "\\/");
const html = (json: string) =>
  json.replace(
    /[<>&\u2028\u2029]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
const pretty = (indent: string | number) => (value: unknown) =>
  JSON.stringify(value, null, indent);
const compact = (value: unknown) => JSON.stringify(value);

/** `{"a": 1, "b": 2}`, as Python writes it. */
function spaced(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replace(/("(?:[^"\\]|\\.)*")|\n\s*/g, (_, text) => text ?? "\n")
    .replace(
      /("(?:[^"\\]|\\.)*")|,\n|\n/g,
      (found, text) => text ?? (found === ",\n" ? ", " : ""),
    );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (
    typeof value !== "object" || value === null ||
    Object.getPrototypeOf(value) !== Object.prototype
  ) return value;
  return Object.fromEntries(
    Object.entries(value).toSorted(([a], [b]) => a < b ? -1 : 1)
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}

const JSON_FORMS: [code: string, what: string, (value: unknown) => string][] = [
  ["JSON_COMPACT", "compact JSON", compact],
  ["JSON_PRETTY_2", "JSON with 2 spaces of indent", pretty(2)],
  ["JSON_PRETTY_4", "JSON with 4 spaces of indent", pretty(4)],
  ["JSON_PRETTY_TAB", "JSON with tabs of indent", pretty("\t")],
  ["JSON_SPACED", "JSON with a space after , and :", spaced],
  ["JSON_ASCII", "compact JSON with \\u escapes", (v) => ascii(compact(v))],
  [
    "JSON_SPACED_ASCII",
    "JSON as Python's json.dumps writes it",
    (v) => ascii(spaced(v)),
  ],
  ["JSON_SLASHES", "compact JSON with \\/", (v) => slashes(compact(v))],
  [
    "JSON_SLASHES_ASCII",
    "JSON as PHP's json_encode writes it",
    (v) => slashes(ascii(compact(v))),
  ],
  [
    "JSON_HTML",
    "JSON as Go's json.Marshal writes it",
    (v) => html(compact(v)),
  ],
  ["JSON_SORTED", "compact JSON with sorted keys", (v) => compact(sorted(v))],
];

function secretVariants(
  secret: string | Uint8Array,
  others: OtherSecret[],
): Variant[] {
  const variants: Variant[] = others.filter((other) => other.secret !== secret)
    .map(({ secret, of }) => ({
      code: "OTHER_SECRET",
      what: `the secret of ${of}`,
      text:
        `The callback is signed with the secret of ${of}, not with the one given.`,
      fix: `Use the secret of ${of}.`,
      change: { secret },
    }));
  if (typeof secret !== "string") return variants;
  const add = (
    code: string,
    what: string,
    text: string,
    changed: string | Uint8Array | undefined,
  ) => {
    if (changed === undefined || changed === secret || changed.length === 0) {
      return;
    }
    variants.push({
      code,
      what,
      text,
      fix:
        "Use the webhook's secret exactly as it was set: secret = process.env.SINCH_WEBHOOK_SECRET.",
      change: { secret: changed },
    });
  };
  const trimmed = secret.trim();
  add(
    "SECRET_SPACE",
    "the secret without space around it",
    "The secret has space or a line end around it.",
    trimmed,
  );
  add(
    "SECRET_NEWLINE",
    "the secret with a line end",
    "The webhook's secret was set with a line end behind it.",
    `${secret}\n`,
  );
  add(
    "SECRET_QUOTES",
    "the secret without quotes",
    "The secret has quotes around it.",
    trimmed.replace(/^(["'`])(.*)\1$/s, "$2"),
  );
  add(
    "SECRET_PREFIX",
    "the secret without its prefix",
    "The secret has a prefix or the name of its variable in front.",
    trimmed.replace(/^(?:whsec_|[\w.-]+=)/, ""),
  );
  add(
    "SECRET_BASE64",
    "the secret decoded from base64",
    "The key was decoded from base64 when the callback was signed; the API takes the text as it is.",
    attempt(() => Uint8Array.fromBase64(trimmed.replace(/^whsec_/, ""))),
  );
  add(
    "SECRET_HEX",
    "the secret decoded from hex",
    "The key was decoded from hex when the callback was signed; the API takes the text as it is.",
    attempt(() => Uint8Array.fromHex(trimmed)),
  );
  return variants;
}

const ORDER = "Sign `${body}.${nonce}.${timestamp}`, in this order.";

function orderVariants({ nonce, timestamp }: Signed): Variant[] {
  const variant = (
    code: string,
    what: string,
    text: string,
    change: Partial<Parts>,
  ): Variant => ({ code, what, text, fix: ORDER, change });
  const variants = [
    variant(
      "NONCE_TIMESTAMP_SWAPPED",
      "nonce and timestamp swapped",
      "Nonce and timestamp are swapped.",
      { nonce: timestamp, timestamp: nonce },
    ),
    variant(
      "NONCE_UNDEFINED",
      'the word "undefined" as the nonce',
      "The nonce was not found, and the word undefined was signed instead.",
      { nonce: "undefined" },
    ),
  ];
  if (/^\d{13}$/.test(timestamp)) {
    variants.push(variant(
      "TIMESTAMP_MILLISECONDS",
      "the timestamp in seconds",
      "The timestamp is in milliseconds; the API signs seconds.",
      { timestamp: timestamp.slice(0, -3) },
    ));
  }
  return variants;
}
