import { opendir } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import type { Client } from "../client/client.js";
import type { MediaSource } from "../download/media.js";
import { OptionError } from "../errors.js";
import { checkObject } from "../options/call-options.js";
import { codeOf } from "../trust/masking.js";
import { onDisk, syncFolder } from "./disk.js";
import { DiskThread } from "./disk-thread.js";
import { receiveTrusted } from "./save-media.js";
import { checkPath, checkSave, type SavedMedia, type SaveOptions } from "./save-options.js";

/** Saves one medium after the other, for programs that decide themselves what goes where. */
export interface Saver {
  /**
   * Downloads one medium, and resolves when its last byte has come: its connection is free then. What is
   * answered flushes the file and gives it its name, as {@link saveMedia} does; it is to be called once,
   * at once.
   *
   * @param source a media URL, a reference or an item of a listing
   * @param path the file's path; missing folders are made
   * @throws whatever `saveMedia` throws
   */
  receive(
    source: MediaSource,
    path: string,
    options?: SaveOptions,
  ): Promise<() => Promise<SavedMedia>>;
  /**
   * Flushes the folders in which files got their names since the last call, so that a loss of power takes
   * no name back.
   *
   * @throws DiskError if the file system refuses
   */
  flush(): Promise<void>;
  /** Ends its thread; to be called when nothing is under way. */
  close(): void;
}

/**
 * What `saveAll` saves with, for another runner: one thread for the disk, and one flush of a folder for
 * many files in it.
 */
export function createSaver(client: Client): Saver {
  if (typeof client?.media?.download !== "function") {
    throw new OptionError("client", "a client made by createClient");
  }
  const thread = new DiskThread();
  const touched = new Set<string>();
  const folders = new FolderNames();
  return {
    receive: async (source, path, options = {}) => {
      const { ifExists: _, resume: __, segments: ___, onProgress: ____, ...call } = options;
      checkPath("path", path);
      checkSave(checkObject(options));
      const { waitUntilReady: _____, ...project } = call;
      const medium = await client.media.resolve(source, project);
      const names = await folders.of(dirname(resolve(path)));
      const place = { path: resolve(path), isFolder: false, thread, names };
      const finish = await receiveTrusted(client, medium, place, options);
      return async () => {
        const saved = await finish();
        touched.add(dirname(saved.path));
        names.add(basename(saved.path));
        return saved;
      };
    },
    flush: async () => {
      const folders = [...touched];
      touched.clear();
      for (const folder of folders) await onDisk(folder, () => syncFolder(folder));
    },
    close: () => thread.close(),
  };
}

/** How many folders' names are kept, and how many names of one at most. */
const mostFolders = 16;
const mostNames = 50_000;

/** Names that a folder may hold. */
interface Names {
  has(name: string): boolean;
  add(name: string): void;
}

/**
 * One look at a folder in place of several for each medium. What another process puts there meanwhile is
 * noticed when a file gets its name; a folder that is very full is looked at each time.
 */
class FolderNames {
  private readonly folders = new Map<string, Promise<Names>>();

  of(folder: string): Promise<Names> {
    const found = this.folders.get(folder) ?? read(folder);
    // The folder that was asked for last stands last.
    this.folders.delete(folder);
    this.folders.set(folder, found);
    found.catch(() => this.folders.delete(folder));
    const [oldest] = this.folders.keys();
    if (this.folders.size > mostFolders && oldest !== undefined) this.folders.delete(oldest);
    return found;
  }
}

async function read(folder: string): Promise<Names> {
  const names = new Set<string>();
  const entries = await onDisk(folder, () =>
    opendir(folder).catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return [];
      throw error;
    }),
  );
  for await (const { name } of entries) {
    if (names.add(name).size > mostNames) return { has: () => true, add: () => {} };
  }
  return names;
}
