import { checkId } from "./file-id.js";
import { JPEG_PICTURE } from "./jpeg-fixture.js";
import { latin1 } from "./latin1.js";
import { type MediaFile, mediaFile } from "./media-file.js";

/** What {@link jpegFile} needs to know. */
export interface JpegOptions {
  /** Names the picture: it is in the file as a comment. Printable ASCII, at most 200. */
  readonly id: string;
  readonly lastModified: Date;
}

const FORMAT = { contentType: "image/jpeg", extension: "jpg" };

/** The comment goes behind SOI and the JFIF header, which must come first. */
const COMMENT_AT = 20;

let picture: Uint8Array | undefined;

/**
 * A photo: 160 × 120 baseline JPEG, the same picture for every id.
 *
 * @throws RangeError when the id is out of range
 */
export function jpegFile({ id, lastModified }: JpegOptions): MediaFile {
  checkId(id);
  return mediaFile(
    FORMAT,
    lastModified,
    () => {
      picture ??= latin1(atob(JPEG_PICTURE));
      const comment = latin1(`\xff\xfe\0${String.fromCharCode(id.length + 2)}${id}`);
      const head = new Uint8Array(COMMENT_AT + comment.length);
      head.set(picture.subarray(0, COMMENT_AT));
      head.set(comment, COMMENT_AT);
      const pattern = picture.subarray(COMMENT_AT);
      return { head, pattern, size: head.length + pattern.length };
    },
    { recipe: { id } },
  );
}
