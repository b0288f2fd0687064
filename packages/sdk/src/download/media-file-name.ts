import { OptionError } from "../errors.js";
import { checkKnown } from "../trust/known-options.js";
import { type MediaRef, rebuildRef } from "../trust/media-reference.js";
import { fileNameOf, mediaType } from "./file-name.js";

/**
 * The name under which a medium would be saved, without asking for it: its id, and the extension of the
 * type. Safe for every file system.
 *
 * @param options `contentType`: the media type that a listing states
 * @throws OptionError for a reference that is malformed
 * @example
 * mediaFileName({ kind: "recording", recordingId }); // "7c0e4f8a-….wav"
 */
export function mediaFileName(
  ref: MediaRef,
  options: { readonly contentType?: string | undefined } = {},
): string {
  const { contentType } = checkKnown(options, { contentType: true });
  if (contentType !== undefined && typeof contentType !== "string") {
    throw new OptionError("contentType", "a media type, or left out");
  }
  const { ref: read } = rebuildRef(ref, {
    spaceOrigin: "https://space.invalid",
    projectId: "00000000-0000-4000-8000-000000000000",
  });
  return fileNameOf(read, mediaType(contentType ?? null));
}
