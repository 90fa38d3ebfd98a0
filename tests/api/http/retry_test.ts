import { assertEquals } from "@std/assert";
import type { Outcome } from "../../../api/http/exchange.ts";
import { retryDelay } from "../../../api/http/retry.ts";

const NOW = Date.parse("2026-01-15T09:30:00Z");

function answer(status: number, headers: Record<string, string> = {}): Outcome {
  return { kind: "answer", status, headers: new Headers(headers), text: "" };
}

function delay(
  outcome: Outcome,
  { safe = true, number = 1, random = 0 } = {},
): number | undefined {
  return retryDelay({ number, safe, outcome, random, now: NOW });
}

Deno.test("a read is repeated after every temporary failure", () => {
  for (const status of [429, 500, 502, 503, 504]) {
    assertEquals(delay(answer(status)), 500, String(status));
  }
  assertEquals(delay({ kind: "not_sent", reason: "", hint: "" }), 500);
  assertEquals(delay({ kind: "lost", reason: "" }), 500);
});

Deno.test("a change is repeated only where the server cannot have acted on it", () => {
  const safe = false;
  assertEquals(delay(answer(429), { safe }), 500);
  assertEquals(
    delay({ kind: "not_sent", reason: "", hint: "" }, { safe }),
    500,
  );
  for (const status of [500, 502, 503, 504]) {
    assertEquals(delay(answer(status), { safe }), undefined, String(status));
  }
  assertEquals(delay({ kind: "lost", reason: "" }, { safe }), undefined);
});

Deno.test("a refusal is final", () => {
  for (const status of [301, 400, 401, 403, 404, 409, 422, 501]) {
    assertEquals(delay(answer(status)), undefined, String(status));
  }
});

Deno.test("the third try is the last", () => {
  assertEquals(delay(answer(503), { number: 2 }), 1000);
  assertEquals(delay(answer(503), { number: 3 }), undefined);
});

Deno.test("the wait doubles and is spread by chance", () => {
  assertEquals(delay(answer(503), { random: 0.5 }), 750);
  assertEquals(delay(answer(503), { number: 2, random: 0.5 }), 1500);
});

Deno.test("Retry-After is obeyed as seconds and as a date, up to a minute", () => {
  assertEquals(delay(answer(429, { "retry-after": "7" })), 7000);
  const date = new Date(NOW + 3000).toUTCString();
  assertEquals(delay(answer(503, { "retry-after": date })), 3000);
  const past = new Date(NOW - 3000).toUTCString();
  assertEquals(delay(answer(503, { "retry-after": past })), 500);
  assertEquals(delay(answer(429, { "retry-after": "3600" })), undefined);
  assertEquals(delay(answer(429, { "retry-after": "soon" })), 500);
});
