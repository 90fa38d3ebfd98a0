/**
 * Media by type and size. Without a request, only the extension of an address
 * says what it is; an unknown one is taken for what the channel wants.
 */
export type MediaKind = "image" | "video" | "audio" | "document" | "sticker";

const TYPES: Record<MediaKind, Record<string, string>> = {
  image: {
    jpg: "image/jpeg",
    jpeg: "image/jpeg",
    png: "image/png",
    gif: "image/gif",
    bmp: "image/bmp",
    svg: "image/svg+xml",
    tif: "image/tiff",
    tiff: "image/tiff",
    heic: "image/heic",
    avif: "image/avif",
  },
  sticker: { webp: "image/webp" },
  video: {
    mp4: "video/mp4",
    "3gp": "video/3gpp",
    "3gpp": "video/3gpp",
    mov: "video/quicktime",
    webm: "video/webm",
    avi: "video/x-msvideo",
    mpg: "video/mpeg",
    mkv: "video/x-matroska",
  },
  audio: {
    aac: "audio/aac",
    m4a: "audio/mp4",
    amr: "audio/amr",
    mp3: "audio/mpeg",
    ogg: "audio/ogg",
    opus: "audio/ogg",
    wav: "audio/wav",
    flac: "audio/flac",
  },
  document: {
    pdf: "application/pdf",
    doc: "application/msword",
    docx:
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    xls: "application/vnd.ms-excel",
    xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ppt: "application/vnd.ms-powerpoint",
    pptx:
      "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    odt: "application/vnd.oasis.opendocument.text",
    ods: "application/vnd.oasis.opendocument.spreadsheet",
    rtf: "application/rtf",
    txt: "text/plain",
    csv: "text/csv",
    vcf: "text/vcard",
    zip: "application/zip",
  },
};

/** What is known of a file: from its address, or from a server's answer. */
export interface MediaFacts {
  /** MIME type, without parameters. */
  type?: string;
  bytes?: number;
}

/**
 * What an address says of its file, for a test of what no server has to hold:
 * `https://example.com/a.jpg?sandbox-bytes=6000000`, and `sandbox-type`.
 */
export function factsInUrl(url: string): MediaFacts {
  const given = URL.canParse(url) ? new URL(url).searchParams : undefined;
  const bytes = given?.get("sandbox-bytes") ?? "";
  return {
    type: given?.get("sandbox-type") || undefined,
    bytes: /^\d{1,15}$/.test(bytes) ? Number(bytes) : undefined,
  };
}

/** The extension of an address, in lower case and without its dot. */
export function extensionOf(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  const [, extension = ""] = /\.([a-z\d]+)$/i.exec(path) ?? [];
  return extension.toLowerCase();
}

/** The MIME type by extension. */
export function typeOfUrl(url: string): string | undefined {
  const extension = extensionOf(url);
  for (const types of Object.values(TYPES)) {
    if (Object.hasOwn(types, extension)) return types[extension];
  }
  return undefined;
}

export function kindOfType(type: string | undefined): MediaKind | undefined {
  if (!type) return undefined;
  for (const [kind, types] of Object.entries(TYPES)) {
    if (Object.values(types).includes(type)) return kind as MediaKind;
  }
  const [family] = type.split("/");
  return family === "image" || family === "video" || family === "audio"
    ? family
    : "document";
}

export const KB = 1000;
export const MB = 1_000_000;
export const MIB = 1024 * 1024;

/** What a channel takes of one kind. */
export interface MediaLimit {
  /** MIME types; absent: all of the kind. */
  types?: readonly string[];
  maxBytes?: number;
}
