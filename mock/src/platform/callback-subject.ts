/**
 * A medium of the platform, as callbacks tell of it.
 */

import type { MediaKind } from "@media-protection/contract";
import type { CallbackSubject } from "../callbacks/callback-shapes.js";
import { OptionError } from "../rules/checks.js";
import type { Entities } from "./entities.js";
import { faxMediaUrls, messageMediaUrls, type Place, recordingUrls } from "./urls.js";

/** What of a platform a medium is found in. */
type Found = Entities & Place & { readonly credentials: { readonly projectId: string } };

/**
 * Finds it: by its id, or the newest of the kind that the project has.
 *
 * @throws OptionError where there is none, no such project, or the medium is another's.
 */
export function callbackSubject(
  platform: Found,
  kind: MediaKind,
  id: string | undefined,
  projectId: string | undefined,
): CallbackSubject {
  const { id: project } = platform.project(projectId ?? platform.credentials.projectId);
  const found = id ?? newest(platform, kind, project);
  if (found === undefined) {
    throw new OptionError("media", `added first: the project has no ${kind}`);
  }
  const subject = describe(platform, kind, found);
  if (subject === undefined) throw new OptionError("media", `the id of a ${kind}`);
  if (projectId !== undefined && subject.projectId !== project) {
    throw new OptionError("media", "of the project");
  }
  return subject;
}

function newest(platform: Found, kind: MediaKind, projectId: string): string | undefined {
  const { recordings, messages, messageMedia, faxes, faxMedia } = platform;
  if (kind === "recording") return recordings.of(projectId).at(-1)?.entity.id;
  const [parents, media] = kind === "messageMedia" ? [messages, messageMedia] : [faxes, faxMedia];
  // Most messages have no attachment.
  for (const { entity } of parents.of(projectId).toReversed()) {
    const last = media.of(entity.id).at(-1);
    if (last !== undefined) return last.entity.id;
  }
  return undefined;
}

const unknown = { from: "+15550100001", to: "+15550100002", duration: 0, pages: 0 };

function describe(platform: Found, kind: MediaKind, id: string): CallbackSubject | undefined {
  const { spaceId } = platform;
  if (kind === "recording") {
    const recording = platform.recordings.get(id);
    if (!recording) return undefined;
    const { space: spaceUrl, files: filesUrl } = recordingUrls(platform, recording);
    const { projectId, call, conferenceId, durationSeconds: duration } = recording;
    const { contentType, size } = recording.files.wav;
    const parentId = call?.id ?? conferenceId ?? id;
    const about = { kind, id, projectId, spaceId, spaceUrl, filesUrl, contentType, size };
    return { ...unknown, ...about, parentId, duration };
  }
  if (kind === "messageMedia") {
    const media = platform.messageMedia.get(id);
    const message = media && platform.messages.get(media.messageId);
    if (!media || !message) return undefined;
    const { space: spaceUrl, files: filesUrl } = messageMediaUrls(platform, media);
    const { contentType, size } = media.file;
    const { projectId, from, to } = message;
    const about = { kind, id, projectId, spaceId, spaceUrl, filesUrl, contentType, size };
    return { ...unknown, ...about, parentId: message.id, from, to };
  }
  const media = platform.faxMedia.get(id);
  const fax = media && platform.faxes.get(media.faxId);
  if (!media || !fax) return undefined;
  const { space: spaceUrl, files: filesUrl } = faxMediaUrls(platform, media);
  const { contentType, size } = media.file;
  const { projectId, from, to, pages } = fax;
  const about = { kind, id, projectId, spaceId, spaceUrl, filesUrl, contentType, size };
  return { ...unknown, ...about, parentId: fax.id, from, to, pages: pages ?? 0 };
}
