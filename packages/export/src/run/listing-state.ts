import { ManifestError } from "../errors.js";
import type { Documents } from "../manifest/documents.js";
import type { MediaList } from "../plan/list-media.js";

const document = "listing.json";

/**
 * Which lists, `KIND/PROJECT`, a run has begun to read and none has read to its end: media of theirs may be in
 * no plan, so that nobody can call the target complete, whatever its shards say.
 *
 * @throws ManifestError for a note that is none
 */
export async function readUnread(documents: Documents): Promise<readonly string[]> {
  const text = await documents.read(document);
  if (text === undefined) return [];
  try {
    const note: unknown = JSON.parse(text);
    const unread = typeof note === "object" && note !== null && "unread" in note && note.unread;
    if (Array.isArray(unread) && unread.every((one) => typeof one === "string")) return unread;
  } catch {
    // Said below.
  }
  throw new ManifestError(document, "format", "it does not say which lists were not read");
}

/** Notes that lists are being read. */
export async function noteReading(
  documents: Documents,
  lists: readonly MediaList[],
): Promise<void> {
  const unread = new Set([...(await readUnread(documents)), ...lists.map(nameOf)]);
  await write(documents, [...unread]);
}

/** Notes that lists have been read to their end. */
export async function noteRead(documents: Documents, lists: readonly MediaList[]): Promise<void> {
  const read = new Set(lists.map(nameOf));
  await write(
    documents,
    (await readUnread(documents)).filter((one) => !read.has(one)),
  );
}

const nameOf = ({ kind, projectId }: MediaList) => `${kind}/${projectId}`;

async function write(documents: Documents, unread: readonly string[]): Promise<void> {
  await documents.write(document, `${JSON.stringify({ version: 1, unread })}\n`);
}
