/** The version, from the one place that states it, and what the build stamps. */
import manifest from "../deno.json" with { type: "json" };

/** What `scripts/compile/bundle.ts` knows and the sources do not. */
export interface Build {
  /** Abbreviated commit, `-dirty` where the tree had changes. */
  commit: string;
  /** Where releases are published, without a slash at the end. */
  releasesUrl: string;
  /** Ed25519 public key of the releases, base64; absent in unsigned builds. */
  releaseKey?: string;
}

declare const SINCH_BUILD: Build | undefined;

export const VERSION: string = manifest.version;

/** `undefined` when run from source. */
export const BUILD: Build | undefined = typeof SINCH_BUILD === "undefined"
  ? undefined
  : SINCH_BUILD;

/** What `--version` prints: the version is the first word. */
export const VERSION_LINE: string = BUILD
  ? `${VERSION} (${BUILD.commit})`
  : VERSION;
