/** Which app. */
import { type App, listApps } from "../api/apps.ts";
import { Failure } from "../errors.ts";
import { pick, type PickQuestion, type WizardContext } from "./pick.ts";
import { suggest } from "../runtime/suggest.ts";

/** Lets a person choose one of the project's apps. */
export async function pickApp(
  { prompter, read }: WizardContext,
  message = "App",
): Promise<App> {
  const { apps = [] } = await read(listApps());
  return await pick(prompter, apps, question(message));
}

/**
 * The app to work with where none is configured: the project's only one without
 * a question; else the chosen one, which `saveAsDefault` may keep.
 */
export async function pickWorkingApp(
  context: WizardContext,
  saveAsDefault?: (app: App) => Promise<unknown>,
): Promise<App> {
  const { prompter, read } = context;
  const { apps = [] } = await read(listApps());
  const [only, ...others] = apps;
  if (!only) throw noApps();
  if (others.length === 0) {
    prompter.say(`Using the project's only app: ${describeApp(only)}`);
    return only;
  }
  const app = await pick(prompter, apps, question("App"));
  prompter.answered("--app", app.id);
  const save = saveAsDefault && await prompter.confirm({
    message: `Make ${describeApp(app)} the default app?`,
    default: false,
  });
  if (save) await prompter.once(() => saveAsDefault(app));
  return app;
}

/** `Support (01HW7…)`. */
export function describeApp({ id, display_name }: App): string {
  return display_name ? `${display_name} (${id})` : id;
}

function question(message: string): PickQuestion<App> {
  return {
    message,
    columns: (app) => [app.display_name, channelsOf(app)],
    empty: noApps,
  };
}

function channelsOf({ channel_credentials = [] }: App): string {
  return channel_credentials.map(({ channel }) => channel).join(", ");
}

function noApps(): Failure {
  return new Failure("not_found", "The project has no apps in this region", {
    hint:
      `Create one with \`${suggest`conversation apps create`}\`, or use another --region.`,
  });
}
