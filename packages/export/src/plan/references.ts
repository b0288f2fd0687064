import type { MediaRef } from "@media-protection/sdk";
import type { ExportMedium } from "./export-medium.js";

/** Whether the reference is a file of the files host, whose name says nothing of the medium's id. */
export function isHosted(ref: MediaRef): ref is Extract<MediaRef, { readonly file: string }> {
  return "file" in ref;
}

/**
 * Where else the bytes of a medium may be: a recording that only the Relay REST API lists is downloaded by
 * the URL which that states, and has one in the compatibility API, too. In the same format, so that it is
 * the same file. `undefined` where there is no other. Pure.
 */
export function otherReference({ kind, id, projectId, ref }: ExportMedium): MediaRef | undefined {
  if (kind !== "recording" || !isHosted(ref)) return undefined;
  const format = /\.(wav|mp3)$/i.exec(ref.file)?.[1]?.toLowerCase();
  if (format !== "wav" && format !== "mp3") return undefined;
  return { kind, projectId, recordingId: id, format };
}

/**
 * Whether a medium's fields and its reference speak of one and the same: a line that somebody wrote could
 * have the reference of one medium and the id of another. Of a file of the files host only kind and project
 * can be compared. Pure.
 */
export function isOfOneMedium(medium: ExportMedium): boolean {
  const { kind, id, projectId, messageId = "", faxId = "", ref } = medium;
  const isSame = (one: unknown, other: string) =>
    typeof one === "string" && one.toLowerCase() === other.toLowerCase();
  if (ref.kind !== kind || !isSame(ref.projectId ?? projectId, projectId)) return false;
  if (isHosted(ref)) return true;
  if (ref.kind === "recording") return isSame(ref.recordingId, id);
  if (!isSame(ref.mediaId, id)) return false;
  return ref.kind === "messageMedia" ? isSame(ref.messageId, messageId) : isSame(ref.faxId, faxId);
}
