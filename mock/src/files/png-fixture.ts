/**
 * The picture data of `pngFile`, zlib in base64: 120 × 120 pixels of 4 bits, unfiltered. A pixel holds 0 on
 * paper, and the number of its cell, 1 to 15, in the drawing: 5 × 5 cells of 20 pixels, left and right alike,
 * in a margin of 10. Made with Node 20:
 *
 *     node -e '
 *       const row = (y) => Buffer.from(Array.from({ length: 61 }, (_, i) =>
 *         i && (pixel(2 * i - 2, y) << 4) | pixel(2 * i - 1, y)));
 *       const cell = (at) => Math.floor((at - 10) / 20);
 *       const inside = (at) => at >= 10 && at < 110;
 *       const pixel = (x, y) =>
 *         inside(x) && inside(y) ? 1 + Math.min(cell(x), 4 - cell(x)) * 5 + cell(y) : 0;
 *       const rows = Buffer.concat(Array.from({ length: 120 }, (_, y) => row(y)));
 *       console.log(zlib.deflateSync(rows, { level: 9 }).toString("base64"));'
 */
export const PNG_CELLS =
  "eNrtyzERgEAUxNCzgAUsYAELWMACFrCABSxgAQtYwAJ0WQU384uk3NnXmln/Blrpomz5icVicR080kY3ZctPLBaL6+CJdnooW35isVhcB8900EvZ8hOLxeI6eKGTPsqWn1gsFtfBZr36AWLxFMA=";
