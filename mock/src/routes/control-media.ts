/**
 * Reads what `POST /__mock/media` says, and adds it.
 */

import { isMediaKind, type MediaKind, mediaKinds } from "@media-protection/contract";
import { bytesFile } from "../files/files.js";
import { readBounded } from "../http/bounded-body.js";
import { parseWhen } from "../http/dates.js";
import { addFiles, attachmentType, fixedType, kindOfExtension } from "../platform/media-files.js";
import { type AddedMedium, describeMedium } from "../platform/media-lookup.js";
import type { Platform } from "../platform/platform.js";
import { OptionError } from "../rules/checks.js";

/**
 * Adds the medium that a JSON body describes: `kind`, and any option of the platform's `addRecording`,
 * `addMessageMedia` or `addFaxMedia` that is not a file; `createdAt` as a date or a time.
 *
 * @throws OptionError for what is no such description, or what the platform does not take.
 * @throws RangeError for a size or length that no file can have.
 */
export function addMedium(platform: Platform, body: unknown): AddedMedium {
  if (typeof body !== "object" || body === null || !("kind" in body) || !isMediaKind(body.kind)) {
    throw new OptionError("kind", `one of ${Object.keys(mediaKinds).join(", ")}`);
  }
  const { kind, ...described } = body;
  for (const name of fileOptions) {
    if (name in described) throw new OptionError(name, "left out: JSON has no files");
  }
  return add(platform, kind, withMoments(described));
}

/** The options that are files, which JSON cannot say. */
const fileOptions = ["wav", "mp3", "mp4", "file"];

/**
 * Times as JSON has them, a date or a time, as the platform takes them.
 *
 * @throws OptionError for a time that cannot be read.
 */
export function withMoments(described: object): object {
  const entries = Object.entries(described).map(([name, value]) => {
    if (name !== "createdAt" && name !== "expiresAt") return [name, value];
    const when = typeof value === "string" ? parseWhen(value) : undefined;
    if (when === undefined) throw new OptionError(name, "a date (YYYY-MM-DD) or a time");
    return [name, when.moment];
  });
  return Object.fromEntries(entries);
}

/** The platform checks every option itself. */
function add(platform: Platform, kind: MediaKind, options: object): AddedMedium {
  switch (kind) {
    case "recording":
      return describeMedium(platform, platform.addRecording(options).recording);
    case "messageMedia":
      return describeMedium(platform, platform.addMessageMedia(options).media);
    case "faxMedia":
      return describeMedium(platform, platform.addFaxMedia(options).media);
  }
}

/** The largest form that is read, in bytes: what it holds is kept in memory. */
const maxUploadBytes = 64 * 1024 * 1024;

/** What a form says of the file in it; the platform checks each itself. */
const formFields = [
  "projectId",
  "createdAt",
  "status",
  "from",
  "to",
  "body",
  "messageId",
  "faxId",
] as const;

/**
 * Adds the file that a form holds in `file` (RFC 7578), as `curl -F file=@call.wav` sends it. `kind` says
 * of what kind it is; without it, a WAV or MP3 is a recording, a PDF or TIFF a fax document, and anything
 * else an attachment, sent by the file's own name.
 *
 * @throws OptionError for a form that is none, is too large, or says what cannot be.
 */
export async function addUpload(platform: Platform, request: Request): Promise<AddedMedium> {
  const form = await readForm(request);
  const upload = form.get("file");
  if (upload === null || typeof upload === "string") throw new OptionError("file", "a file");
  const unknown = [...form.keys()].find(
    (name) => name !== "file" && name !== "kind" && !formFields.some((field) => field === name),
  );
  if (unknown !== undefined) {
    throw new OptionError(unknown, `left out: a form has kind, file, ${formFields.join(", ")}`);
  }
  const extension = /\.(\w+)$/.exec(upload.name)?.[1]?.toLowerCase() ?? "bin";
  const kind = form.get("kind") ?? kindOfExtension(extension) ?? "messageMedia";
  if (!isMediaKind(kind))
    throw new OptionError("kind", `one of ${Object.keys(mediaKinds).join(", ")}`);
  const contentType =
    kind === "messageMedia" ? attachmentType(extension, upload.type) : fixedType(kind, extension);
  if (contentType === undefined) {
    throw new OptionError("file", kind === "recording" ? "a WAV or an MP3" : "a PDF or a TIFF");
  }
  const file = bytesFile({
    bytes: new Uint8Array(await upload.arrayBuffer()),
    lastModified: new Date(platform.now()),
    ...{ contentType, extension },
  });
  const said = formFields.flatMap((name) => {
    const value = form.get(name);
    return typeof value === "string" && value !== "" ? [[name, value] as const] : [];
  });
  const options = withMoments(Object.fromEntries(said));
  const named = kind === "messageMedia" ? { fileName: upload.name } : {};
  return addFiles(platform, kind, [file], { ...named, ...options });
}

async function readForm(request: Request): Promise<FormData> {
  const expected = "a form (multipart/form-data) of at most 64 MiB";
  const type = request.headers.get("content-type") ?? "";
  const announced = Number(request.headers.get("content-length") ?? 0);
  const bytes =
    announced > maxUploadBytes ? undefined : await readBounded(request.body, maxUploadBytes);
  if (bytes === undefined) throw new OptionError("body", expected);
  try {
    return await new Response(bytes, { headers: { "content-type": type } }).formData();
  } catch {
    throw new OptionError("body", expected);
  }
}
