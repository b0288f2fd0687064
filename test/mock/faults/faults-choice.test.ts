import { type Fault, FaultError, type FaultRoute, parseFaultHeader } from "@media-protection/mock";
import { describe, expect, expectTypeOf, test } from "vitest";
import { Faults } from "../../../mock/dist/faults/armed-faults.js";
import { chooseFault, type FaultQuestion } from "../../../mock/dist/faults/choose-fault.js";
import { readFault } from "../../../mock/dist/faults/read-fault.js";

const one = "11111111-1111-4111-8111-111111111111";
const two = "22222222-2222-4222-8222-222222222222";

const question = (changes: Partial<FaultQuestion> = {}): FaultQuestion => ({
  origin: "space",
  route: "GET /api/projects",
  media: null,
  hop: 0,
  now: 1000,
  ...changes,
});

const armed = (fault: Fault, id = "fault-1") => ({
  id,
  fault,
  since: 1000,
  met: 0,
  hits: 0,
  hitsByMedia: new Map<string, number>(),
});

const hits = (fault: Fault, changes: Partial<FaultQuestion>) =>
  chooseFault([armed(fault)], question(changes)).hit !== undefined;

describe("which fault hits a request", () => {
  test.each<[Fault, Partial<FaultQuestion>, boolean]>([
    [{ kind: "cut" }, {}, true],
    [{ kind: "cut", media: one }, { media: one }, true],
    [{ kind: "cut", media: one }, { media: two }, false],
    [{ kind: "cut", media: one }, {}, false],
    [{ kind: "cut", route: "GET /api/projects" }, {}, true],
    [{ kind: "cut", route: "POST /api/projects" }, {}, false],
    [{ kind: "cut", route: "GET /api/projects" }, { route: null }, false],
    [{ kind: "cut", origin: "space" }, {}, true],
    [{ kind: "cut", origin: "files" }, {}, false],
    [{ kind: "cut", origin: "storage" }, { origin: null }, false],
    [{ kind: "cut", media: one, origin: "files" }, { media: one }, false],
    [{ kind: "cut", probability: 0 }, {}, false],
    // About media alone.
    [{ kind: "notReady" }, {}, false],
    [{ kind: "notReady" }, { media: one }, true],
    [{ kind: "newVersion" }, {}, false],
    [{ kind: "newVersion" }, { media: one }, true],
    [{ kind: "notReady", ms: 500 }, { media: one, now: 1499 }, true],
    [{ kind: "notReady", ms: 500 }, { media: one, now: 1500 }, false],
    [{ kind: "notReady", requests: 1 }, { media: one }, true],
  ])("%j, asked %j: %s", (fault, changes, expected) => {
    expect(hits(fault, changes)).toBe(expected);
  });

  test("is the first that is for it, and only those before it have met it", () => {
    const faults = [
      armed({ kind: "cut", media: one }, "a"),
      armed({ kind: "stall", probability: 0 }, "b"),
      armed({ kind: "reset" }, "c"),
      armed({ kind: "cut" }, "d"),
    ];
    const { hit, met } = chooseFault(faults, question());
    expect(hit?.id).toBe("c");
    expect(met.map(({ id }) => id)).toEqual(["b", "c"]);
  });
});

