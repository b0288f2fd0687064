/**
 * A collection of a platform as a state keeps it.
 */

import type { MediaFile } from "../files/files.js";
import type { Changes, Collection, Stored } from "../platform/collection.js";
import type { Platform } from "../platform/platform.js";
import { type Codec, list, MalformedError, uuid } from "./codecs.js";
import { codecsOf } from "./model-codecs.js";
import type { SavedFiles } from "./saved-files.js";

/** So many entities stand in one line of a state that is written whole. */
const lineLength = 200;

/** What has become of a table, ready to be written. */
export interface TableChange {
  readonly name: string;
  readonly cleared: boolean;
  /** The entities that were added or changed, as JSON. */
  set(): unknown[];
  /** The ids of those that were removed. */
  remove(): string[];
  undo(): void;
}

/** A collection with its name and its codec, whatever its entities are. */
export interface Table {
  readonly name: string;
  /** All entities as JSON, some at a time, in the order in which they came. */
  lines(): Iterable<unknown[]>;
  /** What has changed since the last call. */
  takeChange(): TableChange | undefined;
  clear(): void;
  /**
   * Does again what a change did.
   *
   * @param isWhole whether it is a part of all there is, where nothing comes twice
   * @throws MalformedError for what is no change of this table.
   * @throws OptionError for an id that is taken.
   */
  replay(set: unknown, remove: unknown, at: string, isWhole: boolean): void;
  /** Tells the files of the state which of them are in use. */
  countFiles(): void;
}

/** The tables of a platform. */
export function tablesOf(platform: Platform, files: SavedFiles): readonly Table[] {
  const codecs = codecsOf(files);
  const none = () => [];
  return [
    table("projects", platform.projects, codecs.projects, none, files),
    table("tokens", platform.tokens, codecs.tokens, none, files),
    table(
      "recordings",
      platform.recordings,
      codecs.recordings,
      ({ files: { wav, mp3, mp4 } }) => (mp4 === null ? [wav, mp3] : [wav, mp3, mp4]),
      files,
    ),
    table("messages", platform.messages, codecs.messages, none, files),
    table("messageMedia", platform.messageMedia, codecs.messageMedia, oneFile, files),
    table("faxes", platform.faxes, codecs.faxes, none, files),
    table("faxMedia", platform.faxMedia, codecs.faxMedia, oneFile, files),
  ];
}

const oneFile = ({ file }: { readonly file: MediaFile }) => [file];

function table<Entity extends Stored>(
  name: string,
  collection: Collection<Entity>,
  codec: Codec<Entity>,
  filesOf: (entity: Entity) => readonly MediaFile[],
  files: SavedFiles,
): Table {
  const entities = list(codec);
  const ids = list(uuid);
  return {
    name,
    *lines() {
      // In order of insertion, which is what a collection orders entities of the same time by.
      const placed = [...collection.all()].sort(
        (first, second) => first.sequence - second.sequence,
      );
      for (let at = 0; at < placed.length; at += lineLength) {
        yield placed.slice(at, at + lineLength).map(({ entity }) => codec.write(entity));
      }
    },
    takeChange() {
      const changes = collection.takeChanges();
      return changes && changeOf(changes);
    },
    clear: () => collection.clear(),
    replay(set, remove, at, isWhole) {
      const removed = remove === undefined ? [] : ids.read(remove, `${at}.remove.${name}`);
      for (const [index, id] of removed.entries()) {
        if (collection.delete(id)) continue;
        throw new MalformedError(`${at}.remove.${name}[${index}]`, "the id of something");
      }
      const changed = set === undefined ? [] : entities.read(set, `${at}.${name}`);
      for (const entity of changed) {
        const known = collection.get(entity.id);
        if (isWhole || known === undefined) collection.add(entity);
        else Object.assign(known, entity);
      }
    },
    countFiles() {
      for (const { entity } of collection.all())
        for (const file of filesOf(entity)) files.use(file);
    },
  };

  function changeOf(changes: Changes<Entity>): TableChange {
    return {
      name,
      cleared: changes.cleared,
      set: () =>
        [...changes.set].flatMap((id) => {
          const entity = collection.get(id);
          return entity === undefined ? [] : [codec.write(entity)];
        }),
      remove() {
        for (const entity of changes.removed.values()) {
          for (const file of filesOf(entity)) files.release(file);
        }
        return [...changes.removed.keys()];
      },
      undo: () => changes.undo(),
    };
  }
}
