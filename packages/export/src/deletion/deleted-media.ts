import type { Documents } from "../manifest/documents.js";
import type { ShardName } from "../manifest/lines.js";
import { endings, headed, sealedShard } from "../manifest/shard.js";

/** A medium that a deletion found gone, or made so. */
export interface DeletedLine {
  /** Its id. */
  readonly id: string;
  /** `deleted`: by the plan; `already-gone`: before its turn came. */
  readonly result: "deleted" | "already-gone";
  /** When that was known, ISO 8601. */
  readonly at: string;
}

/**
 * Which media of a shard were deleted from the platform, by their ids in lower case: what was deleted need
 * not be planned again. The document stands beside the shard's manifest, which stays as it is: the copies do.
 *
 * @throws ManifestError for a document that is not whole
 */
export async function readDeleted(
  documents: Pick<Documents, "read">,
  shard: string,
): Promise<Map<string, DeletedLine>> {
  const document = shard + endings.deleted;
  const text = await documents.read(document);
  const known = new Map<string, DeletedLine>();
  if (text === undefined) return known;
  const [, ...lines] = headed(document, text, "deleted");
  // Safe: who writes another line here keeps a medium from being deleted, and no more.
  for (const line of lines as DeletedLine[]) known.set(String(line.id).toLowerCase(), line);
  return known;
}

/** Writes down what a deletion found gone, or made so: a shard at a time, as its plan has them. */
export class DeletedNotes {
  private readonly documents: Documents;
  private readonly lines: DeletedLine[] = [];
  private shard: ShardName | undefined;

  constructor(documents: Documents) {
    this.documents = documents;
  }

  /** Keeps a line; those of the shard before are written when another's comes. */
  async add(shard: ShardName, line: DeletedLine): Promise<void> {
    if (this.shard?.name !== shard.name) await this.write();
    this.shard = shard;
    this.lines.push(line);
  }

  /** Writes what is kept. What an earlier plan has noted stays as it is. */
  async write(): Promise<void> {
    const lines = this.lines.splice(0);
    if (!this.shard || lines.length === 0) return;
    const known = await readDeleted(this.documents, this.shard.name);
    const fresh = lines.filter(({ id }) => !known.has(id.toLowerCase()));
    if (fresh.length === 0) return;
    const text = sealedShard("deleted", this.shard, [...known.values(), ...fresh]);
    await this.documents.write(this.shard.name + endings.deleted, text);
  }
}
