import { isRecord } from "../errors.js";
import { unlessAborted, withDeadline } from "../http/deadline.js";
import { readText } from "../http/response-body.js";
import type { MediaRef, RecordingRef } from "../trust/media-reference.js";
import { isSameId } from "../trust/same-id.js";
import { mediaType } from "./file-name.js";

// A recording's URL without extension has been reported to answer the metadata to whoever brings
// credentials, and the bytes to everybody else.

/** The longest metadata that are read, in bytes, and for how long, in milliseconds. */
const longest = 65_536;
const patience = 5_000;

/** Whether a reference leaves its format to the platform, which may then take it for metadata. */
export function isBare(ref: MediaRef): ref is RecordingRef {
  return ref.kind === "recording" && !("file" in ref) && ref.format === undefined;
}

/**
 * Whether an answer is the recording's metadata, in place of its bytes; reads it, if it is JSON. An
 * error in JSON names no recording, and so is none.
 *
 * @throws the signal's reason
 */
export async function isMetadata(
  { recordingId }: RecordingRef,
  response: Response,
  signal: AbortSignal,
  timeout: number,
): Promise<boolean> {
  const isJson = mediaType(response.headers.get("content-type")) === "application/json";
  if (response.status !== 200 || !isJson) return false;
  const tooLate = () => new Error("The answer does not end.");
  const reading = withDeadline(signal, Math.min(timeout, patience), tooLate, (inTime) =>
    unlessAborted(inTime, readText(response, longest, inTime)),
  );
  const text = await reading.catch(() => "");
  signal.throwIfAborted();
  try {
    const body: unknown = JSON.parse(text);
    const ids = isRecord(body) ? [body["sid"], body["id"]] : [];
    return ids.some((id) => typeof id === "string" && isSameId(id, recordingId));
  } catch {
    return false;
  }
}
