/** Stand-in for `@std/testing/time`: what the project uses of it, on node:test. */
import { mock } from "node:test";

export class FakeTime {
  constructor(start: number | Date = Date.now()) {
    mock.timers.enable({
      apis: ["Date", "setTimeout", "setInterval"],
      now: Number(start),
    });
  }
  get now(): number {
    return Date.now();
  }
  tick(ms = 0): void {
    mock.timers.tick(ms);
  }
  restore(): void {
    mock.timers.reset();
  }
  [Symbol.dispose](): void {
    this.restore();
  }
}
