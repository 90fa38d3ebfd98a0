/** The four headers of a signature as they came, and what may be wrong with them. */
import type { Header } from "./captured_request.ts";
import { digestIn, SIGNATURE_HEADERS } from "./callback_signature.ts";
import type { Cause, Parts, Variant } from "./signature_mismatch.ts";

type Name = keyof typeof SIGNATURE_HEADERS;
const NEEDED = ["signature", "nonce", "timestamp"] as const;

export interface HeadersRead {
  /** Each as a server hands it over: of several, all with commas between them. */
  values: Partial<Record<Name, string>>;
  isSigned: boolean;
  /** What is missing, doubled or wrong by itself. */
  causes: Cause[];
  /** Other readings of the headers. */
  variants: Variant[];
}

export function readHeaders(headers: Header[]): HeadersRead {
  const of = (name: Name) =>
    headers.filter(([one]) => one === SIGNATURE_HEADERS[name])
      .map(([, value]) => value);
  const values = Object.fromEntries(
    (Object.keys(SIGNATURE_HEADERS) as Name[])
      .map((name) => [name, of(name)] as const)
      .filter(([, all]) => all.length > 0)
      .map(([name, all]) => [name, all.join(", ")]),
  );
  const causes: Cause[] = [];
  const variants: Variant[] = [];
  for (const name of NEEDED) {
    const header = SIGNATURE_HEADERS[name];
    const value = values[name];
    if (value === undefined) {
      causes.push({
        code: "HEADER_MISSING",
        text: `The header ${header} is missing.`,
        fix:
          "Hand over all four x-sinch-webhook-signature headers: a proxy may drop them, or the code read them under another name.",
      });
      if (name !== "signature") {
        variants.push(...["", "undefined", "null"].map((text) => ({
          code: "HEADER_MISSING",
          what: `"${text}" for the missing ${name}`,
          text:
            `The header ${header} is missing; "${text}" was signed instead.`,
          fix: `Read the header ${header}.`,
          change: { [name]: text },
        })));
      }
      continue;
    }
    const several = value.split(/\s*,\s*/);
    if (several.length > 1) {
      for (const [at, one] of several.entries()) {
        variants.push({
          code: "HEADER_DOUBLED",
          what: `value ${at + 1} of ${several.length} of ${header}`,
          text: `The header ${header} has ${several.length} values; value ${
            at + 1
          } is the one that was signed.`,
          fix: `Find the proxy or the code that adds ${header} again.`,
          change: name === "signature"
            ? { digests: digests(digestIn(one)) }
            : { [name]: one },
        });
      }
    }
    const bare = value.replace(/^"(.*)"$/, "$1").trim();
    if (name !== "signature" && bare !== value) {
      variants.push({
        code: "HEADER_QUOTED",
        what: `${header} without quotes`,
        text: `The header ${header} has quotes around its value.`,
        fix: `Remove the quotes from ${header}.`,
        change: { [name]: bare },
      });
    }
  }
  variants.push(...encodings(values.signature));
  return {
    values,
    isSigned: NEEDED.some((name) => values[name] !== undefined),
    causes,
    variants,
  };
}

function digests(digest: Uint8Array | undefined): Uint8Array[] {
  return digest ? [digest] : [];
}

function encodings(signature: string | undefined): Variant[] {
  if (signature === undefined || digestIn(signature)) return [];
  const bare = signature.replace(/^"(.*)"$/, "$1")
    .replace(/^(?:sha256|v1)[=,]/i, "").trim();
  const variant = (
    code: string,
    what: string,
    fix: string,
    digest: Uint8Array | undefined,
  ): Variant[] =>
    digest?.length === 32
      ? [{
        code,
        what: `the signature read as ${what}`,
        text: `The signature is ${what}; the API writes base64 with padding.`,
        fix,
        change: { digests: [digest] },
      }]
      : [];
  return [
    ...variant(
      "SIGNATURE_HEX",
      "hex",
      'Use base64: createHmac("sha256", secret).update(signed).digest("base64").',
      /^[\da-f]{64}$/i.test(bare) ? Uint8Array.fromHex(bare) : undefined,
    ),
    ...variant(
      "SIGNATURE_BASE64URL",
      "base64url or base64 without padding",
      'Use base64 with padding: .digest("base64").',
      /^[\w+/-]{43}=?$/.test(bare)
        ? Uint8Array.fromBase64(
          bare.replaceAll("-", "+").replaceAll("_", "/").replace(/=$/, ""),
        )
        : undefined,
    ),
  ];
}

/** What the trials start from: the headers as they are. */
export function partsOf(
  { values }: HeadersRead,
  secret: string,
  body: Uint8Array,
): Parts {
  return {
    secret,
    body,
    nonce: values.nonce ?? "",
    timestamp: values.timestamp ?? "",
    digests: digests(digestIn(values.signature ?? "")),
  };
}
