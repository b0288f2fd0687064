import { isSdkError } from "../errors.js";
import { discard } from "../http/response-body.js";
import { onDisk, statOrUndefined } from "./disk.js";
import { compare, writeThrough } from "./fill.js";
import { receiveWhole } from "./land-whole.js";
import { findPartial, isGone } from "./resume.js";
import { FileExistsError } from "./save-errors.js";
import type { Asked, SaveJob } from "./save-job.js";
import type { Finish, SavedMedia } from "./save-options.js";

/**
 * Saves one medium, step by step: asked for, judged by what is at its target, read whole into memory or
 * written through a partial; and then, while others come, flushed and given its name.
 */
export async function receive(job: SaveJob): Promise<Finish<SavedMedia>> {
  const asked = await ask(job);
  return tidily(asked, async () => {
    const { media } = asked;
    const { contentType } = media;
    const path = job.pathFor(media.fileName);
    const same = await judge(job, asked, path);
    if (same) return async () => ({ ...same, path, contentType, kept: true });
    const finish = (await receiveWhole(job, asked, path)) ?? (await writeThrough(job, asked, path));
    return () => tidily(asked, async () => ({ ...(await finish()), contentType }));
  });
}

/** Does a part of it, and leaves nothing behind that nobody could use if that fails. */
async function tidily<Result>(asked: Asked, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    await letGo(asked, error);
    throw error;
  }
}

/** Asks for what an earlier save left undone, else for the whole. */
async function ask(job: SaveJob): Promise<Asked> {
  const found = await findPartial(job);
  const media = found?.media ?? (await job.client.media.download(job.source, job.download));
  return { media, partial: found?.partial };
}

/**
 * Whether a file at the target stands in the way, or is the medium already: then what is known of it.
 *
 * @throws FileExistsError as `ifExists` says
 */
async function judge(
  job: SaveJob,
  { media, partial }: Asked,
  path: string,
): Promise<Pick<SavedMedia, "size" | "sha256"> | undefined> {
  const { ifExists, mayExist } = job;
  const there = mayExist(path) && (await onDisk(path, () => statOrUndefined(path)));
  if (!there || ifExists === "overwrite" || ifExists === "rename") return undefined;
  // A pipe or a device could be read for ever.
  if (ifExists === "error" || !there.isFile()) throw new FileExistsError(path);
  return partial ? undefined : compare(path, there.size, media, job.download.signal);
}

/** Leaves to a later save what it can go on with, and ends the connection. */
async function letGo({ media, partial }: Asked, error: unknown): Promise<void> {
  // Bytes that merely came to an early end are worth keeping; others may be wrong, or of a medium
  // that is not there any more.
  const isCut = isSdkError(error) && error.name === "IntegrityError" && error.reason === "cut";
  const wrong = isSdkError(error) && error.name === "IntegrityError" && !isCut;
  // What failed first is what the caller needs to know, not what tidying up made of it.
  await (wrong || isGone(error) ? partial?.discard() : partial?.leave())?.catch(() => {});
  if (!media.body.locked) discard(media.body, error);
}
