/**
 * Makes the key pair of the releases, once in the life of the repository: the
 * private half becomes the secret SINCH_RELEASE_PRIVATE_KEY of the environment
 * `release`, the public one its variable SINCH_RELEASE_PUBLIC_KEY. Who has
 * installed a build with one key cannot upgrade to a release signed by another.
 */
const { privateKey, publicKey } = await crypto.subtle.generateKey(
  "Ed25519",
  true,
  ["sign", "verify"],
) as CryptoKeyPair;
const text = async (format: "pkcs8" | "raw", key: CryptoKey) =>
  new Uint8Array(await crypto.subtle.exportKey(format, key)).toBase64();

console.log(`SINCH_RELEASE_PRIVATE_KEY=${await text("pkcs8", privateKey)}`);
console.log(`SINCH_RELEASE_PUBLIC_KEY=${await text("raw", publicKey)}`);
