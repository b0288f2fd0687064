import { isMediaKind, mediaKinds } from "@media-protection/contract";
import type { Client, MediaKind } from "@media-protection/sdk";
import { isMediaProtectionError, OptionError } from "@media-protection/sdk";
import { ahead } from "./ahead.js";
import { type ExportMedium, ofFaxMedia, ofMessageMedia, ofRecording } from "./export-medium.js";

/** What an export is about: which media of which projects. */
export interface Selection {
  /**
   * Whose media: `"own"`, the client's project; `"tree"`, it and its subprojects; or ids. Other projects
   * than its own need the client's option `projects`.
   */
  readonly projects: "own" | "tree" | readonly string[];
  /** Which kinds. */
  readonly kinds: "all" | readonly MediaKind[];
  /**
   * Only media created in this second or later; attachments by when their message was sent. Left out, not
   * `undefined`: a setting that is not there would widen the export.
   */
  readonly since?: Date;
  /** Only media created before this second; as above. */
  readonly until?: Date;
}

/** One list of the platform's: a kind of one project. */
export interface MediaList {
  /** The kind. */
  readonly kind: MediaKind;
  /** The project. */
  readonly projectId: string;
}

const allKinds = Object.keys(mediaKinds).filter(isMediaKind);
/** A medium as it comes by in a listing. */
export interface Sighting {
  readonly medium: ExportMedium;
  /** Whether it may have come before: recordings are in two lists, most of them in both. */
  readonly mayBeAgain: boolean;
}

/** How many messages or faxes are asked for their media at once. */
const detailsAtOnce = 8;
/** The platform's largest page. */
const pageSize = 1000;

/** @throws OptionError for a selection that leaves open what it means */
export function checkSelection(selection: Selection): void {
  const { projects, kinds } = selection;
  const isIds = (value: unknown) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => typeof one === "string" && one !== "");
  if (projects !== "own" && projects !== "tree" && !isIds(projects)) {
    throw new OptionError("projects", '"own", "tree" or a list of project ids');
  }
  const isKinds = Array.isArray(kinds) && kinds.length > 0 && kinds.every(isMediaKind);
  if (kinds !== "all" && !isKinds) {
    throw new OptionError("kinds", `"all" or a list of ${allKinds.join(", ")}`);
  }
  for (const name of ["since", "until"] as const) {
    const date = selection[name];
    if (name in selection && !(date instanceof Date && !Number.isNaN(date.getTime()))) {
      throw new OptionError(name, "a valid Date, or left out");
    }
  }
  if (selection.since && selection.until && selection.since >= selection.until) {
    throw new OptionError("until", "later than since: the window would be empty");
  }
}

/** The lists that a selection is made of. */
export async function listsOf(
  client: Client,
  selection: Selection,
  signal?: AbortSignal | undefined,
): Promise<MediaList[]> {
  checkSelection(selection);
  const kinds = selection.kinds === "all" ? allKinds : selection.kinds;
  const ids = await projectsOf(client, selection, signal);
  return ids.flatMap((projectId) => kinds.map((kind) => ({ kind, projectId })));
}

/** Which shards are of some lists, by their names: `KIND/PROJECT/…`. */
export function shardsIn(lists: readonly MediaList[]): (shard: string) => boolean {
  const own = new Set(lists.map(({ kind, projectId }) => `${kind}/${projectId.toLowerCase()}`));
  return (shard) => {
    const [kind = "", projectId = ""] = shard.split("/");
    return own.has(`${kind}/${projectId.toLowerCase()}`);
  };
}

async function projectsOf(
  client: Client,
  { projects }: Selection,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  if (projects === "own") return [await ownProject(client)];
  if (projects !== "tree") return [...new Set(projects)];
  const ids: string[] = [];
  for await (const { id } of client.projects.list({ signal })) ids.push(id);
  return ids;
}

/**
 * The media of one list, in the platform's order, as they are read: nothing is kept, so one that is in two
 * lists comes twice. What is deleted meanwhile is passed over: a message, a fax, and of a tree a project.
 */
export async function* listMedia(
  client: Client,
  list: MediaList,
  selection: Selection,
  signal?: AbortSignal | undefined,
): AsyncGenerator<Sighting> {
  try {
    yield* readList(client, list, selection, signal);
  } catch (error) {
    // One that somebody named and is not there is an error, or a typing mistake would export nothing.
    if (selection.projects !== "tree" || !isNotFound(error)) throw error;
    const ids = await projectsOf(client, selection, signal);
    if (ids.includes(list.projectId)) throw error;
  }
}

async function* readList(
  client: Client,
  { kind, projectId }: MediaList,
  window: Pick<Selection, "since" | "until">,
  signal: AbortSignal | undefined,
): AsyncGenerator<Sighting> {
  const call = { projectId, signal };
  const page = { ...call, pageSize };
  const { since, until } = window;
  const created = {
    ...(since && { createdAfter: since }),
    ...(until && { createdBefore: until }),
  };
  if (kind === "recording") {
    // One list after the other: united, the SDK would keep the ids of all.
    const compatibility = client.recordings.list({ ...page, ...created, source: "compatibility" });
    for await (const one of compatibility) yield { medium: ofRecording(one), mayBeAgain: false };
    // The second list holds the credentials' own project only.
    if (projectId.toLowerCase() !== (await ownProject(client)).toLowerCase()) return;
    const relay = client.recordings.list({ ...page, ...created, source: "relay" });
    for await (const one of relay) yield { medium: ofRecording(one), mayBeAgain: true };
  } else if (kind === "messageMedia") {
    const messages = client.messages.list({
      ...page,
      ...(since && { sentAfter: since }),
      ...(until && { sentBefore: until }),
    });
    const media = ahead(messages, detailsAtOnce, async (message) => {
      if (message.mediaCount === 0) return [];
      const list = client.messageMedia.list(message.id, call);
      return (await ofWhatIsLeft(list)).map((one) => ofMessageMedia(one, message));
    });
    for await (const some of media) {
      for (const medium of some) yield { medium, mayBeAgain: false };
    }
  } else {
    const faxes = client.faxes.list({ ...page, ...created });
    const media = ahead(faxes, detailsAtOnce, async (fax) => {
      const list = client.faxMedia.list(fax.id, call);
      return (await ofWhatIsLeft(list)).map((one) => ofFaxMedia(one, fax));
    });
    for await (const some of media) {
      for (const medium of some) yield { medium, mayBeAgain: false };
    }
  }
}

/** The media of a message or a fax: none where that was deleted since it was listed. */
async function ofWhatIsLeft<Medium>(list: {
  toArray(options: { limit: number }): Promise<Medium[]>;
}): Promise<Medium[]> {
  try {
    return await list.toArray({ limit: Infinity });
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return isMediaProtectionError(error) && error.name === "NotFoundError";
}

const anyId = "00000000-0000-4000-8000-000000000000";

/** The client's own project, which a reference without one means; no request is made. */
export async function ownProject(client: Client): Promise<string> {
  const { ref } = await client.media.resolve({ kind: "recording", recordingId: anyId });
  return ref.projectId ?? "";
}
