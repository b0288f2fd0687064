import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CommandError } from "../terminal/failure.js";

/** A file of a manifest, and what is wrong with it. */
export interface VerifiedFile {
  /** Its path, as the manifest has it. */
  readonly path: string;
  /** `undefined` where it is as the manifest says. */
  readonly problem: string | undefined;
}

interface Entry {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/**
 * Reads each file that a manifest of `saveAll` names; of several lines for one file the last counts.
 *
 * @throws CommandError for a manifest that cannot be read, or a line of it that is none of its own
 */
export async function* verifyFolder(
  folder: string,
  manifest: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<VerifiedFile> {
  const path = manifest ?? join(folder, "manifest.jsonl");
  for (const entry of (await entriesOf(path)).values()) {
    signal.throwIfAborted();
    yield { path: entry.path, problem: await problemOf(join(folder, entry.path), entry, signal) };
  }
}

async function entriesOf(path: string): Promise<ReadonlyMap<string, Entry>> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(
      `The manifest ${path} cannot be read (${error.code}). What export wrote is verified by: media-protection export verify --to ${dirname(path)}`,
    );
  });
  const entries = new Map<string, Entry>();
  let number = 0;
  let torn: number | undefined;
  for await (const line of file.readLines()) {
    number++;
    if (line === "") continue;
    // A crash may have cut the line short that was being written, and no other.
    if (torn !== undefined)
      throw new CommandError(`Line ${torn} of ${path} is no entry of a manifest.`);
    const entry = readEntry(line);
    if (entry === undefined) torn = number;
    else entries.set(entry.path, entry);
  }
  if (torn !== undefined && entries.size === 0) {
    throw new CommandError(`Line ${torn} of ${path} is no entry of a manifest.`);
  }
  if (entries.size === 0)
    throw new CommandError(`${path} names no file: there is nothing to verify.`);
  return entries;
}

function readEntry(line: string): Entry | undefined {
  try {
    const { path, size, sha256 } = JSON.parse(line);
    const isEntry =
      typeof path === "string" && Number.isSafeInteger(size) && /^[0-9a-f]{64}$/.test(sha256);
    // A path of the manifest stays in its folder.
    const isInside = isEntry && !/(^|[\\/])\.\.([\\/]|$)|^[\\/]|\0/.test(path);
    return isInside ? { path, size, sha256 } : undefined;
  } catch {
    return undefined;
  }
}

async function problemOf(
  path: string,
  { size, sha256 }: Entry,
  signal: AbortSignal,
): Promise<string | undefined> {
  const hash = createHash("sha256");
  let read = 0;
  try {
    for await (const chunk of createReadStream(path, { signal, highWaterMark: 1024 * 1024 })) {
      hash.update(chunk);
      read += chunk.length;
    }
  } catch (error) {
    if (signal.aborted) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "an error";
    return code === "ENOENT" ? "missing" : `cannot be read (${code})`;
  }
  if (read !== size) return `${read} bytes, the manifest says ${size}`;
  return hash.digest("hex") === sha256 ? undefined : "other bytes than were saved";
}
