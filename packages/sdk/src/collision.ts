import { link, rename } from "node:fs/promises";
import { join, parse } from "node:path";
import { removeFile, statOrUndefined } from "./disk.js";
import { codeOf } from "./masking.js";
import { FileExistsError } from "./save-errors.js";

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
 * unless told. Answers the path it got.
 */
export async function moveInto(part: string, path: string, ifExists: IfExists): Promise<string> {
  if (ifExists === "overwrite") {
    await rename(part, path);
    return path;
  }
  const { dir, name, ext } = parse(path);
  for (let count = 0; count <= (ifExists === "rename" ? mostRenames : 0); count++) {
    const candidate = count === 0 ? path : join(dir, `${name} (${count})${ext}`);
    if (await moveUnlessTaken(part, candidate)) return candidate;
  }
  throw new FileExistsError(path);
}

async function moveUnlessTaken(part: string, path: string): Promise<boolean> {
  try {
    // Unlike rename, link refuses to replace a file that has appeared in the meantime.
    await link(part, path);
  } catch (error) {
    const code = codeOf(error) ?? "";
    if (code === "EEXIST") return false;
    // File systems without hard links (FAT, some network shares) can only look and then rename.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(code)) throw error;
    if (await statOrUndefined(path)) return false;
    await rename(part, path);
    return true;
  }
  await removeFile(part);
  return true;
}
