import { lstat } from "node:fs/promises";
import { dirname } from "node:path";
import { TargetError } from "../errors.js";
import { unlessMissing } from "./on-disk.js";

/**
 * The first of a path's folders, below a root, that is a link: what is below it lies elsewhere, where no list
 * of the root finds it. The root itself may be one.
 *
 * @param seen folders that were none, which are not looked at again
 */
export async function linkedFolder(
  root: string,
  path: string,
  seen: Set<string> = new Set(),
): Promise<string | undefined> {
  const folders: string[] = [];
  for (let at = dirname(path); at.length > root.length && !seen.has(at); at = dirname(at)) {
    folders.unshift(at);
  }
  for (const folder of folders) {
    const found = await unlessMissing(lstat(folder));
    // It, and what is below it, will be made.
    if (!found) return undefined;
    if (found.isSymbolicLink()) return folder;
    seen.add(folder);
  }
  return undefined;
}

/**
 * Refuses to write where a folder below a root is a link. A folder is looked at once, since an export has
 * many media in each: one that is put in its place meanwhile is found by whoever reads the copies as proof,
 * and looks each time.
 *
 * @returns throws a TargetError for such a path
 */
export function linkGuard(root: string): (path: string) => Promise<void> {
  const seen = new Set<string>();
  return async (path) => {
    const folder = await linkedFolder(root, path, seen);
    if (folder === undefined) return;
    throw new TargetError(
      root,
      `${folder} is a link, and media would lie elsewhere. Put a folder in its place.`,
    );
  };
}
