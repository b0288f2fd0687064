import { createHash } from "node:crypto";
import { ManifestError } from "../errors.js";
import type { Documents } from "../manifest/documents.js";
import type { MediaList } from "../plan/list-media.js";

const folder = "listing/";

/** What a run reads. */
export interface Listing {
  /** Its lists. */
  readonly lists: readonly MediaList[];
  /** Its window. */
  readonly since?: Date | undefined;
  /** As above. */
  readonly until?: Date | undefined;
  /** The project whose tree it reads, whatever is in that; `undefined` for projects that are named. */
  readonly root?: string | undefined;
}

/** The same as it stands in its document; the dates are ISO 8601. */
interface Note {
  readonly version: 1;
  /** `KIND/PROJECT`. */
  readonly lists: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly root?: string;
}

/**
 * Which lists, `KIND/PROJECT`, a run has begun to read and none has read to its end: media of theirs may be in
 * no plan, so that nobody can call the target complete, whatever its shards say.
 *
 * @throws ManifestError for a note that is none
 */
export async function readUnread(documents: Documents): Promise<readonly string[]> {
  const unread = new Set<string>();
  for (const { lists } of (await readNotes(documents)).values()) {
    for (const list of lists) unread.add(list);
  }
  return [...unread];
}

/** Notes that lists are being read: in a document of these alone, so that runs are not in each other's way. */
export async function noteReading(documents: Documents, listing: Listing): Promise<void> {
  const note = noteOf(listing);
  const hash = createHash("sha256").update(JSON.stringify(note)).digest("hex").slice(0, 24);
  await write(documents, `${folder}${hash}.json`, note);
}

/** Notes that lists have been read to their end, by whatever run of no wider window they were begun. */
export async function noteRead(documents: Documents, read: Listing): Promise<void> {
  const { lists, root } = noteOf(read);
  const isRead = (list: string, note: Note) =>
    lists.includes(list) ||
    // Of a tree, what is in it no more has no media either.
    (root !== undefined && note.root === root && lists.some((one) => kindOf(one) === kindOf(list)));
  for (const [name, note] of await readNotes(documents)) {
    if (!isWithin(note, noteOf(read))) continue;
    const left = note.lists.filter((list) => !isRead(list, note));
    if (left.length === 0) await documents.remove(name);
    else if (left.length < note.lists.length)
      await write(documents, name, { ...note, lists: left });
  }
}

function noteOf({ lists, since, until, root }: Listing): Note {
  return {
    version: 1,
    lists: lists.map(({ kind, projectId }) => `${kind}/${projectId}`).sort(),
    ...(since && { since: since.toISOString() }),
    ...(until && { until: until.toISOString() }),
    ...(root !== undefined && { root }),
  };
}

const kindOf = (list: string) => list.split("/")[0];

/** Whether all that was in one window is in the other. */
function isWithin(note: Note, { since, until }: Note): boolean {
  const isLater = since === undefined || (note.since !== undefined && note.since >= since);
  return isLater && (until === undefined || (note.until !== undefined && note.until <= until));
}

async function readNotes(documents: Documents): Promise<Map<string, Note>> {
  const notes = new Map<string, Note>();
  for await (const name of documents.list(folder)) {
    const text = await documents.read(name);
    if (text !== undefined) notes.set(name, readNote(name, text));
  }
  return notes;
}

function readNote(name: string, text: string): Note {
  try {
    const note: unknown = JSON.parse(text);
    const lists = typeof note === "object" && note !== null && "lists" in note && note.lists;
    // Safe: its dates are compared as text, and what is none of ours is in no window.
    if (Array.isArray(lists) && lists.every((one) => typeof one === "string")) return note as Note;
  } catch {
    // Said below.
  }
  throw new ManifestError(name, "format", "it does not say which lists are read");
}

async function write(documents: Documents, name: string, note: Note): Promise<void> {
  await documents.write(name, `${JSON.stringify(note)}\n`);
}
