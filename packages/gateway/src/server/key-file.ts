import { open, readFile } from "node:fs/promises";
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
  let isNew = true;
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.writeFile(`${generateKey()}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    isNew = false;
  }
  return { ring: readKeyRing(await readFile(path, "utf8")), isNew };
}
