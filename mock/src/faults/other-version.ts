import type { MediaFile } from "../files/files.js";

/** Up to here the bytes stay, which keeps the head of a usual file, and with it its type. */
const headBytes = 1024;

/**
 * Another version of a file: the same size and type, every byte but the first changed, and an ETag of
 * its own. It need not decode.
 */
export function otherVersion(file: MediaFile): MediaFile {
  const from = Math.min(headBytes, Math.floor(file.size / 2));
  const change = (bytes: Uint8Array<ArrayBuffer>, start: number) => {
    for (let index = Math.max(0, from - start); index < bytes.length; index++) {
      bytes[index] = (bytes[index] ?? 0) ^ 1;
    }
    return bytes;
  };
  return {
    contentType: file.contentType,
    extension: file.extension,
    size: file.size,
    etag: file.etag.replace(/"$/, '-2"'),
    // HTTP tells whole seconds.
    lastModified: new Date(file.lastModified.getTime() + 1000),
    bytes: (start = 0, end = file.size) => change(file.bytes(start, end), start),
    stream(start = 0, end = file.size) {
      let at = start;
      return file.stream(start, end).pipeThrough(
        new TransformStream({
          transform(chunk, controller) {
            const begins = at;
            at += chunk.length;
            controller.enqueue(change(chunk, begins));
          },
        }),
      );
    },
  };
}
