import { describe, expect, test } from "vitest";
import { desiredOf, readDesired, unknownIds } from "../../packages/cli/dist/estate/desired.js";
import { makePlan, readPlan } from "../../packages/cli/dist/estate/plan.js";
import type { ProjectState } from "../../packages/cli/dist/estate/switches.js";
import { parseLength, parseMoment } from "../../packages/cli/dist/words/when.js";

// The pure parts: what is desired, the diff, times.

const off = { recordings: false, messageMedia: false, faxMedia: false };
const project = (id: string, name: string, on: Partial<typeof off> = {}): ProjectState => ({
  id,
  name,
  switches: { ...off, ...on },
});

describe("what is desired of a project", () => {
  const desired = readDesired({
    default: { recordings: "on", messageMedia: "leave" },
    projects: [
      { name: "Sales *", faxMedia: "on" },
      { name: "Sales B*", recordings: "off" },
      { id: "P4", messageMedia: true },
    ],
    leave: [{ name: "Test *" }, { id: "P9" }],
  });

  test.each([
    ["P1", "Anything", { recordings: true }],
    ["P2", "Sales Asia", { recordings: true, faxMedia: true }],
    ["P3", "Sales Berlin", { recordings: false, faxMedia: true }],
    ["p4", "Sales Berlin", { recordings: false, faxMedia: true, messageMedia: true }],
    ["P5", "Test Berlin", undefined],
    ["p9", "Anything", undefined],
    ["P6", "sales Asia", { recordings: true }],
  ])("%s, %s", (id, name, expected) => {
    expect(desiredOf(desired, project(id, name))).toEqual(expected);
  });

  test("an id that no project has is found, in rules and in what is left alone", () => {
    expect(unknownIds(desired, [project("p4", "x")])).toEqual(["p9"]);
  });

  test.each([
    ["no mapping", [], "the file must be a mapping"],
    ["nothing at all", {}, "turns no switch"],
    ["only what is left alone", { leave: [{ id: "x" }] }, "turns no switch"],
    ["an unknown key", { defaults: { recordings: "on" } }, '"defaults"'],
    ["an unknown switch", { default: { recording: "on" } }, 'default has "recording"'],
    ["an unknown value", { default: { recordings: "yes" } }, "default.recordings must be on, off"],
    [
      "a rule for nobody",
      { projects: [{ recordings: "on" }] },
      "projects[0] must have an id or a name",
    ],
    ["an empty name", { projects: [{ name: "", recordings: "on" }] }, "projects[0].name"],
    ["no list", { projects: { name: "x" } }, "projects must be a list"],
    ["a later version", { version: 2, default: { recordings: "on" } }, "version must be 1"],
    ["switches in what is left alone", { leave: [{ id: "x", recordings: "on" }] }, "leave[0] has"],
  ])("refuses %s", (_, value, said) => {
    expect(() => readDesired(value)).toThrow(said);
  });
});

describe("a plan", () => {
  const desired = readDesired({ default: { recordings: "on" }, leave: [{ name: "Left" }] });
  const estate = [
    project("a", "To turn"),
    project("b", "So already", { recordings: true, faxMedia: true }),
    project("c", "Left"),
  ];

  test("names what differs, with what it was, and counts the rest", () => {
    expect(makePlan(desired, estate, new Date(0))).toEqual({
      version: 1,
      createdAt: "1970-01-01T00:00:00.000Z",
      projects: [
        {
          projectId: "a",
          name: "To turn",
          changes: [{ setting: "recordings", before: false, after: true }],
        },
      ],
      asDesired: 1,
      leftAlone: 1,
    });
  });

  test("is read back as it was written", () => {
    const plan = makePlan(desired, estate, new Date(0));
    expect(readPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  const change = { setting: "recordings", before: false, after: true };
  test.each([
    ["nothing", null],
    ["another version", { version: 2, projects: [] }],
    ["a project without an id", { version: 1, projects: [{ name: "x", changes: [] }] }],
    [
      "a switch that stays",
      {
        version: 1,
        projects: [{ projectId: "a", name: "", changes: [{ ...change, after: false }] }],
      },
    ],
    [
      "an unknown switch",
      {
        version: 1,
        projects: [{ projectId: "a", name: "", changes: [{ ...change, setting: "x" }] }],
      },
    ],
  ])("is not %s", (_, value) => {
    expect(() => readPlan(value)).toThrow(/no plan|no switch/);
  });
});

describe("times", () => {
  test.each([
    ["30s", 30_000],
    ["15m", 900_000],
    ["2h", 7_200_000],
    ["7d", 604_800_000],
    ["1.5h", 5_400_000],
    ["200ms", 200],
    ["30", undefined],
    ["s", undefined],
    ["-3s", undefined],
    ["3 weeks", undefined],
  ])("the length %s", (text, ms) => {
    expect(parseLength(text)).toBe(ms);
  });

  const now = Date.parse("2026-03-05T10:11:12Z");
  test.each([
    ["today", "2026-03-05T00:00:00.000Z"],
    ["Yesterday", "2026-03-04T00:00:00.000Z"],
    ["now", "2026-03-05T10:11:12.000Z"],
    ["7d", "2026-02-26T10:11:12.000Z"],
    ["2026-01-05", "2026-01-05T00:00:00.000Z"],
    ["2026-01-05T12:30", "2026-01-05T12:30:00.000Z"],
    ["2026-01-05 12:30:15+02:00", "2026-01-05T10:30:15.000Z"],
    ["2026-13-05", undefined],
    ["2026-02-30", undefined],
    ["2026-02-30T10:00Z", undefined],
    ["2028-02-29", "2028-02-29T00:00:00.000Z"],
    ["05/01/2026", undefined],
    ["tomorrow-ish", undefined],
    ["", undefined],
  ])("the moment %s", (text, iso) => {
    expect(parseMoment(text, now)?.toISOString()).toBe(iso);
  });
});
