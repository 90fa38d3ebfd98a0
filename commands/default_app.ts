/** The app to use without --app. */
import { type App, getApp, listApps } from "../api/apps.ts";
import type { Page } from "../api/pages.ts";
import { changeProfile } from "../config/profiles.ts";
import { usageError } from "../errors.ts";
import { safeLine } from "../output/safe_text.ts";
import type { Context } from "./context.ts";
import { wizardContext } from "./pick_id.ts";
import { suggest } from "../runtime/suggest.ts";

/**
 * The id of the app to work with: the given one, the configured default, the
 * project's only one (which is said on stderr), or what a person picks.
 *
 * @throws {Failure} "usage" if there are several and no terminal to ask in.
 */
export async function workingApp(
  context: Context,
  given: string | undefined,
): Promise<string> {
  const configured = given ?? (await context.settings()).appId?.value;
  if (configured !== undefined) return configured;
  if (context.canPrompt) {
    const { pickWorkingApp } = await import("../wizard/pick_app.ts");
    const save = async ({ id }: App) => {
      await makeDefaultApp(context, id);
    };
    return (await pickWorkingApp(await wizardContext(context), save)).id;
  }
  const { apps = [] } = await context.read(listApps());
  const [only, ...others] = apps;
  if (!only || others.length > 0) {
    throw usageError(
      only
        ? `Missing --app: the project has ${apps.length} apps`
        : "Missing --app: the project has no apps in this region",
      `Use --app <id> or SINCH_APP_ID, or run \`${suggest`conversation apps use <id>`}\` to set the default app.`,
    );
  }
  context.note(`Using the project's only app: ${nameOfApp(only)}`);
  return only.id;
}

/**
 * The pages of what an app has. The API gives none for an app that does not
 * exist, so without a row the app is read.
 *
 * @throws {Failure} "not_found" where the app does not exist.
 */
export async function* pagesOfApp<Row>(
  context: Context,
  app: string,
  pages: AsyncIterable<Page<Row>>,
): AsyncGenerator<Page<Row>> {
  let last: Page<Row> | undefined;
  let found = false;
  for await (const page of pages) {
    found ||= page.rows.length > 0;
    if (found) yield page;
    else last = page;
  }
  if (found) return;
  await context.read(getApp(app));
  if (last) yield last;
}

/** Makes it the default of the active profile, whose name is returned. */
export async function makeDefaultApp(
  context: Context,
  id: string,
): Promise<string> {
  refuseDefaultInSandbox(context);
  const { profile, appId } = await context.settings();
  await changeProfile(context.runtime, profile, { appId: id });
  if (appId && appId.value !== id && !appId.source.startsWith("profile")) {
    context.note(`${appId.source} overrides the default app.`);
  }
  return profile;
}

/** @throws {Failure} "usage": the sandbox has no profile to keep a default in. */
export function refuseDefaultInSandbox({ inSandbox }: Context): void {
  if (!inSandbox) return;
  throw usageError(
    "The default app of the sandbox cannot be changed",
    "Use --app to select another app.",
  );
}

/** `"Support" (01HW7…)` */
export function nameOfApp({ id, display_name }: App): string {
  return display_name ? `"${safeLine(display_name)}" (${id})` : id;
}
