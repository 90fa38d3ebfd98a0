import { assertEquals, assertRejects } from "@std/assert";
import { Failure } from "../../errors.ts";
import { pickChannel } from "../../wizard/pick_channel.ts";
import type { Prompter, SelectOption } from "../../wizard/prompter.ts";
import { scriptedPrompter } from "./scripted_prompter.ts";

const APP = { id: "01APP", display_name: "Support" };
const SMS = { channel: "SMS", state: { status: "ACTIVE" } };
const RCS = {
  channel: "RCS",
  state: { status: "FAILING", description: "agent suspended" },
};
const WHATSAPP = { channel: "WHATSAPP", state: { status: "PENDING" } };
const LINE = { channel: "LINE" };

Deno.test("channels that cannot be used are shown with the reason", async () => {
  const shown: SelectOption<unknown>[] = [];
  const prompter: Prompter = {
    ...scriptedPrompter([]),
    select: ({ choices }) => {
      shown.push(...choices);
      return Promise.resolve(choices[0]!.value);
    },
  };
  const app = { ...APP, channel_credentials: [SMS, RCS, WHATSAPP, LINE] };
  assertEquals(await pickChannel(prompter, app), "SMS");
  assertEquals(shown.map(({ value, disabled }) => [value, disabled]), [
    ["SMS", undefined],
    ["RCS", "failing: agent suspended"],
    ["WHATSAPP", "pending"],
    ["LINE", undefined],
    ["MESSENGER", "not set up for this app"],
    ["INSTAGRAM", "not set up for this app"],
    ["VIBERBM", "not set up for this app"],
    ["TELEGRAM", "not set up for this app"],
  ]);
});

Deno.test("the only channel that works needs no question", async () => {
  const prompter = scriptedPrompter([]);
  const app = { ...APP, channel_credentials: [RCS, SMS] };
  assertEquals(await pickChannel(prompter, app), "SMS");
});

Deno.test("an app without a channel that works says so", async () => {
  for (const channel_credentials of [undefined, [], [RCS, WHATSAPP]]) {
    const failure = await assertRejects(
      () => pickChannel(scriptedPrompter([]), { ...APP, channel_credentials }),
      Failure,
      "The app Support (01APP) has no channel to send on",
    );
    assertEquals(failure.kind, "not_found");
  }
});
