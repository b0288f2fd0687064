import { existsSync, linkSync, renameSync, unlinkSync } from "node:fs";
import { join, parse } from "node:path";
import { codeOf } from "./masking.js";

/**
 * What to do when the target file exists: `error`: refuse; `overwrite`: replace it; `rename`: save
 * beside it as `name (1).ext`; `skip-if-same`: keep it if it has the very same bytes, else refuse.
 */
export type IfExists = "error" | "overwrite" | "rename" | "skip-if-same";

/** The values of {@link IfExists}. */
export const ifExistsValues: readonly unknown[] = ["error", "overwrite", "rename", "skip-if-same"];

/** How many names beside the target are tried. */
const mostRenames = 10_000;

/**
 * Gives a whole file its name, in one step: nobody ever sees half of it, and no file is replaced
 * unless told. Answers the path it got; `undefined` if the name is taken.
 *
 * Not by way of promises: a step in a folder takes the disk less time than the thread pool needs to
 * hear of it.
 */
export function moveInto(part: string, path: string, ifExists: IfExists): string | undefined {
  if (ifExists === "overwrite") {
    renameSync(part, path);
    return path;
  }
  const { dir, name, ext } = parse(path);
  for (let count = 0; count <= (ifExists === "rename" ? mostRenames : 0); count++) {
    const candidate = count === 0 ? path : join(dir, `${name} (${count})${ext}`);
    if (moveUnlessTaken(part, candidate)) return candidate;
  }
  return undefined;
}

function moveUnlessTaken(part: string, path: string): boolean {
  try {
    // Unlike rename, link refuses to replace a file that has appeared in the meantime.
    linkSync(part, path);
  } catch (error) {
    const code = codeOf(error) ?? "";
    if (code === "EEXIST") return false;
    // File systems without hard links (FAT, some network shares) can only look and then rename.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(code)) throw error;
    if (existsSync(path)) return false;
    renameSync(part, path);
    return true;
  }
  unlinkSync(part);
  return true;
}
