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
  const key = await crypto.subtle.importKey(
    "pkcs8",
    Uint8Array.fromBase64(privateKey),
    "Ed25519",
    false,
    ["sign"],
  );
  const sums = await Deno.readFile(`${folder}/${SUMS_FILE}`);
  const signature = await crypto.subtle.sign("Ed25519", key, sums);
  const text = new Uint8Array(signature).toBase64();
  await Deno.writeTextFile(`${folder}/${SIGNATURE_FILE}`, `${text}\n`);
}
