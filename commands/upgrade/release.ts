/**
 * The newest release, as its signed list of checksums tells it. Whoever can
 * change what is served cannot change what is accepted: the list is signed with
 * the project's key, everything else is in the list.
 */
import { Failure } from "../../errors.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { Build } from "../version.ts";

export interface Release {
  version: string;
  /** Name and SHA-256, in hex, of each file. */
  sums: Map<string, string>;
  /** Where the files are, without a slash at the end. */
  url: string;
}

type Network = Pick<Runtime, "fetch"> & { signal: AbortSignal };

/** @throws {Failure} network, api: not there, or not signed by the project */
export async function newestRelease(
  network: Network,
  build: Build,
): Promise<Release> {
  const latest = `${build.releasesUrl}/latest/download`;
  const [list, signature] = await Promise.all([
    download(network, `${latest}/SHA256SUMS`),
    download(network, `${latest}/SHA256SUMS.sig`),
  ]);
  if (!build.releaseKey || !await isSigned(list, signature, build.releaseKey)) {
    throw new Failure(
      "api",
      "The newest release is not signed by the project",
      {
        code: "BAD_SIGNATURE",
        hint: "Nothing was changed. Tell the project: this should not happen.",
      },
    );
  }
  const release = { version: "", sums: parseSums(textOf(list)), url: latest };
  const version = textOf(await fetchChecked(network, release, "VERSION"));
  return {
    ...release,
    version: version.trim(),
    // From here on of this very version, whatever becomes the newest meanwhile.
    url: `${build.releasesUrl}/download/v${version.trim()}`,
  };
}

/**
 * A file of the release, with the checksum it has there.
 * @throws {Failure} network, api
 */
export async function fetchChecked(
  network: Network,
  { sums, url }: Release,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const wanted = sums.get(name);
  if (!wanted) throw new Failure("api", `The newest release has no ${name}`);
  const content = await download(network, `${url}/${name}`);
  const found = await crypto.subtle.digest("SHA-256", content);
  if (new Uint8Array(found).toHex() !== wanted) {
    throw new Failure("api", `${name} does not have its checksum`, {
      code: "BAD_CHECKSUM",
      hint: "Nothing was changed. Try again: the download may be damaged.",
    });
  }
  return content;
}

/** Whether `a` is an older version than `b`; a pre-release is older than its release. */
export function isOlder(a: string, b: string): boolean {
  const [left, right] = [a, b].map((version) => {
    const [numbers = "", pre] = version.split("-");
    return [...numbers.split(".").map(Number), pre === undefined ? 1 : 0];
  });
  const at = left!.findIndex((part, place) => part !== right![place]);
  return at !== -1 && left![at]! < (right![at] ?? 0);
}

async function download(
  { fetch, signal }: Network,
  url: string,
): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  let content: Uint8Array<ArrayBuffer>;
  try {
    response = await fetch(url, { signal });
    content = await response.bytes();
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    throw new Failure("network", `Cannot download ${url}`, { cause });
  }
  if (response.ok) return content;
  throw new Failure("api", `Cannot download ${url}: ${response.status}`, {
    status: response.status,
  });
}

async function isSigned(
  content: BufferSource,
  signature: Uint8Array,
  releaseKey: string,
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey(
      "raw",
      Uint8Array.fromBase64(releaseKey),
      "Ed25519",
      false,
      ["verify"],
    );
    const bytes = Uint8Array.fromBase64(textOf(signature).trim());
    return await crypto.subtle.verify("Ed25519", key, bytes, content);
  } catch {
    // What is no signature, or no key, signs nothing.
    return false;
  }
}

/** In the format of `sha256sum`: checksum, two spaces, name. */
function parseSums(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/^([0-9a-f]{64}) {2}(\S+)$/gm)]
      .map(([, sum, name]) => [name!, sum!]),
  );
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
