import { pick } from "./file-id.js";

/** Cells of the drawing that can be inked, those alike on both sides counted once: 5 rows of 3. */
const CELLS = 15;

const PAPER = "\xf0\xf2\xf5";
const INKS = [
  "\xc8\x3c\x3c",
  "\xc8\x82\x28",
  "\x3c\x96\x50",
  "\x28\x8c\xaa",
  "\x3c\x5a\xc8",
  "\x96\x46\xaa",
];

/**
 * The palette of a picture of the kind that stands for people without a photo, as RGB: paper, then a
 * colour for each cell. A bit of the id's number says whether that is ink.
 */
export function identiconPalette(id: string): string {
  const inked = pick(id, 2 ** CELLS);
  const ink = INKS[pick(`${id} ink`, INKS.length)] ?? PAPER;
  const cells = Array.from({ length: CELLS }, (_, cell) => ((inked >>> cell) & 1 ? ink : PAPER));
  return PAPER + cells.join("");
}
