import { lstat } from "node:fs/promises";
import { dirname } from "node:path";
import { TargetError } from "../errors.js";
import { unlessMissing } from "./on-disk.js";

/**
 * Refuses paths whose folders, below a root, are links: what is written there would lie elsewhere, where no
 * list of the root finds it again. The root itself may be one.
 *
 * @returns throws a TargetError for such a path
 */
export function linkGuard(root: string): (path: string) => Promise<void> {
  // A folder is looked at once: an export has many media in each.
  const seen = new Set<string>();
  return async (path) => {
    const folders: string[] = [];
    for (let at = dirname(path); at.length > root.length && !seen.has(at); at = dirname(at)) {
      folders.unshift(at);
    }
    for (const folder of folders) {
      const found = await unlessMissing(lstat(folder));
      // It, and what is below it, will be made.
      if (!found) return;
      if (found.isSymbolicLink()) {
        throw new TargetError(
          root,
          `${folder} is a link, and media would lie elsewhere. Put a folder in its place.`,
        );
      }
      seen.add(folder);
    }
  };
}
