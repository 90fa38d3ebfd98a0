/** When a row may be sent, by the clocks of its recipient. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  parseAt,
  parseWindow,
  Schedule,
  type ScheduleOptions,
  type Slot,
} from "../../bulk/schedule.ts";
import { zoneFinder } from "../../bulk/zones.ts";
import { Failure } from "../../errors.ts";

const candidatesOf = await zoneFinder();
const NOON = Date.parse("2026-11-26T12:00Z");

function schedule(options: Partial<ScheduleOptions>): Schedule {
  return new Schedule({ now: NOON, rate: 20, ...options });
}

function text(slot: Slot | undefined): string | undefined {
  const time = (ms = NaN) =>
    Number.isNaN(ms) ? "" : new Date(ms).toISOString().slice(5, 16);
  return slot && `${time(slot.notBefore)} ${time(slot.notAfter)}`.trim();
}

const WINDOW = parseWindow("09:00-20:00", "--window");

Deno.test("a column is believed; else all zones of the country, or of the calling code, are candidates", () => {
  const number = { identity: "+12024561111", country: "US" };
  assertEquals(
    candidatesOf({ ...number, timezone: "America/New_York" }),
    { name: "America/New_York", zones: ["America/New_York"], isGuess: false },
  );
  const country = candidatesOf(number);
  assert(country!.isGuess);
  assert(country!.zones.includes("Pacific/Honolulu"));
  assert(country!.zones.includes("America/New_York"));
  const unknown = candidatesOf({ identity: "+15551234567" });
  assertEquals(unknown!.name, "+1");
  assert(unknown!.zones.includes("America/Toronto"));
  assert(unknown!.zones.includes("America/Jamaica"));
  assertEquals(candidatesOf({ identity: "+80012345678" }), undefined);
  assertEquals(candidatesOf({ identity: "user-1" }), undefined);
});

Deno.test("a window is open only while it is in every zone", () => {
  const times = (country: string) =>
    text(
      schedule({ window: WINDOW }).slot(
        candidatesOf({ identity: "+1", country })!,
      ),
    );
  assertEquals(times("GB"), "11-26T12:00 11-26T20:00");
  // 9:00 in Honolulu is 19:00 UTC; 20:00 in New York is 1:00 UTC.
  assertEquals(times("US"), "11-26T19:00 11-27T01:00");
  // Kaliningrad and Kamchatka are ten hours apart.
  assertEquals(times("RU"), "11-27T07:00 11-27T08:00");
  assertEquals(times("NZ"), "11-26T20:00 11-27T06:15");
});

Deno.test("no time is inside a window that is too short for a country", () => {
  const slot = schedule({ window: parseWindow("12:00-14:00", "--window") })
    .slot(candidatesOf({ identity: "+1", country: "US" })!);
  assertEquals(slot, undefined);
});

Deno.test("windows follow the change of the clock", () => {
  const slots = schedule({
    now: Date.parse("2026-10-24T21:00Z"),
    window: WINDOW,
    rate: 1 / 60,
  });
  const london = candidatesOf({ identity: "+44", country: "GB" })!;
  assertEquals(text(slots.slot(london)), "10-25T09:00 10-25T20:00");
  const before = schedule({
    now: Date.parse("2026-10-23T21:00Z"),
    window: WINDOW,
  });
  assertEquals(text(before.slot(london)), "10-24T08:00 10-24T19:00");
});

Deno.test("what the queue cannot send in a window is for the next day", () => {
  // One message a minute: 8 h of the first day, 11 h of the second.
  const slots = schedule({ window: WINDOW, rate: 1 / 60 });
  const london = candidatesOf({ identity: "+44", country: "GB" })!;
  for (let row = 0; row < 1200; row++) slots.slot(london);
  assertEquals(
    slots.planned.values().map((planned) => [planned.rows, text(planned)])
      .toArray(),
    [
      [480, "11-26T12:00 11-26T20:00"],
      [660, "11-27T09:00 11-27T20:00"],
      [60, "11-28T09:00 11-28T20:00"],
    ],
  );
});

Deno.test("groups share the queue", () => {
  const slots = schedule({ window: WINDOW, rate: 1 / 60 });
  const london = candidatesOf({ identity: "+44", country: "GB" })!;
  const dublin = candidatesOf({ identity: "+353", country: "IE" })!;
  for (let row = 0; row < 480; row++) slots.slot(london);
  assertEquals(text(slots.slot(dublin)), "11-27T09:00 11-27T20:00");
});

Deno.test("--at is a time of each recipient's clock, or one moment for all", () => {
  const at = (value: string, country: string, window?: typeof WINDOW) =>
    text(
      schedule({ at: parseAt(value, "--at"), window }).slot(
        candidatesOf({ identity: "+1", country })!,
      ),
    );
  assertEquals(at("2026-12-01T10:00", "GB"), "12-01T10:00");
  assertEquals(at("2026-12-01 10:00", "JP"), "12-01T01:00");
  // When it is ten everywhere in the country.
  assertEquals(at("2026-12-01T10:00", "US"), "12-01T20:00");
  assertEquals(at("2026-12-01T10:00Z", "JP"), "12-01T10:00");
  assertEquals(at("2026-12-01T10:00+01:00", "JP"), "12-01T09:00");
  assertEquals(
    at("2026-12-01T22:00", "JP", WINDOW),
    "12-02T00:00 12-02T11:00",
  );
});

Deno.test("a window or a time that is none is refused", () => {
  for (const bad of ["9-20", "20:00-09:00", "09:00-24:01", "09:60-10:00", ""]) {
    assertThrows(
      () => parseWindow(bad, "--window"),
      Failure,
      "--window must be",
    );
  }
  assertEquals(parseWindow("0:00-24:00", ""), { from: 0, to: 1440 });
  for (const bad of ["tomorrow", "2026-02-30T10:00", "2026-12-01T25:00", ""]) {
    assertThrows(() => parseAt(bad, "--at"), Failure, "--at must be");
  }
});
