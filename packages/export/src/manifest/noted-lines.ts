import { ManifestError } from "../errors.js";
import { checkLines } from "./check-line.js";
import type { ManifestLine } from "./lines.js";
import { jsonLines } from "./shard.js";

/**
 * The lines that can be read of a file which is only added to: what a crash or a full disk cut short is none,
 * nor is what was added behind it. A medium whose note is lost so is compared with its copy, and noted anew.
 */
export function notedLines(document: string, text: string): ManifestLine[] {
  return text.split("\n").flatMap((line) => {
    try {
      return [...checkLines(document, jsonLines(document, line))];
    } catch (error) {
      if (error instanceof ManifestError) return [];
      throw error;
    }
  });
}
