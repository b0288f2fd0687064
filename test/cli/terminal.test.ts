import { describe, expect, test } from "vitest";
import { LiveLines, PlainLines } from "../../packages/cli/dist/terminal/live-lines.js";
import { columns } from "../../packages/cli/dist/terminal/table.js";
import { wrapped } from "../../packages/cli/dist/words/wrapped.js";

function stream(columns?: number) {
  const written: string[] = [];
  return { columns, written, write: (text: string) => written.push(text) };
}

describe("progress on a terminal", () => {
  test("is drawn in one write, over what was there, and no line is wider than the terminal", () => {
    const out = stream(20);
    const live = new LiveLines(out);
    live.show(["first", "a line that is wider than the terminal"], 0);
    live.show(["second"], 100);
    live.clear();
    expect(out.written).toEqual([
      "first\x1b[K\na line that is wid…\x1b[K\n\x1b[J",
      "\x1b[2A\rsecond\x1b[K\n\x1b[J",
      "\x1b[1A\r\x1b[J",
    ]);
  });

  test("is not drawn more often than is seen, nor anew where nothing has changed", () => {
    const out = stream();
    const live = new LiveLines(out);
    live.show(["one"], 0);
    live.show(["two"], 99);
    live.show(["one"], 200);
    expect(out.written).toHaveLength(1);
    live.clear();
    live.clear();
    expect(out.written).toHaveLength(2);
  });
});

test("a table fits the terminal: what is wider goes on in the next line, and nothing is lost", () => {
  const rows = [["A department with a long name", "5eed0000-0000-4000-8000-000000000001", "on"]];
  const table = columns(["PROJECT", "ID", "FAXES"], rows, 60);
  for (const line of table.split("\n")) expect(line.length).toBeLessThanOrEqual(60);
  const names = table
    .split("\n")
    .slice(1)
    .map((line) => line.slice(0, 16).trim());
  expect(names.join(" ")).toBe("A department with a long name");
  expect(columns(["PROJECT"], [["short"]], Number.POSITIVE_INFINITY)).toBe("PROJECT\nshort");
});

test.each([
  ["one two three", 7, ["one two", "three"]],
  ["one", 2, ["one"]],
  ["", 5, [""]],
])("%j in lines of %i", (text, width, lines) => {
  expect(wrapped(text, width)).toEqual(lines);
});

test("progress elsewhere is a plain line every ten seconds, and none for what is done at once", () => {
  const out = stream();
  const plain = new PlainLines(out);
  for (let second = 0; second <= 25; second++) plain.show([`${second}`, "running"], second * 1000);
  plain.clear();
  expect(out.written).toEqual(["10\n", "20\n"]);
});
