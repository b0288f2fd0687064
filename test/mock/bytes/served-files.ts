import { type ServeOptions, serveFile } from "../../../mock/dist/bytes/serve-file.js";
import { bytesFile, type MediaFile, wavFile } from "../../../mock/dist/files/files.js";

/** Files to be served, their validators, and the answers to a GET and a HEAD for one of them. */

export const lastModified = new Date("2026-03-01T10:20:30.456Z");
export const date = "Sun, 01 Mar 2026 10:20:30 GMT";
export const earlier = "Sun, 01 Mar 2026 10:20:29 GMT";
export const later = "Sun, 01 Mar 2026 10:20:31 GMT";
export const digits = bytesFile({
  bytes: new TextEncoder().encode("0123456789"),
  contentType: "text/plain",
  extension: "txt",
  lastModified,
});
export const tag = digits.etag;
export const empty = bytesFile({
  bytes: new Uint8Array(0),
  contentType: "text/plain",
  extension: "txt",
  lastModified,
});
export const large = wavFile({ id: "large", size: 5 * 2 ** 30, lastModified });

export type Fields = Readonly<Record<string, string>>;

export function get(
  fields: Fields = {},
  file: MediaFile = digits,
  options?: ServeOptions,
): Response {
  return serveFile(new Request("https://mock.test/file", { headers: fields }), file, options);
}

export function head(
  fields: Fields = {},
  file: MediaFile = digits,
  options?: ServeOptions,
): Response {
  const request = new Request("https://mock.test/file", { method: "HEAD", headers: fields });
  return serveFile(request, file, options);
}
