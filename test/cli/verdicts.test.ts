import { describe, expect, test } from "vitest";
import { mute, readExceptions } from "../../packages/cli/dist/audit/exceptions.js";
import { csvReport } from "../../packages/cli/dist/audit/report-data.js";
import { takeSample } from "../../packages/cli/dist/audit/sample.js";
import { summaryLines } from "../../packages/cli/dist/audit/summary-lines.js";
import {
  type Answer,
  type AuditRow,
  exitOf,
  verdictOf,
  worst,
} from "../../packages/cli/dist/audit/verdict.js";

const served: Answer = { type: "served", status: 206 };
const refused: Answer = { type: "refused", status: 401 };
const text: Answer = { type: "unclear", status: 200, why: "application/json" };
const outage: Answer = { type: "unclear", status: 503, why: "later" };
const silence: Answer = { type: "unclear", status: null, why: "no answer" };

describe("the verdict of a try", () => {
  test.each([
    [true, refused, served, "PROTECTED"],
    [true, served, served, "EXPOSED"],
    [true, served, refused, "EXPOSED"],
    [true, refused, refused, "BROKEN"],
    [true, refused, text, "BROKEN"],
    [true, refused, outage, "UNKNOWN"],
    [true, refused, silence, "UNKNOWN"],
    [true, silence, served, "UNKNOWN"],
    [true, text, served, "UNKNOWN"],
    [false, served, served, "PUBLIC"],
    [false, served, refused, "BROKEN"],
    [false, refused, served, "PROTECTED"],
    [false, outage, outage, "UNKNOWN"],
  ] as const)(
    "switch on: %s, anybody %j, with credentials %j: %s",
    (isOn, anonymous, credentialed, verdict) => {
      const time = "2026-01-01T00:00:00Z";
      expect(verdictOf(isOn, { time, path: "/x", anonymous, credentialed })).toBe(verdict);
    },
  );

  test("of several is the gravest, and of none UNKNOWN", () => {
    expect(worst(["PROTECTED", "PUBLIC", "EXPOSED", "BROKEN"])).toBe("EXPOSED");
    expect(worst(["PROTECTED", "UNKNOWN"])).toBe("UNKNOWN");
    expect(worst([])).toBe("UNKNOWN");
  });
});

describe("a sample", () => {
  const of = async (size: number, between: number) => {
    async function* list() {
      for (let item = 1; item <= size; item++) yield item;
    }
    return takeSample(list(), between, () => 0.4);
  };

  test.each([
    [0, 1, []],
    [1, 1, [1]],
    [2, 1, [1, 2]],
    [3, 1, [1, 2, 3]],
    [9, 0, [1, 9]],
  ])("of %i media with %i between: %j", async (size, between, items) => {
    expect(await of(size, between)).toEqual({ items, size });
  });

  test("has the newest, the oldest, and so many others of all between", async () => {
    const { items, size } = await of(1000, 5);
    expect([items.length, size, items[0], items.at(-1)]).toEqual([7, 1000, 1, 1000]);
    expect(new Set(items).size).toBe(7);
  });
});

const row = (fields: Partial<AuditRow>): AuditRow => ({
  ...{ projectId: "p1", name: "Sales", kind: "recordings", isOn: false, media: 1, sample: 1 },
  ...{ verdict: "PUBLIC", found: "PUBLIC", tries: [] },
  ...fields,
});

describe("exceptions", () => {
  const said = {
    project: "P1",
    kind: "recordings",
    owner: "ops",
    reason: "a partner",
    expires: "2026-06-30",
  };

  test("mute their finding until their day, and then it counts again", () => {
    const exceptions = readExceptions([said]);
    const before = mute(row({}), exceptions, new Date("2026-06-29"));
    expect([before.verdict, before.found, before.note]).toEqual([
      "MUTED",
      "PUBLIC",
      "ops, until 2026-06-30: a partner",
    ]);
    const after = mute(row({}), exceptions, new Date("2026-06-30"));
    expect([after.verdict, after.note]).toEqual([
      "PUBLIC",
      "The exception of ops expired on 2026-06-30: a partner",
    ]);
    expect(exitOf([before], true)).toBe(0);
    expect(exitOf([after], true)).toBe(2);
    expect(mute(row({ kind: "faxMedia" }), exceptions, new Date(0)).verdict).toBe("PUBLIC");
    expect(
      mute(row({ verdict: "UNKNOWN", found: "UNKNOWN" }), exceptions, new Date(0)).verdict,
    ).toBe("UNKNOWN");
  });

  test.each(["project", "kind", "owner", "reason", "expires"])("must say their %s", (name) => {
    const { [name as keyof typeof said]: _, ...rest } = said;
    expect(() => readExceptions([rest])).toThrow(name);
  });
});

test("a terminal has one line for what came to the same, the gravest last", () => {
  const rows = [
    row({ verdict: "EXPOSED", name: "Sales 10", projectId: "p3" }),
    row({ name: "Sales 9", projectId: "p2", kind: "faxMedia", media: 9, sample: 3 }),
    row({ name: "Sales 9", projectId: "p2" }),
    row({ verdict: "UNKNOWN", media: 0, sample: 0, note: "No media." }),
    row({ verdict: "EXPOSED", name: "Sales 2", projectId: "p4", note: "An exception expired." }),
  ];
  expect(summaryLines(rows)).toEqual([
    { verdict: "UNKNOWN", name: "Sales", about: "recordings (no media)" },
    { verdict: "PUBLIC", name: "Sales 9", about: "recordings (1 of 1), faxMedia (3 of 9)" },
    { verdict: "EXPOSED", name: "Sales 2", about: "recordings (An exception expired)" },
    { verdict: "EXPOSED", name: "Sales 10", about: "recordings (1 of 1)" },
  ]);
});

test("a name in the CSV is no formula, and quotes are kept", () => {
  const csv = csvReport([row({ name: '=HYPERLINK("x")', note: "a,b" })]);
  expect(csv.split("\r\n")[1]).toContain(`p1,"'=HYPERLINK(""x"")",recordings`);
  expect(csv.split("\r\n")[1]?.endsWith('"a,b"')).toBe(true);
});
