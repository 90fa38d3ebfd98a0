/** `sinch conversation webhooks verify` */
import {
  ALGORITHM,
  sameDigest,
  signatureOf,
  signedBytes,
} from "../../../api/callback_signature.ts";
import {
  capturedRequest,
  type Header,
  headerIn,
} from "../../../api/captured_request.ts";
import {
  type HeadersRead,
  partsOf,
  readHeaders,
} from "../../../api/signature_headers.ts";
import {
  type Cause,
  explainMismatch,
  type OtherSecret,
  type Parts,
  type Trial,
} from "../../../api/signature_mismatch.ts";
import { listWebhooks } from "../../../api/webhooks.ts";
import { environmentWithFile } from "../../../config/environment.ts";
import { usageError } from "../../../errors.ts";
import { refusal } from "../../../options/checks.ts";
import { ValueType } from "../../../options/value_type.ts";
import { SECRET } from "../../../options/webhook.ts";
import { details } from "../../../output/details.ts";
import { safeLine } from "../../../output/safe_text.ts";
import type { Style } from "../../../output/style.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { Cli } from "../../cli.ts";
import { command, type OptionsOf } from "../../command.ts";
import type { Context } from "../../context.ts";

const MAX_AGE_S = 300;

const HEADER = new ValueType((text, at) => {
  const header = headerIn(text);
  if (!header) throw refusal(at, 'must be "name: value"', text);
  return header;
});

const CAPTURE = new ValueType((text, at) => {
  if (text === "-" || /^@[^@]/.test(text)) return text;
  throw refusal(at, "must be @file or -", text);
}, "files");

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };
const AGE = new ValueType((text, at) => {
  const [, count, unit = "s"] = /^(\d{1,9})([smhd])?$/.exec(text) ?? [];
  if (count) return Number(count) * SECONDS[unit]!;
  throw refusal(at, "must be a duration such as 30s, 5m or 1h", text);
});

const declare = () =>
  command(
    "Check the signature of a callback, and find out why it does not match. Needs no account.\n" +
      "Exit code 0: the callback is authentic. 1: it is not, is not signed, or is older than --max-age.\n" +
      "The secret can also be set as SINCH_WEBHOOK_SECRET.",
  )
    .type("secret", SECRET)
    .type("header", HEADER)
    .type("capture", CAPTURE)
    .type("age", AGE)
    .type("body", new ValueType((text) => text, "files"))
    .arguments("[body:body]")
    .option(
      "-s, --secret <secret:secret>",
      "Secret of the webhook; use @file or - to keep it out of the shell history",
    )
    .option(
      "--header <header:header>",
      "Header of the callback, such as 'x-sinch-webhook-signature-nonce: …'. Repeatable",
      { collect: true },
    )
    .option(
      "--request <capture:capture>",
      "Whole request, headers and body, as @file or -",
    )
    .option(
      "-a, --app <app-id:app>",
      "Also try the secrets of this app's webhooks (requires sign-in)",
    )
    .option(
      "--max-age <duration:age>",
      "Maximum age of the signature, such as 30s, 5m or 1h (default: 5m)",
    )
    .option("--at <time:time>", "Time the callback arrived (default: now)")
    .example(
      "Verify a captured request",
      "sinch conversation webhooks verify --secret @secret.txt --request @captured.http",
    )
    .example(
      "Verify a callback that was captured yesterday",
      "sinch conversation webhooks verify --secret @secret.txt --request @captured.http --max-age 2d",
    )
    .example(
      "Verify a body and its headers",
      `sinch conversation webhooks verify '{"app_id":"01W4FFL35P4NC4K35CONVAPP01","project_id":"p1","message":{"id":"01W4FFL35P4NC4K35MESSAGE01"}}' --secret foo_secret1234 --at 2021-10-18T17:50:00Z --header 'x-sinch-webhook-signature: 0D1+MPqX1DtF7XH50EptRm7CcZMLoFhGUu6eXMxj67Y=' --header 'x-sinch-webhook-signature-nonce: 01FJA8B4A7BM43YGWSG9GBV067' --header 'x-sinch-webhook-signature-timestamp: 1634579353'`,
    );

type Options = OptionsOf<typeof declare>;

export const create = (cli: Cli) => declare().action(action(cli, verify));

