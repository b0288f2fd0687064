import { createGate, gatedFetch } from "@media-protection/export";
import { connectRedis, createRedisGate } from "@media-protection/export/queue";
import { expect, onTestFinished, test } from "vitest";
import { noRedis, startRedis } from "../helpers/export/redis-server.js";

/** A clock that goes only when it is told to. */
function startClock() {
  let time = 0;
  const timers: { readonly at: number; readonly ring: () => void }[] = [];
  return {
    now: () => time,
    wait: (milliseconds: number) =>
      new Promise<void>((ring) => void timers.push({ at: time + milliseconds, ring })),
    /** Goes on to the time, ringing what is due on the way, each at its own. */
    async goTo(end: number) {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        timers.sort((one, other) => one.at - other.at);
        const [next] = timers;
        if (!next || next.at > end) break;
        timers.shift();
        time = Math.max(time, next.at);
        next.ring();
      }
      time = end;
    },
  };
}

const project = "5eed0000-0000-4000-8000-000000000001";

test("requests are spaced evenly, each project by itself", async () => {
  const clock = startClock();
  const gate = createGate({ requestsPerSecond: 10, now: clock.now, wait: clock.wait });
  const left: [string, number][] = [];
  for (const name of ["a", "b", "a", "A", "b"]) {
    void gate.pass(name).then(() => left.push([name, clock.now()]));
  }
  await clock.goTo(1000);
  expect(left).toEqual([
    ["a", 0],
    ["b", 0],
    ["a", 100],
    ["b", 100],
    ["A", 200],
  ]);
});

test("whoever waited when a pause began leaves behind it in turn, and not all at once", async () => {
  const clock = startClock();
  const gate = createGate({ requestsPerSecond: 10, now: clock.now, wait: clock.wait });
  const left: number[] = [];
  for (let index = 0; index < 6; index++) {
    void gate.pass(project).then(() => left.push(clock.now()));
  }
  await clock.goTo(150);
  await gate.pause(project, 1000);
  await clock.goTo(5000);
  expect(left).toEqual([0, 100, 1150, 1250, 1350, 1450]);
});

test("a pause that grows while somebody waits holds as long as it grew", async () => {
  const clock = startClock();
  const gate = createGate({ now: clock.now, wait: clock.wait });
  await gate.pause(project, 1000);
  const left: number[] = [];
  void gate.pass(project).then(() => left.push(clock.now()));
  await clock.goTo(500);
  await gate.pause(project, 2000);
  await gate.pause(project, 10);
  await clock.goTo(5000);
  expect(left).toEqual([2500]);
});

test.each([
  [undefined, 300_000],
  [5_000, 5_000],
])("an answer pauses all for no longer than maxPause %j", async (maxPause, longest) => {
  const pauses: number[] = [];
  const gate = { ...createGate(), pause: async (_: string, ms: number) => void pauses.push(ms) };
  const answers = ["1", "999999999"].map((field) => ({ "retry-after": field }));
  const fetch = gatedFetch(gate, {
    ...{ projectId: project, maxPause },
    fetch: async () => new Response(null, { status: 429, headers: answers.shift() ?? {} }),
  });
  for (let asked = 0; asked < 3; asked++) await fetch("https://example.signalwire.com/api/x", {});
  expect(pauses).toEqual([1000, longest]);
});

test.skipIf(noRedis !== undefined)(
  `over Redis the same: behind a pause they leave in turn${noRedis ? `: skipped, ${noRedis}` : ""}`,
  async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.close());
    const connections = [1, 2].map(() => connectRedis({ redis: redis.url }));
    onTestFinished(() => {
      for (const one of connections) one.disconnect();
    });
    const [first, second] = connections.map((one) =>
      createRedisGate(one, { requestsPerSecond: 20 }),
    );
    if (!first || !second) throw new Error("There are two.");
    // The first leaves at once; the others wait when the pause begins.
    await first.pass(project);
    const waiting = Array.from({ length: 6 }, (_, index) =>
      [first, second][index % 2]?.pass(project),
    );
    const begun = performance.now();
    await second.pause(project, 400);
    await Promise.all(waiting);
    // No timing but what cannot be less: the pause, and five spaces of 50 ms behind it.
    expect(performance.now() - begun).toBeGreaterThan(400 + 5 * 50 - 20);
  },
);
