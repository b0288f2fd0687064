import { randomUUID } from "node:crypto";
import { appendFile, mkdir, open, opendir, readFile, rename, unlink } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { ManifestError } from "../errors.js";
import type { Documents } from "../manifest/documents.js";
import { linkGuard } from "./link-guard.js";
import { onDisk, unlessMissing } from "./on-disk.js";

/** Documents as files below a folder. */
export function folderDocuments(folder: string): Documents {
  const at = (name: string) => {
    const parts = name.split("/");
    if (parts.some((part) => part === "" || part === ".." || part.includes(sep))) {
      throw new ManifestError(name, "format", "its name leads out of the target");
    }
    return join(folder, ...parts);
  };
  const guard = linkGuard(dirname(folder));
  const adding = new Map<string, { readonly lines: string[]; readonly written: Promise<void> }>();
  return {
    read: (name) => onDisk(at(name), () => unlessMissing(readFile(at(name), "utf8"))),
    write: (name, text) =>
      onDisk(at(name), async () => {
        const path = at(name);
        await guard(path);
        await mkdir(dirname(path), { recursive: true });
        const passing = join(dirname(path), `.${randomUUID()}.tmp`);
        try {
          const file = await open(passing, "wx");
          try {
            await file.writeFile(text);
            await file.sync();
          } finally {
            await file.close();
          }
          await rename(passing, path);
        } catch (error) {
          await unlink(passing).catch(() => {});
          throw error;
        }
        await flushFolder(dirname(path));
      }),
    remove: (name) => onDisk(at(name), async () => void (await unlessMissing(unlink(at(name))))),
    list: (prefix) => filesBelow(folder, prefix),
    append: (name, line) => {
      const found = adding.get(name);
      if (found) {
        found.lines.push(line);
        return found.written;
      }
      const lines = [line];
      // What comes while the last lines are being written goes with the next.
      const written = onDisk(at(name), async () => {
        try {
          await guard(at(name));
          while (lines.length > 0) await addTo(at(name), lines.splice(0).join(""));
        } finally {
          adding.delete(name);
        }
      });
      adding.set(name, { lines, written });
      return written;
    },
  };
}

async function addTo(path: string, text: string): Promise<void> {
  if (await unlessMissing(appendFile(path, text).then(() => true))) return;
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, text);
}

/** The files below a folder as `a/b/c`, but for hidden ones; nothing if there is no such folder. */
export async function* filesBelow(root: string, prefix: string): AsyncGenerator<string> {
  const folder = join(root, ...prefix.split("/"));
  const entries = await onDisk(folder, () => unlessMissing(opendir(folder)));
  if (!entries) return;
  for await (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const name = `${prefix}${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(root, `${name}/`);
    else if (entry.isFile()) yield name;
  }
}

async function flushFolder(path: string): Promise<void> {
  // Windows opens no folders.
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
