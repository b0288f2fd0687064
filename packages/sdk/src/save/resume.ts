import type { MediaDownload } from "../download/media.js";
import { isSdkError } from "../errors.js";
import { onDisk } from "./disk.js";
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
  const { resume, sidecar, url, client, ref, download } = job;
  const look = resume && job.mayExist(sidecar);
  const partial = look ? await onDisk(sidecar, () => Partial.find(sidecar, url)) : undefined;
  if (!partial) return undefined;
  try {
    const [first] = partial.missing();
    const range = { start: first?.next ?? 0, ...(first?.end !== undefined && { end: first.end }) };
    const tag = partial.tag !== undefined && { ifRange: partial.tag };
    const media = await client.media.download(ref, { ...download, range, ...tag });
    if (media.range) return { partial, media };
    await onDisk(sidecar, () => partial.discard());
    return { partial: undefined, media };
  } catch (error) {
    // Not even its range is there any more, or a server that knows no `If-Range` sent it of another
    // version.
    const gone =
      isSdkError(error) &&
      ("status" in error
        ? error.status === 416
        : error.name === "IntegrityError" && error.reason === "changed");
    await (gone ? partial.discard() : partial.leave());
    if (gone) return undefined;
    throw error;
  }
}
