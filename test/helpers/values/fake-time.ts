import { createClient } from "@media-protection/sdk";
import { vi } from "vitest";

/**
 * Stops the clock and the timers; what has no delay, such as I/O, goes on. The SDK loads its parts
 * when they are first needed, so they are loaded before.
 */
export async function stopTime(): Promise<void> {
  const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
  const client = createClient({ space: "example", projectId, apiToken: "PT-synthetic" });
  await Promise.allSettled([
    client.media.resolve(""),
    client.protection.set({ recordings: undefined } as never),
    client.projects.get(""),
    client.recordings.delete(""),
  ]);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
}

/** Lets everything happen that needs no time to pass. */
export async function atOnce(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Lets time pass, from timer to timer, until the promise has settled.
 *
 * @throws Error if nothing is left that could settle it
 */
export async function settle<Value>(promise: Promise<Value>): Promise<Value> {
  let settled = false;
  const done = () => {
    settled = true;
  };
  promise.then(done, done);
  for (;;) {
    await atOnce();
    if (settled) return promise;
    if (vi.getTimerCount() === 0) throw new Error("it waits for something that never comes");
    vi.advanceTimersToNextTimer();
  }
}

/** What the promise rejects with, after whatever time that takes. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return settle(
    promise.then(
      (value) => {
        throw new Error(`it should have failed, but gave ${JSON.stringify(value)}`);
      },
      (error: unknown) => error,
    ),
  );
}
