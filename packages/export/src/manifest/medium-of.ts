import type { ExportMedium } from "../plan/export-medium.js";
import type { ManifestLine } from "./lines.js";

/** What the platform listed of a line; what was noted of its copy, or of why there is none, is left out. */
export function mediumOf(line: ManifestLine): ExportMedium {
  if (line.type !== "saved") {
    const { type: _, reason: __, message: ___, ...medium } = line;
    return medium;
  }
  const {
    type: _,
    key: __,
    size: ___,
    sha256: ____,
    savedAt: _____,
    recovered: ______,
    ...medium
  } = line;
  return medium;
}