async function verify(
  context: Context,
  options: Options,
  body?: string,
): Promise<View> {
  const given = options.secret ??
    (await environmentWithFile(context.runtime, context.flags.envFile))(
      "SINCH_WEBHOOK_SECRET",
    )?.value;
  if (given === undefined && options.app === undefined) {
    throw usageError(
      "Missing --secret",
      "Use --secret @file, SINCH_WEBHOOK_SECRET, or --app <id> to try the secrets of its webhooks.",
    );
  }
  const callback = await readCallback(context, options, body);
  const others = options.app === undefined
    ? []
    : await secretsOfApp(context, options.app);
  const secret = given ?? others[0]?.secret;
  if (secret === undefined) {
    throw usageError(`No webhook of app ${options.app} has a secret`);
  }
  // However it is written, it is in none of what is shown.
  for (
    const one of [secret, secret.trim(), ...others.map(({ secret }) => secret)]
  ) {
    context.runtime.secrets.remember(one);
  }
  const { clock } = context.runtime;
  const now = options.at
    ? Date.parse(options.at(clock.now(), context.flags.utc))
    : clock.now();
  const result = judge(callback, {
    secret,
    others,
    now,
    maxAge: options.maxAge ?? MAX_AGE_S,
    isChosen: given !== undefined,
  });
  return {
    json: result,
    text: (style) => resultText(result, style),
    exitCode: result.authentic ? 0 : 1,
  };
}

interface Callback {
  headers: Header[];
  body: Uint8Array;
}

/** @throws {Failure} "usage": the body is missing, or given twice */
async function readCallback(
  context: Context,
  { request, header = [] }: Options,
  body: string | undefined,
): Promise<Callback> {
  if (request === undefined) {
    if (body === undefined) {
      throw usageError("Missing body or --request", "Use @file or - for it.");
    }
    return { headers: header, body: await context.readBytes(body, "body") };
  }
  if (body !== undefined) {
    throw usageError("--request and body cannot be used together");
  }
  const bytes = await context.readBytes(request, "--request");
  const captured = capturedRequest(bytes);
  if (!captured) {
    throw usageError(
      "--request must have headers, an empty line and the body",
      "Give a body alone as the argument, and each header with --header.",
    );
  }
  return { ...captured, headers: [...captured.headers, ...header] };
}

async function secretsOfApp(
  context: Context,
  app: string,
): Promise<OtherSecret[]> {
  const { webhooks = [] } = await context.read(listWebhooks(app));
  return webhooks.flatMap(({ id, target, secret }) =>
    secret ? [{ secret, of: `webhook ${id} (${safeLine(target ?? "")})` }] : []
  );
}

const VERDICTS = {
  AUTHENTIC: "Authentic: the signature matches",
  OLD: "Genuine, but old",
  FUTURE: "Genuine, but signed in the future",
  NOT_SIGNED: "Not signed",
  NOT_AUTHENTIC: "Not authentic: the signature does not match",
} as const;

interface Result {
  verdict: keyof typeof VERDICTS;
  authentic: boolean;
  /** The likeliest first. */
  causes: Cause[];
  trials: Trial[];
  /** Of the signature, at its arrival. */
  age_seconds: number | null;
  headers: Partial<Record<string, string>>;
  /** `<body>.<nonce>.<timestamp>`: its length in bytes, and its ends. */
  signed: { bytes: number; text: string } | null;
  digests: { received: string | null; expected: string } | null;
  notes: string[];
}

interface Judged {
  secret: string;
  others: OtherSecret[];
  /** Milliseconds since 1970. */
  now: number;
  /** Seconds. */
  maxAge: number;
  /** Whether the secret was given, rather than one of `others`. */
  isChosen: boolean;
}

function judge(
  { headers, body }: Callback,
  { secret, others, now, maxAge, isChosen }: Judged,
): Result {
  const read = readHeaders(headers);
  const notes = notesOn(read, headers, body);
  const none = { causes: [], trials: [], age_seconds: null, notes };
  if (!read.isSigned) {
    return {
      ...none,
      verdict: "NOT_SIGNED",
      authentic: false,
      causes: [{
        code: "NOT_SIGNED",
        text: "The callback has none of the headers of a signature.",
        fix:
          "Set a secret on the webhook: sinch conversation webhooks update <id> --secret @secret.txt. If it has one, a proxy drops the headers.",
      }],
      headers: read.values,
      signed: null,
      digests: null,
    };
  }
  const matching = [...isChosen ? [{ secret, of: "" }] : others].find((one) =>
    isGenuine(partsOf(read, one.secret, body))
  );
  const parts = partsOf(read, matching?.secret ?? secret, body);
  const expected = signatureOf(parts.secret, parts).toBase64();
  const shown = {
    headers: read.values,
    signed: signedText(parts),
    digests: {
      received: read.values.signature ?? null,
      // The whole of one that is right for other bytes would forge a callback.
      expected: matching ? expected : `${expected.slice(0, 8)}…`,
    },
  };
  if (matching && read.causes.length === 0) {
    if (!isChosen) notes.push(`Signed with the secret of ${matching.of}.`);
    return { ...none, ...shown, ...ageOf(parts.timestamp, now, maxAge) };
  }
  const length = headers.find(([name]) => name === "content-length")?.[1];
  const { causes, trials } = explainMismatch(parts, {
    headers: read.variants,
    otherSecrets: others,
    contentLength: length === undefined ? undefined : Number(length),
  });
  return {
    ...none,
    ...shown,
    verdict: "NOT_AUTHENTIC",
    authentic: false,
    causes: causes.length > 0 || read.causes.length > 0
      ? [...read.causes, ...causes]
      : [UNEXPLAINED],
    trials,
  };
}

