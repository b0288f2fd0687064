import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Where a partial that a later save can go on with is, and what belongs to it. */
export interface PartPlace {
  /** The bytes. */
  readonly part: string;
  /** What they are, and which of them are there. */
  readonly note: string;
  /** Who may write to them. */
  readonly lock: string;
}

/**
 * Named by a hash of target and medium, in the target's folder: a name beside the target's own could
 * be too long.
 *
 * @param target the path that the medium will have, but for what its type decides
 */
export function partPlace(target: string, url: string): PartPlace {
  const about = JSON.stringify([basename(target), url]);
  const name = createHash("sha256").update(about).digest("hex").slice(0, 32);
  const part = join(dirname(target), `.${name}.part`);
  return { part, note: `${part}.json`, lock: `${part}.lock` };
}

/** A name for a file that no later save will look for. */
export function passingPath(folder: string): string {
  return join(folder, `.${randomUUID()}.part`);
}

/** Opens a file of ours for reading; `undefined` for none, and for a link or a pipe put in its place. */
export async function openOwn(path: string, flags: number): Promise<FileHandle | undefined> {
  const safely = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags | safely).catch(() => undefined);
  const found = await file?.stat();
  // One with two names is a target, too: a process was killed between the last two steps.
  if (file && found?.isFile() && found.nlink === 1) return file;
  await file?.close();
  return undefined;
}
