import { checkId } from "./file-id.js";
import { latin1 } from "./latin1.js";
import { type MediaFile, mediaFile } from "./media-file.js";
import { MP4_VIDEO } from "./mp4-fixture.js";

/** What {@link mp4File} needs to know. */
export interface Mp4Options {
  /** Names the video: it is in the file, in a box that players skip. Printable ASCII, at most 200. */
  readonly id: string;
  readonly lastModified: Date;
}

const FORMAT = { contentType: "video/mp4", extension: "mp4" };

/**
 * A video of a second, without sound: the same pictures for every id.
 *
 * @throws RangeError when the id is out of range
 */
export function mp4File({ id, lastModified }: Mp4Options): MediaFile {
  checkId(id);
  return mediaFile(
    FORMAT,
    lastModified,
    () => {
      // A box of free space at the end (ISO/IEC 14496-12 §8.1.2): its size, its type, anything.
      const free = `\0\0\0${String.fromCharCode(8 + id.length)}free${id}`;
      const pattern = latin1(atob(MP4_VIDEO) + free);
      return { head: new Uint8Array(0), pattern, size: pattern.length };
    },
    { recipe: { id } },
  );
}
