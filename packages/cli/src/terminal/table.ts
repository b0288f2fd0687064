import { stripVTControlCharacters } from "node:util";
import Table from "cli-table3";

/** Nothing is drawn around the cells: what is copied from the terminal is text. */
const bare = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left"],
    ...["bottom-right", "left", "left-mid", "mid", "mid-mid", "right", "right-mid"],
  ].map((name) => [name, ""]),
);

/**
 * Rows below each other in columns, no wider than the terminal: the first column gives way, and goes on
 * in the next line: nothing of it is lost.
 *
 * @param width columns of the terminal
 */
export function columns(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const gap = 2;
  const widthOf = (index: number) =>
    Math.max(...[head, ...rows].map((row) => stripVTControlCharacters(row[index] ?? "").length));
  const widths = head.map((_, index) => widthOf(index) + gap);
  // Behind the last there is nothing to keep apart.
  const others = widths.slice(1).reduce((sum, one) => sum + one, -gap);
  const first = Math.max(8, Math.min(widths[0] ?? 0, width - others));
  const table = new Table({
    head: [...head],
    chars: { ...bare, middle: "" },
    style: { head: [], border: [], "padding-left": 0, "padding-right": gap },
    colWidths: [first, ...widths.slice(1)],
    wordWrap: true,
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
