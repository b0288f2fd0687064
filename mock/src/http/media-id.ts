import type { Platform } from "../platform/platform.js";
import { findSent } from "../platform/sent-names.js";
import { uuidPattern } from "../rules/ids.js";

const atEnd = new RegExp(`(${uuidPattern})(?:\\.\\w+)?$`, "i");

/**
 * The id in the last segment of a path to bytes, in lower case: `/…/Recordings/<id>`, `/…/<id>.wav`,
 * `/…/faxes/<date>-<id>.pdf`.
 */
export function mediaIdOf(path: string): string | undefined {
  return atEnd.exec(path)?.[1]?.toLowerCase();
}

const byName = /^\/[^/]+\/([^/]+)\/message-media\/([^/]+)$/;

/** The id of the medium that a path to bytes asks for, also where the path has but its name. */
export function mediaIdAt(path: string, platform: Platform): string | undefined {
  const [, projectId, name] = byName.exec(path) ?? [];
  if (projectId === undefined || name === undefined) return mediaIdOf(path);
  return findSent(platform, projectId, decoded(name))?.id ?? mediaIdOf(path);
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
