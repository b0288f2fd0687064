/**
 * What was changed, written down before it is: a line for each project, flushed to the disk, so that
 * whatever happens afterwards the old values are known.
 */

import { type FileHandle, open, readFile, rm } from "node:fs/promises";
import { CommandError } from "../terminal/failure.js";
import { isSetting, type SwitchChange } from "./switches.js";

/** A change that was about to be made. */
export interface JournalChange {
  readonly projectId: string;
  readonly name: string;
  readonly before: SwitchChange;
  readonly after: SwitchChange;
}

/** A change as a journal has it. */
export interface WrittenChange extends JournalChange {
  /** Its line, from 1. */
  readonly line: number;
}

/** A journal that is being written. */
export class ProtectionJournal implements AsyncDisposable {
  readonly #file: FileHandle;
  readonly #path: string;

  private constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  /**
   * Opens a journal, to add to what is in it.
   *
   * @throws CommandError where it cannot be written: then nothing may be changed
   */
  static async open(path: string): Promise<ProtectionJournal> {
    try {
      const file = await open(path, "a+", 0o600);
      const { size } = await file.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await file.read(last, 0, 1, size - 1);
      // A line that a crash cut short must not swallow the next.
      if (size > 0 && last.toString() !== "\n") await file.appendFile("\n");
      return new ProtectionJournal(file, path);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
      throw new CommandError(`The journal ${path} cannot be written${code}; nothing was changed.`);
    }
  }

  /** Writes a change down; it is on the disk when this resolves. */
  async write(change: JournalChange): Promise<void> {
    const line = JSON.stringify({ time: new Date().toISOString(), ...change });
    await this.#file.appendFile(`${line}\n`);
    await this.#file.datasync();
  }

  /** Writes down that a change of this journal was put back: a later rollback leaves it. */
  async writeUndone(line: number): Promise<void> {
    await this.#file.appendFile(
      `${JSON.stringify({ time: new Date().toISOString(), undone: line })}\n`,
    );
    await this.#file.datasync();
  }

  /** Closes it; one into which nothing was written is taken away. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { size } = await this.#file.stat();
    await this.#file.close();
    if (size === 0) await rm(this.#path, { force: true });
  }
}

/** The name of a journal that is begun now. */
export function journalName(now: Date): string {
  return `protection-journal-${now.toISOString().replace(/[:.]/g, "-")}.jsonl`;
}

/**
 * The changes of a journal that were not put back, oldest first. A line that a crash cut short is none: what it was about to
 * say was not done.
 *
 * @throws CommandError for a file that cannot be read, or a line that is no change
 */
export async function readJournal(path: string): Promise<WrittenChange[]> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`The journal ${path} cannot be read (${error.code}).`);
  });
  const undone = new Set<unknown>();
  const changes = text.split("\n").flatMap((line, index) => {
    if (line === "") return [];
    const change = readChange(line);
    if (typeof change === "number") {
      undone.add(change);
      return [];
    }
    if (change !== undefined) return [{ ...change, line: index + 1 }];
    if (!line.endsWith("}")) return [];
    throw new CommandError(
      `Line ${index + 1} of ${path} is no change of a journal, such as apply and set write: protection-journal-….jsonl.`,
    );
  });
  return changes.filter(({ line }) => !undone.has(line));
}

/** A change, or the line of one that was put back. */
function readChange(line: string): JournalChange | number | undefined {
  try {
    const { projectId, name, before, after, undone } = JSON.parse(line);
    if (Number.isSafeInteger(undone)) return undone;
    const isChange = typeof projectId === "string" && isSwitches(before) && isSwitches(after);
    return isChange ? { projectId, name: String(name), before, after } : undefined;
  } catch {
    return undefined;
  }
}

function isSwitches(value: unknown): value is SwitchChange {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.keys(value).length > 0 &&
    Object.entries(value).every(([name, on]) => isSetting(name) && typeof on === "boolean")
  );
}
