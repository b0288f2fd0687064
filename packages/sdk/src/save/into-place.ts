import { dirname } from "node:path";
import { moveInto } from "./collision.js";
import { hashFile, onDisk, statOrUndefined, syncFolder } from "./disk.js";
import type { Partial } from "./partial.js";
import { FileExistsError } from "./save-errors.js";
import type { Named, SaveJob } from "./save-job.js";

/** Gives a partial that is whole its target's name, or drops it where the same file is there. */
export async function giveName(
  job: SaveJob,
  partial: Partial,
  path: string,
  sha256: string,
): Promise<Named> {
  const { ifExists, isOfMany, thread } = job;
  const { path: part, file, loaded: size } = partial;
  const move = { part, file: file.fd, path, ifExists };
  // For one medium a thread is not worth its start.
  const moved = await onDisk(path, async () => (isOfMany ? thread.move(move) : moveInto(move)));
  if (moved === undefined) await onDisk(path, () => refuseUnlessSame(job, path, size, sha256));
  await onDisk(path, () => (moved === undefined ? partial.discard() : partial.finish()));
  if (moved !== undefined && !isOfMany) await syncFolder(dirname(moved));
  return { path: moved ?? path, kept: moved === undefined };
}

/** @throws FileExistsError unless the file that is there has the same bytes, and may stay */
export async function refuseUnlessSame(
  { ifExists, download }: SaveJob,
  path: string,
  size: number,
  sha256: string,
): Promise<void> {
  const found = ifExists === "skip-if-same" ? await statOrUndefined(path) : undefined;
  const mayBeSame = found?.isFile() === true && found.size === size;
  if (mayBeSame && (await hashFile(path, download.signal)) === sha256) return;
  throw new FileExistsError(path);
}
