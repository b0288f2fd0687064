import {
  existsSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  linkSync,
  lstatSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join, parse } from "node:path";
import { codeOf } from "../trust/masking.js";

/**
 * What to do when the target file exists: `error`: refuse; `overwrite`: replace it; `rename`: save
 * beside it as `name (1).ext`; `skip-if-same`: keep it if it has the very same bytes, else refuse.
 * What replaces a file has its mode and, where this process may give it, its owner. A link is replaced
 * by the file; what it leads to stays as it is.
 */
export type IfExists = "error" | "overwrite" | "rename" | "skip-if-same";

/** The values of {@link IfExists}. */
export const ifExistsValues: readonly unknown[] = ["error", "overwrite", "rename", "skip-if-same"];

/** How many names beside the target are tried. */
const mostRenames = 10_000;

/** A file that is whole, and the name that it is to have. */
export interface Move {
  /** Where it is. */
  readonly part: string;
  /** The descriptor of what was written. */
  readonly file: number;
  /** The target. */
  readonly path: string;
  readonly ifExists: IfExists;
}

/**
 * Gives a whole file its name, in one step: nobody ever sees half of it, and no file is replaced
 * unless told. Answers the path it got; `undefined` if the name is taken.
 *
 * Not by way of promises: a step in a folder takes the disk less time than the thread pool needs to
 * hear of it.
 *
 * @throws Error with the code `ENOENT` if what was written is no longer at `part`; with `skip-if-same`
 *   another save of the same version may have moved it to where it belongs, so the name is then taken
 */
export function moveInto({ part, file, path, ifExists }: Move): string | undefined {
  // Another save of the same version may have removed it, and a third one have begun anew.
  if (!isAt(part, file)) {
    if (ifExists === "skip-if-same") return undefined;
    throw Object.assign(new Error(`${part} is no longer there`), {
      code: "ENOENT",
      syscall: "link",
    });
  }
  if (ifExists === "overwrite") {
    keepRights(file, path);
    renameSync(part, path);
    return path;
  }
  const { dir, name, ext } = parse(path);
  for (let count = 0; count <= (ifExists === "rename" ? mostRenames : 0); count++) {
    const candidate = count === 0 ? path : join(dir, numbered(name, count, ext));
    if (moveUnlessTaken(part, candidate)) return candidate;
  }
  return undefined;
}

/** `name (1).ext`, with as much of the name as a file system has room for. */
function numbered(name: string, count: number, ext: string): string {
  const end = ` (${count})${ext}`;
  let room = 255 - Buffer.byteLength(end);
  const kept = [...name].filter((one) => {
    room -= Buffer.byteLength(one);
    return room >= 0;
  });
  return kept.join("") + end;
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
  // Which another save of the same version may have done.
  rmSync(part, { force: true });
  return true;
}

/** Whether an open file is the one at the path. */
export function isAt(path: string, file: number): boolean {
  const [own, found] = [fstatSync(file), statSync(path, { throwIfNoEntry: false })];
  return found !== undefined && own.ino === found.ino && own.dev === found.dev;
}

/** Gives a file mode and owner of the one it will replace, as far as this process may. */
function keepRights(file: number, path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  // A link is replaced itself, and has no rights of its own.
  if (!found?.isFile()) return;
  const own = fstatSync(file);
  const isOther = own.uid !== found.uid || own.gid !== found.gid;
  for (const keep of [
    ...(isOther ? [() => fchownSync(file, found.uid, found.gid)] : []),
    () => fchmodSync(file, found.mode & 0o7777),
  ]) {
    try {
      keep();
    } catch {
      // Only root may give a file away; a file system may know no rights.
    }
  }
}
