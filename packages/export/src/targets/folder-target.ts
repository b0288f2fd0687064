import { constants, createReadStream } from "node:fs";
import { type FileHandle, lstat, open } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import type { Client } from "@media-protection/sdk";
import { OptionError } from "@media-protection/sdk";
import { createSaver, type Saver } from "@media-protection/sdk/node";
import { documentsFolder } from "../plan/documents-folder.js";
import { filesBelow, folderDocuments } from "./folder-documents.js";
import { linkedFolder, linkGuard } from "./link-guard.js";
import { onDisk, unlessMissing } from "./on-disk.js";
import type { Target } from "./target.js";

/**
 * A folder of this machine as target. Media are saved as the SDK saves them: flushed, and named in one
 * step; large ones that were cut by a crash are gone on with.
 *
 * @throws OptionError for what can be no path
 */
export function folderTarget(folder: string): Target {
  if (typeof folder !== "string" || folder === "" || folder.includes("\0")) {
    throw new OptionError("folder", "a path: a text that is not empty and has no NUL in it");
  }
  const root = resolve(folder);
  const savers = new Map<Client, Saver>();
  const saverOf = (client: Client) => {
    const saver = savers.get(client) ?? createSaver(client);
    savers.set(client, saver);
    return saver;
  };
  const guard = linkGuard(root);
  const seen = new Set<string>();
  /** @throws OptionError for a key that leads out of the folder, as one of a manifest that was changed */
  const at = (key: string) => {
    const path = resolve(root, ...key.split("/"));
    if (path.startsWith(root.endsWith(sep) ? root : root + sep)) return path;
    throw new OptionError("key", "a path within the target");
  };
  return {
    name: root,
    documents: folderDocuments(join(root, documentsFolder)),
    async receive(client, { ref, contentType }, key, { replace, signal, onBytes }) {
      await onDisk(at(key), () => guard(at(key)));
      const finish = await saverOf(client).receive({ ref, contentType }, at(key), {
        // What nobody noted may be the same bytes, of a run that was killed before it could note them.
        ifExists: replace ? "overwrite" : "skip-if-same",
        resume: true,
        signal,
        onProgress: onBytes && (({ loaded, total }) => onBytes(loaded, total)),
      });
      return async () => {
        const { size, sha256 } = await finish();
        return { size, sha256 };
      };
    },
    look: (key) =>
      onDisk(at(key), async () => {
        // A link is no copy: what it leads to is elsewhere, and may be another medium's.
        const found = await unlessMissing(lstat(at(key)));
        if (!found?.isFile() || (await linkedFolder(root, at(key), seen))) return undefined;
        return { size: found.size };
      }),
    read: (key, signal) =>
      onDisk(at(key), async () => {
        // A copy that is read is proof, also for a deletion: its folders are looked at each time.
        if (await linkedFolder(root, at(key))) return undefined;
        const file = await openFile(at(key));
        if (!file) return undefined;
        // The stream closes it.
        return createReadStream("", {
          fd: file,
          highWaterMark: 2 ** 18,
          ...(signal && { signal }),
        });
      }),
    async *list() {
      for await (const key of filesBelow(root, "")) {
        if (key.startsWith(`${documentsFolder}/`)) continue;
        const found = await onDisk(root, () => unlessMissing(lstat(join(root, ...key.split("/")))));
        if (found) yield { key, size: found.size };
      }
    },
    async flush() {
      for (const saver of savers.values()) await saver.flush();
    },
    async close() {
      for (const saver of savers.values()) saver.close();
      savers.clear();
    },
  };
}

/** Opens what is a file itself; `undefined` for nothing, a link, a folder, or a pipe that nobody writes to. */
async function openFile(path: string): Promise<FileHandle | undefined> {
  const found = await unlessMissing(lstat(path));
  if (!found?.isFile()) return undefined;
  // What it was replaced by since is not followed, either; Windows has no such flag.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
  try {
    return await unlessMissing(open(path, flags));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ELOOP") return undefined;
    throw error;
  }
}
