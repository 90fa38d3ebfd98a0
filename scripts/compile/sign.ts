/**
 * The signature of a release. The private key is a secret of the release
 * workflow, the public one is stamped into every build, which accepts nothing
 * else in `sinch upgrade`. `scripts/release_key.ts` makes the pair.
 */
import { SIGNATURE_FILE, SUMS_FILE } from "./release.ts";

/** Signs the checksums in `folder` with a PKCS #8 key, base64. */
export async function writeSignature(
  folder: string,
  privateKey: string,
): Promise<void> {
  const sums = await Deno.readFile(`${folder}/${SUMS_FILE}`);
  const text = new Uint8Array(await sign(privateKey, sums)).toBase64();
  await Deno.writeTextFile(`${folder}/${SIGNATURE_FILE}`, `${text}\n`);
}

/** Whether builds that trust the public key (raw, base64) would trust the private one. */
export async function isPair(
  privateKey: string,
  publicKey: string,
): Promise<boolean> {
  const text = new TextEncoder().encode("signed");
  const key = await crypto.subtle.importKey(
    "raw",
    Uint8Array.fromBase64(publicKey),
    "Ed25519",
    false,
    ["verify"],
  );
  const signature = await sign(privateKey, text);
  return await crypto.subtle.verify("Ed25519", key, signature, text);
}

async function sign(
  privateKey: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey(
    "pkcs8",
    Uint8Array.fromBase64(privateKey),
    "Ed25519",
    false,
    ["sign"],
  );
  return await crypto.subtle.sign("Ed25519", key, bytes);
}
