/** What the commands of apps share. */
import { type App, deleteApp, getApp } from "../../../api/apps.ts";
import { nameOfApp } from "../../default_app.ts";
import type { Resource } from "../resource.ts";
import { appView } from "./app_view.ts";

export const APP: Resource<App> = {
  noun: "app",
  get: getApp,
  view: appView,
  async pick(_, wizard) {
    const { pickApp } = await import("../../../wizard/pick_app.ts");
    return await pickApp(wizard);
  },
  delete: deleteApp,
  consequence:
    "This deletes the app with its webhooks and conversations and cannot be undone. Contacts and channel resources are kept.",
  name: nameOfApp,
};
