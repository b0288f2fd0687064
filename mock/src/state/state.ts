/**
 * A platform that survives the end of its process: its state in a file, written whole or not at all.
 */

import { readFile, rename, writeFile } from "node:fs/promises";
import { createPlatform, type PlatformOptions } from "../platform/create-platform.js";
import { OptionError } from "../platform/options.js";
import type { Platform } from "../platform/platform.js";
import { SwitchError } from "../rules/switches.js";
import { MalformedError } from "./codecs.js";
import { SavedFiles } from "./saved-files.js";
import { readSnapshot, type Snapshot, takeSnapshot } from "./snapshot.js";

/** Says what a file is, to people and to us. */
const format = "media-protection-mock state";
/** Another number says that older states cannot be read. */
const version = 1;

/** A state file that cannot be used: torn, of another program, or of another project. */
export class StateError extends Error {
  override readonly name = "StateError";
  readonly file: string;

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`The state in ${file} cannot be used: ${problem}. Move it away to begin anew.`, options);
    this.file = file;
  }
}

/** A platform with its state in a file. */
export class StateFile {
  readonly platform: Platform;
  readonly #file: string;
  readonly #files: SavedFiles;
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  /** @see openState */
  constructor(file: string, files: SavedFiles, platform: Platform) {
    this.#file = file;
    this.#files = files;
    this.platform = platform;
  }

  /**
   * Writes the state as it is now: to a new file first, which then takes the place of the old one.
   * Calls in the time of a write share the next one.
   */
  save(): Promise<void> {
    this.#next ??= this.#writing
      // Whoever asked for that one was told.
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        return this.#write();
      });
    this.#writing = this.#next;
    return this.#next;
  }

  async #write(): Promise<void> {
    const state = { format, version, ...takeSnapshot(this.platform, this.#files) };
    await this.#files.flush();
    const beside = `${this.#file}.tmp`;
    // It holds the API tokens.
    await writeFile(beside, `${JSON.stringify(state, null, 1)}\n`, { mode: 0o600, flush: true });
    await rename(beside, this.#file);
    await this.#files.sweep();
  }
}

/**
 * A platform as it was saved; where there is no file yet, a new one, which is saved at once. Media of
 * more than 16 KiB that was imported or added lies in the folder `<file>.media`.
 *
 * @param options as for `createPlatform`. With a saved state, `seed` and `plant` count at `reset()`
 *   only, switches take the place of those saved, and the name and the credentials must be the same.
 * @throws StateError for a file that is no state, or the state of another project.
 * @throws OptionError or SwitchError as `createPlatform` does.
 */
export async function openState(file: string, options: PlatformOptions = {}): Promise<StateFile> {
  const files = new SavedFiles(`${file}.media`);
  const snapshot = await read(file, files);
  if (snapshot !== undefined) checkIdentity(file, snapshot, options);
  const platform = createPlatform({ ...options, ...snapshot?.identity });
  if (snapshot !== undefined) {
    try {
      snapshot.restore(platform);
    } catch (error) {
      // Two of the same id: no one but a person with an editor does that.
      if (error instanceof OptionError) throw new StateError(file, error.message, { cause: error });
      throw error;
    }
    platform.setSwitches(options.switches ?? {});
  }
  const state = new StateFile(file, files, platform);
  try {
    await state.save();
  } catch (error) {
    throw new StateError(file, `it cannot be written (${codeOf(error)})`, { cause: error });
  }
  return state;
}

async function read(file: string, files: SavedFiles): Promise<Snapshot | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new StateError(file, `it cannot be read (${codeOf(error)})`, { cause: error });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new StateError(file, "it is no JSON, or the end of it is missing", { cause: error });
  }
  const is = (name: string, value: unknown) =>
    typeof json === "object" && json !== null && Reflect.get(json, name) === value;
  if (!is("format", format)) throw new StateError(file, "it is no state of this mock");
  if (!is("version", version)) throw new StateError(file, "it is of another version of this mock");
  try {
    return readSnapshot(json, files);
  } catch (error) {
    if (error instanceof MalformedError || error instanceof SwitchError) {
      throw new StateError(file, error.message.replace(/\.$/, ""), { cause: error });
    }
    throw error;
  }
}

function checkIdentity(file: string, { identity }: Snapshot, options: PlatformOptions): void {
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

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
