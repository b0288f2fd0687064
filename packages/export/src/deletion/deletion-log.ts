import { type FileHandle, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { jsonLines } from "../manifest/shard.js";
import { onDisk, unlessMissing } from "../targets/on-disk.js";

/** What became of a medium of the plan. */
export type DeletionResult =
  /** The platform confirmed it, or no longer has what a tombstone of ours was for. */
  | "deleted"
  /** It was not there when its turn came, and no tombstone of ours was. */
  | "already-gone"
  /** Its bytes on the platform are not those of the copy any more. */
  | "changed"
  /** Its copy is not what the manifest says any more. */
  | "copy-wrong";

/** A line of the log that says of which plan the next ones are. */
export interface DeletionHead {
  /** Tells the lines apart. */
  readonly type: "plan";
  /** The SHA-256 of the plan's file, lower-case hex. */
  readonly sha256: string;
  /** When it was begun, ISO 8601. */
  readonly at: string;
}

/** A line of the log on a medium. */
export interface DeletionLine {
  /** `tombstone`, before the request; `result`, after its answer. */
  readonly type: "tombstone" | "result";
  /** The medium. */
  readonly kind: string;
  /** Its id. */
  readonly id: string;
  /** When, ISO 8601. */
  readonly at: string;
  /** What became of it. */
  readonly result?: DeletionResult;
}

/**
 * The file beside a plan that says how far it was carried out; each line is flushed before it counts. A plan
 * that was made anew goes on in the same file: the results of the plan before are not its own, while a
 * tombstone without a result stays what it is, a deletion of which nobody knows whether it was done.
 */
export class DeletionLog {
  private readonly file: FileHandle;
  private readonly path: string;
  private readonly lines: Map<string, DeletionLine>;

  private constructor(path: string, file: FileHandle, lines: Map<string, DeletionLine>) {
    [this.path, this.file, this.lines] = [path, file, lines];
  }

  /** @param plan the SHA-256 of the plan's file */
  static async open(path: string, plan: string): Promise<DeletionLog> {
    const text = (await onDisk(path, () => unlessMissing(readFile(path, "utf8")))) ?? "";
    // A line that a crash cut short was not flushed, so nothing was done upon it.
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    const lines = new Map<string, DeletionLine>();
    let last = "";
    // Safe: lines that this class wrote.
    for (const line of jsonLines(path, whole) as (DeletionHead | DeletionLine)[]) {
      if (line.type !== "plan") lines.set(nameOf(line), line);
      else if (line.sha256 !== last) {
        last = line.sha256;
        dropResults(lines);
      }
    }
    const file = await onDisk(path, () => open(path, "a"));
    await onDisk(path, async () => {
      // Only then: another who carries the same plan out may be adding lines.
      if (whole !== text) await file.truncate(Buffer.byteLength(whole));
      await file.sync();
      if (process.platform === "win32") return;
      const folder = await open(dirname(path), "r");
      await folder.sync().finally(() => folder.close());
    });
    const log = new DeletionLog(path, file, lines);
    if (last === plan) return log;
    dropResults(lines);
    const head: DeletionHead = { type: "plan", sha256: plan, at: new Date().toISOString() };
    await log.write(head).catch((error: unknown) => file.close().then(() => Promise.reject(error)));
    return log;
  }

  /** What is known of a medium: its last line. */
  last(medium: Pick<DeletionLine, "kind" | "id">): DeletionLine | undefined {
    return this.lines.get(nameOf(medium));
  }

  /** Adds a line, and resolves when it is on the disk. */
  async add(line: DeletionLine): Promise<void> {
    await this.write(line);
    this.lines.set(nameOf(line), line);
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async write(line: DeletionHead | DeletionLine): Promise<void> {
    await onDisk(this.path, async () => {
      await this.file.appendFile(`${JSON.stringify(line)}\n`);
      await this.file.datasync();
    });
  }
}

function dropResults(lines: Map<string, DeletionLine>): void {
  for (const [name, { type }] of lines) if (type === "result") lines.delete(name);
}

function nameOf({ kind, id }: Pick<DeletionLine, "kind" | "id">): string {
  return `${kind} ${id}`;
}
