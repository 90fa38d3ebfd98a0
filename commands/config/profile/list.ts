/** `sinch config profile list` */
import {
  DEFAULT_PROFILE,
  findProfile,
  readProfiles,
} from "../../../config/profiles.ts";
import type { Column } from "../../../output/columns.ts";
import { rowsText } from "../../../output/table.ts";
import type { View } from "../../../output/view.ts";
import type { Cli } from "../../cli.ts";
import { command } from "../../command.ts";
import type { Context } from "../../context.ts";
import { profileAction } from "./profile_action.ts";

export const create = (cli: Cli) =>
  command("List the profiles; * marks the active one")
    .example("List all profiles", "sinch config profile list")
    .example(
      "List only the names",
      "sinch config profile list --query '[].name'",
    )
    .action(profileAction(cli, list));

interface ProfileRow {
  name: string;
  active: boolean;
  signedIn: boolean;
  projectId: string | null;
  region: string | null;
}

const COLUMNS: Column<ProfileRow>[] = [
  { name: "active", value: ({ active }) => active ? "*" : "" },
  { name: "name", value: ({ name }) => name },
  { name: "project", value: ({ projectId }) => projectId ?? "", kind: "id" },
  { name: "region", value: ({ region }) => region ?? "" },
  {
    name: "credentials",
    value: ({ signedIn }) => signedIn ? "signed in" : "signed out",
  },
];

async function list({ runtime }: Context): Promise<View> {
  const file = await readProfiles(runtime);
  const active = file.activeProfile ?? DEFAULT_PROFILE;
  const names = new Set([DEFAULT_PROFILE, ...Object.keys(file.profiles)]);
  const rows = [...names].map((name): ProfileRow => {
    const { projectId = null, region = null, secretStore } = findProfile(
      file,
      name,
    )!;
    const signedIn = secretStore !== undefined;
    return { name, active: name === active, signedIn, projectId, region };
  });
  return {
    json: rows,
    text: (style) => rowsText(COLUMNS, rows, style),
  };
}
