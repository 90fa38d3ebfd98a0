/** Settings with their sources, as `auth status` and `config list` show them. */
import type { Settings, Sourced } from "../config/resolve.ts";
import type { Fields } from "../output/details.ts";

/** The settings and their labels. */
export const SETTINGS = {
  projectId: "Project ID",
  keyId: "Key ID",
  region: "Region",
  appId: "App",
  channel: "Channel",
  sender: "Sender",
} as const;

export type SettingName = keyof typeof SETTINGS;

/** `{ "region": { "value": "eu", "source": "SINCH_REGION" }, "appId": null, … }` */
export function settingsJson(
  settings: Settings,
): Record<SettingName, Sourced<string> | null> {
  const names = Object.keys(SETTINGS) as SettingName[];
  return Object.fromEntries(
    names.map((name) => [name, settings[name] ?? null]),
  ) as Record<SettingName, Sourced<string> | null>;
}

/** `Region  eu (SINCH_REGION)` */
export function settingsFields(settings: Settings): Fields {
  return Object.entries(SETTINGS).map(([name, label]) => {
    const setting = settings[name as SettingName];
    return [label, setting && `${setting.value} (${setting.source})`];
  });
}
