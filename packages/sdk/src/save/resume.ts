import type { MediaDownload } from "../download/media.js";
import { isSdkError } from "../errors.js";
import { lstatOrUndefined, onDisk } from "./disk.js";
import { PartLock } from "./part-lock.js";
import { Partial } from "./partial.js";
import type { SaveJob } from "./save-job.js";

/** What a job goes on with. */
interface Found {
  readonly partial: Partial | undefined;
  readonly media: MediaDownload;
}

/**
 * What an earlier save left, and its rest; or, if the medium has changed since, the whole of the new
 * version; or nothing.
 */
export async function findPartial(job: SaveJob): Promise<Found | undefined> {
  const { client, source, download } = job;
  const partial = job.resume ? await onDisk(job.place.note, () => openPartial(job)) : undefined;
  if (!partial) return undefined;
  const { place } = job;
  try {
    const [first] = partial.missing();
    const range = { start: first?.next ?? 0, ...(first?.end !== undefined && { end: first.end }) };
    const tag = partial.tag !== undefined && { ifRange: partial.tag };
    const media = await client.media.download(source, { ...download, range, ...tag });
    if (media.range) return { partial, media };
    await onDisk(place.note, () => partial.discard());
    return { partial: undefined, media };
  } catch (error) {
    const isOver = isOfAnother(error);
    await (isOver || isGone(error) ? partial.discard() : partial.leave()).catch(() => {});
    if (isOver) return undefined;
    throw error;
  }
}

/** What is there of the medium, unless another save is at it. */
async function openPartial(job: SaveJob): Promise<Partial | undefined> {
  const { place, url, segments, mayExist } = job;
  const isThere = async (path: string) => (await lstatOrUndefined(path)) !== undefined;
  if (!mayExist(place.note) || !(await isThere(place.note))) return undefined;
  const lock = await PartLock.take(place.lock);
  if (!lock) return undefined;
  let found: Partial | undefined;
  try {
    found = await Partial.find(place, lock, url, segments);
    return found;
  } finally {
    if (!found) await lock.release();
  }
}

/**
 * Whether what is there cannot be gone on with: not even its range is there any more, or a server that
 * knows no `If-Range` sent it of another version.
 */
function isOfAnother(error: unknown): boolean {
  if (!isSdkError(error)) return false;
  if ("status" in error) return error.status === 416;
  return error.name === "IntegrityError" && error.reason === "changed";
}

/** Whether the medium is not there any more, of which bytes have come. */
export function isGone(error: unknown): boolean {
  return isSdkError(error) && "status" in error && (error.status === 404 || error.status === 410);
}
