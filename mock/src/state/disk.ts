/**
 * Files that are written whole or not at all, and stay written when the power goes.
 */

import { randomBytes } from "node:crypto";
import {
  type FileHandle,
  lstat,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
} from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** What follows the name of a file in the name of its new version: nobody else's file is named so. */
const temporary = /^\.[0-9a-f]{16}\.tmp$/;

/** The code of a system error; `undefined` for another one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

/** Where a file really is, its links followed: also when it, or what a link names, is not there yet. */
export async function realFile(file: string): Promise<string> {
  let path = resolve(file);
  // As many links as Linux follows.
  for (let links = 0; links < 40; links++) {
    try {
      return await realpath(path);
    } catch (error) {
      if (codeOf(error) !== "ENOENT") throw error;
    }
    const folder = await realpath(dirname(path));
    path = join(folder, basename(path));
    const isLink = await lstat(path).then(
      (found) => found.isSymbolicLink(),
      () => false,
    );
    if (!isLink) return path;
    path = resolve(folder, await readlink(path));
  }
  return path;
}

/**
 * Puts a file in the place of the one of its name: a new one first, for its owner's eyes only, which
 * is flushed, takes the old one's place, and the folder is flushed, too.
 *
 * @returns the new file, open; to be closed by the caller.
 */
export async function replaceFile(
  file: string,
  parts: Iterable<string | Uint8Array>,
): Promise<FileHandle> {
  const beside = `${file}.${randomBytes(8).toString("hex")}.tmp`;
  // Fails where there is such a file or link: nothing is ever written through either.
  const handle = await open(beside, "wx+", 0o600);
  try {
    for (const part of parts) await handle.writeFile(part);
    await handle.sync();
    await rename(beside, file);
    await flushFolder(dirname(file));
    return handle;
  } catch (error) {
    await handle.close();
    await rm(beside, { force: true });
    throw error;
  }
}

/** Removes new versions of a file, or of any in a folder, that a process which was killed left. */
export async function removeLeftovers(folder: string, isOurs: (name: string) => boolean) {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const at = name.length - ".0123456789abcdef.tmp".length;
    if (at > 0 && temporary.test(name.slice(at)) && isOurs(name.slice(0, at))) {
      await rm(join(folder, name), { force: true });
    }
  }
}

/** Makes sure that what was renamed in a folder stays so. */
async function flushFolder(folder: string): Promise<void> {
  // Windows opens no folder, and has no need to.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
