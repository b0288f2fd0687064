import { link, readFile, unlink, writeFile } from "node:fs/promises";
import { generateKey, type KeyRing, readKeyRing } from "../links/key-ring.js";

/** A ring, and whether it was made just now. */
export interface KeyFile {
  readonly ring: KeyRing;
  readonly isNew: boolean;
}

/**
 * The ring in a file; where there is none, one with a new key, readable by its owner alone (0600).
 * Of two processes that find none, one makes it and both read it.
 */
export async function keyFile(path: string): Promise<KeyFile> {
  const known = await readIfThere(path);
  if (known !== undefined) return { ring: readKeyRing(known), isNew: false };
  // Written whole beside it, and then given the name that only one can take.
  const own = `${path}.${process.pid}.${crypto.randomUUID()}`;
  await writeFile(own, `${generateKey()}\n`, { mode: 0o600, flag: "wx", flush: true });
  let isNew = true;
  try {
    await link(own, path);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
    isNew = false;
  } finally {
    await unlink(own);
  }
  return { ring: readKeyRing(await readFile(path, "utf8")), isNew };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