const UNEXPLAINED: Cause = {
  code: "UNEXPLAINED",
  text:
    "Nothing that was tried matches: the secret is another one, or the body was changed so that its bytes are lost (order of keys, numbers).",
  fix:
    "Check the secret (sinch conversation webhooks get <id> --show-secrets --query secret, or --app to try those of all webhooks), and capture the raw bytes before any parser.",
};

function isGenuine({ secret, digests, ...signed }: Parts): boolean {
  const digest = signatureOf(secret, signed);
  return digests.some((one) => sameDigest(one, digest));
}

/** The verdict on a signature that matches. */
function ageOf(
  timestamp: string,
  now: number,
  maxAge: number,
): Pick<Result, "verdict" | "authentic" | "age_seconds" | "causes"> {
  const age = Math.floor(now / 1000) - Number(timestamp);
  const verdict = age > maxAge ? "OLD" : age < -maxAge ? "FUTURE" : "AUTHENTIC";
  const causes: Cause[] = verdict === "AUTHENTIC" ? [] : [{
    code: verdict,
    text: verdict === "OLD"
      ? `The callback is genuine, but was signed ${
        spanText(age)
      } ago: it was captured or queued that long, or is replayed.`
      : `The callback is genuine, but was signed ${
        spanText(-age)
      } in the future: a clock is wrong.`,
    fix: verdict === "OLD"
      ? "For a captured callback, use --at <time it arrived> or a longer --max-age."
      : "Set the clock of the receiver, or use --at <time it arrived>.",
  }];
  return {
    verdict,
    authentic: verdict === "AUTHENTIC",
    age_seconds: age,
    causes,
  };
}

/** `40 minutes` */
function spanText(seconds: number): string {
  for (
    const [unit, length] of [["day", 86_400], ["hour", 3600], [
      "minute",
      60,
    ]] as const
  ) {
    const count = Math.floor(seconds / length);
    if (count > 0) return `${count} ${unit}${count === 1 ? "" : "s"}`;
  }
  return `${seconds} second${seconds === 1 ? "" : "s"}`;
}

function notesOn(
  { values: { algorithm } }: HeadersRead,
  headers: Header[],
  body: Uint8Array,
): string[] {
  const length = headers.find(([name]) => name === "content-length")?.[1];
  return [
    ...algorithm !== undefined && algorithm !== ALGORITHM
      ? [`The algorithm is ${algorithm}; the API uses ${ALGORITHM}.`]
      : [],
    ...length !== undefined && Number(length) !== body.length
      ? [
        `Content-Length is ${length}, but the body has ${body.length} bytes: ${
          Number(length) > body.length
            ? "it is cut off"
            : "bytes were added after it was sent"
        }.`,
      ]
      : [],
  ];
}

const END = 200;

function signedText(parts: Parts): Result["signed"] {
  const bytes = signedBytes(parts);
  const decode = (some: Uint8Array) =>
    // Escaped: what looks alike differs.
    JSON.stringify(
      new TextDecoder("utf-8", { ignoreBOM: true }).decode(some),
    ).slice(1, -1).replaceAll('\\"', '"').replaceAll("\ufeff", "\\ufeff");
  const text = bytes.length <= 2 * END
    ? decode(bytes)
    : `${decode(bytes.subarray(0, END))} … ${decode(bytes.subarray(-END))}`;
  return { bytes: bytes.length, text };
}

function resultText(result: Result, style: Style): string {
  const { verdict, authentic, causes, trials, signed, digests } = result;
  const [likeliest, ...others] = causes;
  const title = `${authentic ? "✔" : "✘"} ${VERDICTS[verdict]}`;
  const lines = [authentic ? style.green(title) : style.red(title), "\n"];
  lines.push(details([
    ["Cause", likeliest?.text],
    ["Change", likeliest?.fix],
    ...others.flatMap(({ text, fix }): [string, string][] => [
      ["Also", text],
      ["Change", fix],
    ]),
    ["Signed string", signed && `${signed.text} (${signed.bytes} bytes)` || ""],
    ["Received", digests?.received ?? ""],
    ["Expected", digests?.expected],
    ["Notes", result.notes.join("\n")],
    [
      "Tried",
      trials.map(({ what, matches }) => `${matches ? "yes" : "no "}  ${what}`)
        .join("\n"),
    ],
  ], style));
  return lines.join("");
}
