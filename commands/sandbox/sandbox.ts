/** `sinch sandbox`: the embedded Conversation API, as a server and as data. */
import { group } from "../cli.ts";

export const create = group({
  summary:
    "Run a local Conversation API: no account, no cost. Add --sandbox to a command to send it there, or serve the sandbox to SDKs and tests.",
  examples: [
    ["Serve the sandbox to SDKs and curl", "sinch sandbox start"],
    [
      "Send a message to the app",
      'sinch sandbox reply +15551234567 "Hi there" --channel WHATSAPP',
    ],
  ],
  entries: [
    {
      name: "start",
      summary: "Serve the sandbox over HTTP until Ctrl-C",
      load: () => import("./start.ts"),
    },
    {
      name: "env",
      summary: "Print environment variables for the running sandbox",
      load: () => import("./env.ts"),
    },
    {
      name: "reply",
      summary: "Send a message to the app as a contact",
      load: () => import("./reply.ts"),
    },
    {
      name: "tap",
      summary: "Tap a choice of a message as its recipient",
      load: () => import("./tap.ts"),
    },
    {
      name: "show",
      summary: "Show a message's delivery and how it appears on the phone",
      load: () => import("./show.ts"),
    },
    {
      name: "callbacks",
      summary: "List or redeliver webhook callbacks",
      load: () => import("./callbacks/callbacks.ts"),
    },
    {
      name: "trigger",
      summary: "Send a sample event to the app's webhooks",
      load: () => import("./trigger.ts"),
    },
    {
      name: "rule",
      aliases: ["rules"],
      summary: "Manage fault rules",
      load: () => import("./rule/rule.ts"),
    },
    {
      name: "clock",
      summary: "Show or advance the sandbox clock",
      load: () => import("./clock/clock.ts"),
    },
    {
      name: "reset",
      summary: "Delete all sandbox data",
      load: () => import("./reset.ts"),
    },
  ],
});
