/**
 * What of an audit is done, on the disk: a line for each row, so that one that is stopped goes on.
 */

import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import type { ProjectState } from "../estate/switches.js";
import type { AuditRow } from "./verdict.js";

/** An audit's rows on the disk. */
export class ProgressFile {
  readonly #path: string;
  /** What was done before, with the same settings. */
  readonly rows: readonly AuditRow[];

  private constructor(path: string, rows: readonly AuditRow[]) {
    this.#path = path;
    this.rows = rows;
  }

  /**
   * Opens the file of an audit; what another one with other settings has left is not used.
   *
   * @param key what tells this audit from others
   */
  static async open(path: string, key: string): Promise<ProgressFile> {
    const text = await readFile(path, "utf8").catch(() => "");
    const [first, ...lines] = text.split("\n");
    if (first === JSON.stringify({ audit: key })) {
      return new ProgressFile(path, lines.flatMap(readRow));
    }
    await writeFile(path, `${JSON.stringify({ audit: key })}\n`, { mode: 0o600 });
    return new ProgressFile(path, []);
  }

  /** Adds a row. */
  async add(row: AuditRow): Promise<void> {
    await appendFile(this.#path, `${JSON.stringify(row)}\n`);
  }

  /** The audit is done: the next begins anew. */
  async end(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}

function readRow(line: string): AuditRow[] {
  try {
    // Written by this program alone; a line that a crash cut short is none.
    return [JSON.parse(line) as AuditRow];
  } catch {
    return [];
  }
}

const day = 86_400_000;

/** Whether a row that was tried before still says something: its switch is as it was, and it is not a day old. */
export function isStill(
  { projectId, kind, isOn, tries }: AuditRow,
  projects: readonly ProjectState[],
  now: Date,
): boolean {
  const switches = projects.find(({ id }) => id === projectId)?.switches;
  const tried = Date.parse(tries[0]?.time ?? "");
  return switches?.[kind] === isOn && now.getTime() - tried < day;
}
