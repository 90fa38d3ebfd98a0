/** What Windows shows of an executable: who made what, in which version. */
import { NtExecutable, NtExecutableResource, Resource } from "resedit";
import { REPOSITORY, VERSION } from "./release.ts";

export const ICON = new URL("../../packaging/sinch.ico", import.meta.url);

/** American English, and UTF-16 as the code page of its texts. */
const LANGUAGE = { lang: 1033, codepage: 1200 };

/** Adds the version resource that `deno compile` has no flag for. */
export async function addVersionInfo(file: string): Promise<void> {
  const executable = NtExecutable.from(await Deno.readFile(file));
  const resources = NtExecutableResource.from(executable);
  const [major = 0, minor = 0, patch = 0] = VERSION.split(/[.+-]/).map(Number);
  const info = Resource.VersionInfo.createEmpty();
  info.setFileVersion(major, minor, patch, 0, LANGUAGE.lang);
  info.setProductVersion(major, minor, patch, 0, LANGUAGE.lang);
  info.setStringValues(LANGUAGE, {
    ProductName: "sinch",
    FileDescription: "The Sinch Conversation API on the command line",
    ProductVersion: VERSION,
    FileVersion: VERSION,
    OriginalFilename: "sinch.exe",
    InternalName: "sinch",
    LegalCopyright: "MIT license",
    Comments: REPOSITORY,
  });
  info.outputToResourceEntries(resources.entries);
  resources.outputResource(executable);
  await Deno.writeFile(file, new Uint8Array(executable.generate()));
}
