/** `sinch auth`: lists its commands, each loaded when it is called. */
import { type AnyCommand, type Cli, createGroup, type Entry } from "../cli.ts";

const ENTRIES: readonly Entry[] = [
  {
    name: "login",
    summary: "Check credentials and keep them",
    load: () => import("./login.ts"),
  },
  {
    name: "status",
    summary: "Show who is signed in, and where each value comes from",
    load: () => import("./status.ts"),
  },
  {
    name: "logout",
    summary: "Remove the credentials",
    load: () => import("./logout.ts"),
  },
  {
    name: "token",
    summary: "Print an access token, which is a secret",
    load: () => import("./token.ts"),
  },
];

export function create(cli: Cli, words: string[]): Promise<AnyCommand> {
  return createGroup(cli, {
    summary: "Sign in and out; see who is signed in.",
    entries: ENTRIES,
    words,
  });
}
