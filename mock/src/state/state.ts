/**
 * A platform that survives the end of its process: its state in a file. Each change is a line that is
 * added to it; now and then the file is written whole, and takes the place of the old one.
 */

import { type FileHandle, open, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { createPlatform, type PlatformOptions } from "../platform/create-platform.js";
import type { Platform } from "../platform/platform.js";
import { codeOf, realFile, removeLeftovers, replaceFile } from "./disk.js";
import { type Identity, identity } from "./model-codecs.js";
import { PlatformChanges } from "./platform-changes.js";
import { type FoundState, format, readState, version } from "./read-state.js";
import { SavedFiles } from "./saved-files.js";
import { StateError } from "./state-error.js";
import { LockedError, lockState } from "./state-lock.js";
import { type Table, tablesOf } from "./table.js";

/** Below this, in bytes, changes may be longer than all there is before it is written whole. */
const shortLog = 1024 * 1024;

/** Where a state is. */
interface Place {
  /** As it was given, for errors. */
  readonly file: string;
  /** Where it really is. */
  readonly path: string;
  readonly unlock: () => Promise<void>;
}

/** A platform with its state in a file. */
export class StateFile {
  readonly platform: Platform;
  readonly #place: Place;
  readonly #files: SavedFiles;
  readonly #changes: PlatformChanges;
  #handle: FileHandle | undefined;
  /** The bytes that were written whole, and those with the changes since. */
  #base = 0;
  #length = 0;
  /** How many writes have failed. Each undid what had not been saved before it. */
  #failures = 0;
  /** Each tells how many had failed before it took what there was to write. */
  #writing: Promise<number> = Promise.resolve(0);
  #next: Promise<number> | undefined;
  #closing: Promise<void> | undefined;

  /** @see openState */
  constructor(place: Place, files: SavedFiles, tables: readonly Table[], platform: Platform) {
    this.#place = place;
    this.#files = files;
    this.platform = platform;
    this.#changes = new PlatformChanges(platform, tables);
  }

  /** Begins to keep the platform: what the file has is what was found, and the platform is the same. */
  async begin(found: FoundState | undefined): Promise<void> {
    try {
      if (found?.base !== undefined) {
        this.#handle = await open(this.#place.path, "r+");
        this.#base = found.base;
        this.#length = found.length;
      }
      this.#changes.take();
      if (this.#shouldRewrite()) {
        await this.#rewrite(this.#whole());
        await this.#files.commit();
      }
    } catch (error) {
      await this.#handle?.close();
      throw this.#cannotBeWritten(error);
    }
  }

  /**
   * Writes what has changed since the last save, and returns when it will survive even a loss of power.
   * Calls in the time of a write share the next one. To be called as soon as the change is made.
   *
   * @throws StateError when it cannot be written. Then the platform is as it was saved last: changes
   *   that came meanwhile are undone, too.
   */
  async save(): Promise<void> {
    const failed = this.#failures;
    this.#next ??= this.#writing
      // Whoever asked for that one was told.
      .catch(() => {})
      .then(() => this.#write());
    this.#writing = this.#next;
    // One that failed before this one began has undone the change, and left nothing to write; one that
    // fails later is no concern of it.
    if ((await this.#next) !== failed) {
      throw this.#cannotBeWritten(new Error("a save at the same time failed"));
    }
  }

  /** Saves, leaves a file that is whole, and lets others use it. Once: then it is not ours any more. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await this.save();
      if (this.#length > this.#base) await this.#rewrite(this.#whole());
    } catch (error) {
      throw error instanceof StateError ? error : this.#cannotBeWritten(error);
    } finally {
      await this.#handle?.close();
      this.#handle = undefined;
      await this.#place.unlock();
    }
  }

  async #write(): Promise<number> {
    const isInPlace = await this.#isInPlace();
    // At once, so that whoever changes something later waits for the next one.
    this.#next = undefined;
    const failed = this.#failures;
    const change = this.#changes.take();
    if (change === undefined) return failed;
    try {
      const isWhole = change.cleared || !isInPlace || this.#shouldRewrite();
      // Nothing is waited for until the lines are made, so they are of the same moment.
      await (isWhole ? this.#rewrite(this.#whole()) : this.#append(change.line()));
    } catch (error) {
      // Later changes may build on those that could not be saved.
      this.#changes.take()?.undo();
      change.undo();
      this.#files.rollback();
      this.#failures++;
      throw this.#cannotBeWritten(error);
    }
    await this.#files.commit();
    return failed;
  }

  #shouldRewrite(): boolean {
    const log = this.#length - this.#base;
    return this.#handle === undefined || log > Math.max(shortLog, this.#base);
  }

  /** Whether the file is still the one that is open: somebody may have moved it away. */
  async #isInPlace(): Promise<boolean> {
    const [there, ours] = await Promise.all([
      stat(this.#place.path).catch(() => undefined),
      this.#handle?.stat().catch(() => undefined),
    ]);
    return there !== undefined && there.ino === ours?.ino && there.dev === ours.dev;
  }

  /** Adds a line to the file. */
  async #append(bytes: Buffer): Promise<void> {
    await this.#files.flush();
    const handle = this.#handle;
    if (handle === undefined) throw new TypeError("There is a file to write to.");
    try {
      for (let at = 0; at < bytes.length; ) {
        const left = bytes.length - at;
        at += (await handle.write(bytes, at, left, this.#length + at)).bytesWritten;
      }
      await handle.datasync();
    } catch (error) {
      // What nobody was answered must not come back. Where not even that can be done, the next save
      // writes the file anew.
      await handle
        .truncate(this.#length)
        .then(() => handle.sync())
        .catch(() => this.#abandon(handle));
      throw error;
    }
    this.#length += bytes.length;
  }

  async #abandon(handle: FileHandle): Promise<void> {
    this.#handle = undefined;
    await handle.close();
  }

  async #rewrite(lines: readonly Buffer[]): Promise<void> {
    await this.#files.flush();
    const handle = await replaceFile(this.#place.path, lines);
    await this.#handle?.close();
    this.#handle = handle;
    this.#base = this.#length = lines.reduce((sum, { length }) => sum + length, 0);
  }

  /** All there is, taken at once: what changes while it is written is no part of it. */
  #whole(): Buffer[] {
    this.#files.restart();
    const body = this.#changes.whole();
    const { spaceName, credentials } = this.platform;
    const saved: Identity = { spaceName, ...credentials };
    const head = { format, version, identity: identity.write(saved), lines: body.length };
    return [Buffer.from(`${JSON.stringify(head)}\n`), ...body];
  }

  #cannotBeWritten(error: unknown): StateError {
    return cannotBeWritten(this.#place.file, error);
  }
}

function cannotBeWritten(file: string, error: unknown): StateError {
  return new StateError(file, `it cannot be written (${codeOf(error) ?? messageOf(error)})`, {
    cause: error,
    advice: "Nothing that could not be saved has happened.",
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * A platform as it was saved; where there is no file yet, a new one, which is saved at once. Media of
 * more than 16 KiB that was imported or added lies in the folder `<file>.media`. Until it is closed,
 * the file `<file>.lock` keeps other servers away.
 *
 * @param options as for `createPlatform`. With a saved state, `seed` and `plant` count at `reset()`
 *   only, switches take the place of those saved, and the name and the credentials must be the same.
 * @throws StateError for a file that is no state, the state of another project, or in use.
 * @throws OptionError or SwitchError as `createPlatform` does.
 */
export async function openState(file: string, options: PlatformOptions = {}): Promise<StateFile> {
  const place = await takePlace(file);
  try {
    return await openAt(place, options);
  } catch (error) {
    await place.unlock();
    throw error;
  }
}

async function takePlace(file: string): Promise<Place> {
  try {
    const path = await realFile(file);
    return { file, path, unlock: await lockState(path) };
  } catch (error) {
    if (!(error instanceof LockedError)) throw cannotBeWritten(file, error);
    const advice = "One server at a time may use a state.";
    throw new StateError(file, error.message, { cause: error, advice });
  }
}

async function openAt(place: Place, options: PlatformOptions): Promise<StateFile> {
  const { file, path } = place;
  const files = new SavedFiles(`${path}.media`);
  const found = await readState(path, file);
  if (found !== undefined) checkIdentity(file, found.identity, options);
  let isPlanted = found === undefined;
  const platform = createPlatform({
    ...options,
    ...found?.identity,
    plant(into) {
      // What was saved takes the place of what would be planted, until the platform is reset.
      if (isPlanted) options.plant?.(into);
    },
  });
  isPlanted = true;
  const tables = tablesOf(platform, files);
  found?.restore(platform, tables);
  for (const table of tables) table.countFiles();
  const state = new StateFile(place, files, tables, platform);
  await state.begin(found);
  // A change of what was saved, so it comes when changes are noted.
  if (found !== undefined && options.switches) platform.setSwitches(options.switches);
  await state.save();
  await files.sweep();
  await removeLeftovers(dirname(path), (name) => name === basename(path));
  return state;
}

function checkIdentity(file: string, identity: Identity, options: PlatformOptions): void {
  const { spaceName, projectId, apiToken } = identity;
  const differs = (given: string | undefined, saved: string) =>
    given !== undefined && given !== saved;
  if (differs(options.spaceName, spaceName)) {
    throw new StateError(file, `it is of the space "${spaceName}"`);
  }
  if (differs(options.projectId?.toLowerCase(), projectId)) {
    throw new StateError(file, `it is of the project ${projectId}`);
  }
  if (differs(options.apiToken, apiToken)) {
    throw new StateError(file, "its root project has another API token");
  }
}
