/**
 * The latest release, as its signed list of checksums describes it. Whoever can
 * change what is served cannot change what is accepted: the list is signed with
 * the project's key, and everything else is in the list.
 */
import { Failure } from "../../errors.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { Build } from "../version.ts";
import { isVersion } from "./version_order.ts";

export interface Release {
  version: string;
  /** Name and SHA-256, in hex, of each file. */
  sums: Map<string, string>;
  /** Where the files are, without a slash at the end. */
  url: string;
}

export interface Network extends Pick<Runtime, "fetch"> {
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** For one small answer. */
  timeoutMs: number;
}

interface Limit {
  bytes: number;
  /** How many times as long as a small answer it may take. */
  timeouts: number;
}

const TEXT: Limit = { bytes: 64 * 1024, timeouts: 1 };
/** Today 90 MB, in 10 minutes by default. */
const PROGRAM: Limit = { bytes: 512 * 1024 * 1024, timeouts: 20 };

/** @throws {Failure} network, api: not there, or not signed by the project */
export async function latestRelease(
  network: Network,
  build: Build,
): Promise<Release> {
  const latest = `${build.releasesUrl}/latest/download`;
  const [list, signature] = await Promise.all([
    download(network, `${latest}/SHA256SUMS`, TEXT),
    download(network, `${latest}/SHA256SUMS.sig`, TEXT),
  ]);
  if (!build.releaseKey || !await isSigned(list, signature, build.releaseKey)) {
    throw new Failure(
      "api",
      "The latest release is not signed by the project",
      {
        code: "BAD_SIGNATURE",
        hint: "Nothing was changed. Report this to the project.",
      },
    );
  }
  const release = { version: "", sums: parseSums(textOf(list)), url: latest };
  const file = await downloadChecked(network, release, "VERSION", TEXT);
  const version = textOf(file).trim();
  if (!isVersion(version)) {
    throw new Failure("api", `The latest release has no valid version`, {
      hint: "Nothing was changed. Report this to the project.",
    });
  }
  // From here on this very version, even if a newer one is published meanwhile.
  return {
    ...release,
    version,
    url: `${build.releasesUrl}/download/v${version}`,
  };
}

/**
 * The program of the release for one system.
 * @throws {Failure} network, api
 */
export function downloadProgram(
  network: Network,
  release: Release,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  return downloadChecked(network, release, name, PROGRAM);
}

/** A file of the release, with the checksum that the release lists for it. */
async function downloadChecked(
  network: Network,
  { sums, url }: Release,
  name: string,
  limit: Limit,
): Promise<Uint8Array<ArrayBuffer>> {
  const wanted = sums.get(name);
  if (!wanted) throw new Failure("api", `The latest release has no ${name}`);
  const content = await download(network, `${url}/${name}`, limit);
  const found = await crypto.subtle.digest("SHA-256", content);
  if (new Uint8Array(found).toHex() !== wanted) {
    throw new Failure("api", `${name} does not match its checksum`, {
      code: "BAD_CHECKSUM",
      hint: "Nothing was changed. Try again: the download may be damaged.",
    });
  }
  return content;
}

async function download(
  { fetch, signal, timeoutMs }: Network,
  url: string,
  { bytes, timeouts }: Limit,
): Promise<Uint8Array<ArrayBuffer>> {
  const timeout = AbortSignal.timeout(timeouts * timeoutMs);
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, timeout]),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Failure("api", `Cannot download ${url}: ${response.status}`, {
        status: response.status,
      });
    }
    return await readAtMost(bytes, url, response);
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof Failure) throw cause;
    const seconds = timeouts * timeoutMs / 1000;
    throw new Failure(
      "network",
      `Cannot download ${url}` +
        (timeout.aborted ? `: not finished within ${seconds} s` : ""),
      { hint: "Nothing was changed.", cause },
    );
  }
}

/** Ends the download as soon as it is larger than `limit` bytes. */
async function readAtMost(
  limit: number,
  url: string,
  { body }: Response,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > limit) {
      throw new Failure("api", `${url} is larger than ${limit} bytes`, {
        hint: "Nothing was changed. Report this to the project.",
      });
    }
    chunks.push(chunk);
  }
  return await new Blob(chunks).bytes();
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