describe("faults that are counted", () => {
  const ask = (faults: Faults, changes: Partial<FaultQuestion> = {}) =>
    faults.next(question(changes))?.fault.kind;

  test("make a sequence by `times`", () => {
    const faults = new Faults(() => 0);
    faults.add({ kind: "cut", times: 2 });
    faults.add({ kind: "reset", times: 1 });
    expect([1, 2, 3, 4].map(() => ask(faults))).toEqual(["cut", "cut", "reset", undefined]);
    expect(faults.list()).toEqual([
      { id: "fault-1", fault: { kind: "cut", times: 2 }, hits: 2 },
      { id: "fault-2", fault: { kind: "reset", times: 1 }, hits: 1 },
    ]);
  });

  test("count a chain of redirects once", () => {
    const faults = new Faults(() => 0);
    faults.add({ kind: "redirect", hops: 3, times: 1 });
    const hops = [0, 1, 2, 3].map((hop) => ask(faults, { hop }));
    expect(hops).toEqual(["redirect", "redirect", "redirect", "redirect"]);
    expect(ask(faults)).toBeUndefined();
    expect(faults.list()[0]?.hits).toBe(1);
  });

  test("count readiness for each medium", () => {
    const faults = new Faults(() => 0);
    faults.add({ kind: "notReady", requests: 2 });
    const asked = [one, one, two, one, two, two].map((media) => ask(faults, { media }));
    expect(asked.map((kind) => kind === "notReady")).toEqual([
      true,
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  test("wait for both, where readiness takes time and requests", () => {
    let now = 0;
    const faults = new Faults(() => now);
    faults.add({ kind: "notReady", ms: 100, requests: 1 });
    now = 100;
    expect(ask(faults, { media: one })).toBe("notReady");
    expect(ask(faults, { media: one })).toBeUndefined();
  });

  const drawn = (seed: number, probability: number) => {
    const faults = new Faults(() => 0);
    faults.add({ kind: "cut", probability, seed });
    return Array.from({ length: 2000 }, () => ask(faults) !== undefined);
  };

  test("hit by chance the same requests in every run, others with another seed", () => {
    expect(drawn(7, 0.3)).toEqual(drawn(7, 0.3));
    expect(drawn(7, 0.3)).not.toEqual(drawn(8, 0.3));
  });

  test.each([0.01, 0.1, 0.5, 0.9])("hit a share of %s", (probability) => {
    for (const seed of [0, 1, -5, 123_456_789]) {
      const share = drawn(seed, probability).filter(Boolean).length / 2000;
      // Four standard deviations; the draws are the same in every run.
      const deviation = Math.sqrt((probability * (1 - probability)) / 2000);
      expect(Math.abs(share - probability)).toBeLessThan(4 * deviation);
    }
  });

  test("are removed by their id, or all", () => {
    const faults = new Faults(() => 0);
    const id = faults.add({ kind: "cut" });
    faults.add({ kind: "reset" });
    expect(faults.remove(id)).toBe(true);
    expect(faults.remove(id)).toBe(false);
    expect(ask(faults)).toBe("reset");
    faults.clear();
    expect(faults.size).toBe(0);
    expect(faults.add({ kind: "cut" })).toBe("fault-1");
  });

  test("cannot be changed behind their back", () => {
    const faults = new Faults(() => 0);
    const mine = { kind: "cut" as const, times: 1 };
    faults.add(mine);
    mine.times = 9;
    expect(faults.list()[0]?.fault.times).toBe(1);
    expect(Object.isFrozen(faults.list()[0]?.fault)).toBe(true);
  });
});

describe("a fault that cannot be", () => {
  test.each<[unknown, string]>([
    [null, "an object with a kind"],
    [[], "an object with a kind"],
    ["cut", "an object with a kind"],
    [{}, "one of latency, throttle, stall, cut"],
    [{ kind: "constructor" }, "one of latency"],
    [{ kind: "cut", ms: 1 }, 'A fault cut has no field "ms".'],
    [JSON.parse('{"kind":"cut","__proto__":1}'), 'no field "__proto__"'],
    [{ kind: "cut", after: -1 }, 'The field "after" of a fault cut must be a whole number from 0.'],
    [{ kind: "cut", after: "1" }, '"after"'],
    [{ kind: "cut", after: 0.5 }, '"after"'],
    [{ kind: "latency" }, 'A fault latency needs the field "ms".'],
    [{ kind: "latency", ms: Number.NaN }, '"ms"'],
    [{ kind: "latency", ms: 2 ** 31 }, '"ms"'],
    [{ kind: "throttle" }, '"bytesPerSecond"'],
    [{ kind: "throttle", bytesPerSecond: 0 }, "from 1"],
    [{ kind: "status" }, '"status"'],
    [{ kind: "status", status: 418 }, "one of 401, 403, 404, 410, 416, 429, 500, 502, 503, 504"],
    [{ kind: "status", status: 503, retryAfter: 9e15 }, "a whole number from 0 to 2147483647"],
    [{ kind: "redirect", to: "https://a.example/\r\nx: y" }, "an absolute URL in ASCII"],
    [{ kind: "redirect", to: "https://a.example/\u20ac" }, "an absolute URL in ASCII"],
    [{ kind: "status", status: 429, retryAfterAs: "ms" }, "one of seconds, date"],
    [{ kind: "redirect", hops: 0 }, '"hops"'],
    [{ kind: "redirect", status: 304 }, '"status"'],
    [{ kind: "redirect", to: "/path" }, "an absolute URL"],
    [{ kind: "wrongLength", by: 0.5 }, "a whole number."],
    [{ kind: "errorBody", contentType: "a\nb" }, "a media type"],
    [{ kind: "cut", media: "x" }, "the id of a medium"],
    [{ kind: "cut", route: "/api/projects" }, "a method and a path"],
    [{ kind: "cut", route: "PUT /api/projects" }, "a method and a path"],
    [{ kind: "cut", origin: "elsewhere" }, "one of space, files, storage"],
    [{ kind: "cut", probability: 1.1 }, "from 0 to 1"],
    [{ kind: "cut", times: 0 }, "from 1"],
    [{ kind: "cut", seed: 0.5 }, '"seed"'],
  ])("%j: says %s", (input, message) => {
    expect(() => readFault(input)).toThrow(FaultError);
    expect(() => readFault(input)).toThrow(message);
  });

  test("does not compile", () => {
    expectTypeOf<{ kind: "cut"; after: 1; media: string }>().toExtend<Fault>();
    expectTypeOf<{ kind: "cut"; ms: 1 }>().toExtend<Fault>();
    // @ts-expect-error A field of another kind.
    const otherField: Fault = { kind: "latency", ms: 1, after: 1 };
    // @ts-expect-error A required field is missing.
    const missing: Fault = { kind: "throttle" };
    // @ts-expect-error The contract has no such operation.
    const route: FaultRoute = "GET /api/projets";
    expect([otherField, missing, route]).toHaveLength(3);
  });
});

describe("the header x-mock-fault", () => {
  test.each<[string, Fault]>([
    ["cut", { kind: "cut" }],
    [" cut ; after=1000 ", { kind: "cut", after: 1000 }],
    ["wrongLength;by=-5", { kind: "wrongLength", by: -5 }],
    [
      "status; status=429; retryAfter=2; retryAfterAs=date",
      { kind: "status", status: 429, retryAfter: 2, retryAfterAs: "date" },
    ],
    ["redirect; hops=loop", { kind: "redirect", hops: "loop" }],
    [
      'redirect; to="https://a.example/?b;c=1"',
      { kind: "redirect", to: "https://a.example/?b;c=1" },
    ],
    ['errorBody; contentType="a/b; c=\\"d\\""', { kind: "errorBody", contentType: 'a/b; c="d"' }],
  ])("%s", (header, fault) => {
    expect(parseFaultHeader(header)).toEqual(fault);
  });

  test.each([
    ["", "It must be written: kind; name=value; …"],
    [";", "It must be written"],
    ["cut;", "It must be written"],
    ["cut after=1", "It must be written"],
    ["cut; after", "It must be written"],
    ["cut; after=1, stall", "It must be written"],
    ['redirect; to="https://a.example/', "It must be written"],
    ["cut; after=1; after=2", "twice"],
    ["cut; kind=stall", '"kind" has no place in it'],
    ["cut; times=1", '"times" has no place in it'],
    ["cut; probability=0.5", '"probability" has no place in it'],
    ["cut; after=x", '"after"'],
    ['cut; after="1"', '"after"'],
    ["nothing", "kind must be one of"],
    ["latency", 'needs the field "ms"'],
  ])("%j is refused: %s", (header, message) => {
    expect(() => parseFaultHeader(header)).toThrow(FaultError);
    expect(() => parseFaultHeader(header)).toThrow(message);
  });
});
