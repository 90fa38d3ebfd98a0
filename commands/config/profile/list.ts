/** `sinch config profile list`: the profiles, and which one is active. */
import { Command } from "@cliffy/command";
import {
  DEFAULT_PROFILE,
  findProfile,
  readProfiles,
} from "../../../config/profiles.ts";
import type { Column } from "../../../output/columns.ts";
import { rowsText } from "../../../output/table.ts";
import type { View } from "../../../output/view.ts";
import { action } from "../../action.ts";
import type { AnyCommand, Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";

export function create(cli: Cli): AnyCommand {
  return new Command()
    .description("List the profiles; the active one is marked with *.")
    .example("All profiles", "sinch config profile list")
    .example("Names only", "sinch config profile list --query '[].name'")
    .action(action(cli, list)) as AnyCommand;
}

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
