/**
 * The audit over the platform: each kind of each project, some at a time.
 */

import type { Client, CreatedFilter, MediaRef } from "@media-protection/sdk";
import { mediaUrl } from "@media-protection/sdk/media-url";
import type { ProjectState } from "../estate/switches.js";
import { listMedia } from "../media/list-media.js";
import { failureLine } from "../terminal/failure.js";
import { askAnonymously, askWithCredentials } from "./probe.js";
import { takeSample } from "./sample.js";
import {
  type AuditKind,
  type AuditRow,
  auditKinds,
  type Try,
  verdictOf,
  worst,
} from "./verdict.js";

/** What an audit is told. */
export interface AuditSettings {
  /** Media between the oldest and the newest that are tried, of each kind of each project. */
  readonly sample: number;
  /** Which media. */
  readonly window: CreatedFilter;
  /** What asks without credentials. */
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
}

const listed = { recordings: "recordings", messageMedia: "messages", faxMedia: "faxes" } as const;

/** How many kinds of projects are tried at a time. */
const atOnce = 16;

/**
 * Tries the media of projects. Rows come as they are done.
 *
 * @param isDone what was tried before, and is not tried again
 * @param each gets each row, and is waited for
 */
export async function runAudit(
  client: Client,
  projects: readonly ProjectState[],
  settings: AuditSettings,
  isDone: (projectId: string, kind: AuditKind) => boolean,
  each: (row: AuditRow) => Promise<void>,
): Promise<void> {
  const todo = projects
    .flatMap((project) => auditKinds.map((kind) => ({ project, kind })))
    .filter(({ project, kind }) => !isDone(project.id, kind));
  const next = todo.values();
  const worker = async () => {
    for (const { project, kind } of next) {
      settings.signal.throwIfAborted();
      await each(await tryKind(client, project, kind, settings));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function tryKind(
  client: Client,
  project: ProjectState,
  kind: AuditKind,
  { sample, window, fetch, signal }: AuditSettings,
): Promise<AuditRow> {
  const { id: projectId, name, switches } = project;
  const isOn = switches[kind];
  const row = { projectId, name, kind, isOn };
  try {
    const media = listMedia(client, listed[kind], { ...window, projectId, signal });
    const { items, size } = await takeSample(media, sample, Math.random);
    const tries: Try[] = [];
    for (const { url, ref, hosted } of items) {
      const spaceOrigin = new URL(url).origin;
      for (const one of [...refsOf(ref), ...(hosted ? [hosted] : [])]) {
        const address = one === ref ? url : mediaUrl(one, { spaceOrigin, projectId });
        const time = new Date().toISOString();
        const [anonymous, credentialed] = await Promise.all([
          askAnonymously(address, fetch, signal),
          askWithCredentials(client, one, projectId, signal),
        ]);
        tries.push({ time, path: new URL(address).pathname, anonymous, credentialed });
      }
    }
    const found = worst(tries.map((one) => verdictOf(isOn, one)));
    const note = size === 0 ? { note: "No media." } : {};
    return { ...row, verdict: found, found, media: size, sample: items.length, tries, ...note };
  } catch (error) {
    signal.throwIfAborted();
    const nothing = {
      verdict: "UNKNOWN",
      found: "UNKNOWN",
      media: 0,
      sample: 0,
      tries: [],
    } as const;
    return { ...row, ...nothing, note: failureLine(error) };
  }
}

/** What a medium is on the space: a recording has three URLs. */
function refsOf(ref: MediaRef): readonly MediaRef[] {
  if (ref.kind !== "recording" || !("recordingId" in ref)) return [ref];
  return [ref, { ...ref, format: "wav" }, { ...ref, format: "mp3" }];
}
