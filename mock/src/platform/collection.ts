/**
 * Entities by id in constant time, and by parent in order of creation.
 */

import { OptionError } from "./options.js";

/** What a collection needs to know of an entity. */
export interface Stored {
  readonly id: string;
  /** In ms since the epoch. */
  readonly createdAt: number;
}

/** A place in an ordered list, which stays valid when the entity there is deleted. */
export interface Position {
  readonly createdAt: number;
  /** Breaks ties between entities of the same millisecond, in order of insertion. */
  readonly sequence: number;
}

/** An entity with its place in its list. */
export interface Placed<Entity> extends Position {
  readonly entity: Entity;
}

/** Compares two places: negative when the first is older. */
export function comparePositions(first: Position, second: Position): number {
  return first.createdAt - second.createdAt || first.sequence - second.sequence;
}

/** What has become of a collection since somebody began to watch it, or looked last. */
export interface Changes<Entity> {
  /** Whether everything that was there before was removed at once. */
  readonly cleared: boolean;
  /** The ids of what was added or changed and is there. */
  readonly set: ReadonlySet<string>;
  /** What was there and is not any more, by id. Empty after `cleared`. */
  readonly removed: ReadonlyMap<string, Entity>;
  /** Makes the collection what it was before these changes; those that came later must be undone first. */
  undo(): void;
}

/** The changes as they are noted. */
class ChangeLog<Entity> implements Changes<Entity> {
  cleared = false;
  readonly set = new Set<string>();
  readonly removed = new Map<string, Entity>();
  /** What was not there before, or was removed and came again. */
  readonly added = new Set<string>();
  readonly steps: (() => void)[] = [];

  undo(): void {
    for (const step of this.steps.splice(0).reverse()) step();
  }
}

/** Entities of one type. */
export class Collection<Entity extends Stored> {
  readonly #parentOf: (entity: Entity) => string;
  readonly #changed: () => void;
  #byId = new Map<string, Placed<Entity>>();
  #byParent = new Map<string, Placed<Entity>[]>();
  #sequence = 0;
  #changes: ChangeLog<Entity> | undefined;

  /**
   * @param parentOf the id of what an entity is listed under.
   * @param changed is called with each change, in the same turn. Default: nobody wants to hear of it.
   */
  constructor(parentOf: (entity: Entity) => string, changed: () => void = () => {}) {
    this.#parentOf = parentOf;
    this.#changed = changed;
  }

  get size(): number {
    return this.#byId.size;
  }

  /**
   * Adds an entity.
   *
   * @throws OptionError when its id is taken.
   */
  add(entity: Entity): void {
    if (this.#byId.has(entity.id)) throw new OptionError("id", "an id that is not taken");
    this.#insert({ entity, createdAt: entity.createdAt, sequence: this.#sequence++ });
    this.#note((changes) => {
      changes.added.add(entity.id);
      changes.set.add(entity.id);
      changes.steps.push(() => this.#remove(entity.id));
    });
  }

  /**
   * Says that an entity of the collection is about to be changed in place, so that whoever watches
   * hears of it. To be called before.
   */
  willChange(entity: Entity): void {
    this.#note((changes) => {
      const before = structuredClone(entity);
      changes.set.add(entity.id);
      changes.steps.push(() => Object.assign(entity, before));
    });
  }

  get(id: string): Entity | undefined {
    return this.#byId.get(id)?.entity;
  }

  /** The entities of one parent, oldest first. A live view: do not keep it. */
  of(parentId: string): readonly Placed<Entity>[] {
    return this.#byParent.get(parentId) ?? [];
  }

  /** All entities, in no order that counts. A live view: do not keep it. */
  all(): Iterable<Placed<Entity>> {
    return this.#byId.values();
  }

  /** Removes an entity; false when there was none. */
  delete(id: string): boolean {
    const placed = this.#remove(id);
    if (placed === undefined) return false;
    this.#note((changes) => {
      changes.set.delete(id);
      if (!changes.added.delete(id)) changes.removed.set(id, placed.entity);
      changes.steps.push(() => this.#insert(placed));
    });
    return true;
  }

  clear(): void {
    const [byId, byParent, sequence] = [this.#byId, this.#byParent, this.#sequence];
    this.#byId = new Map();
    this.#byParent = new Map();
    this.#sequence = 0;
    this.#note((changes) => {
      changes.cleared = true;
      changes.added.clear();
      changes.set.clear();
      changes.removed.clear();
      changes.steps.push(() => {
        this.#byId = byId;
        this.#byParent = byParent;
        this.#sequence = sequence;
      });
    });
  }

  /**
   * Forgets all.
   *
   * @returns what puts them back, in the place of what came since.
   */
  keep(): () => void {
    const kept = [...this.#byId.values()].sort((first, second) => first.sequence - second.sequence);
    this.clear();
    return () => {
      this.clear();
      for (const { entity } of kept) this.add(entity);
    };
  }

  /**
   * What has changed since the last call; from the first one on, changes are noted.
   *
   * @returns `undefined` where nothing has.
   */
  takeChanges(): Changes<Entity> | undefined {
    const changes = this.#changes;
    this.#changes = new ChangeLog();
    return changes === undefined || changes.steps.length === 0 ? undefined : changes;
  }

  #note(write: (changes: ChangeLog<Entity>) => void): void {
    this.#changed();
    if (this.#changes !== undefined) write(this.#changes);
  }

  #insert(placed: Placed<Entity>): void {
    this.#byId.set(placed.entity.id, placed);
    const parent = this.#parentOf(placed.entity);
    const siblings = this.#byParent.get(parent);
    if (siblings === undefined) this.#byParent.set(parent, [placed]);
    else siblings.splice(lowerBound(siblings, placed), 0, placed);
  }

  #remove(id: string): Placed<Entity> | undefined {
    const placed = this.#byId.get(id);
    if (placed === undefined) return undefined;
    this.#byId.delete(id);
    const parent = this.#parentOf(placed.entity);
    const siblings = this.#byParent.get(parent) ?? [];
    siblings.splice(lowerBound(siblings, placed), 1);
    if (siblings.length === 0) this.#byParent.delete(parent);
    return placed;
  }
}

/** The first index whose place is not older than the one given, by bisection. */
function lowerBound(placed: readonly Position[], wanted: Position): number {
  let low = 0;
  let high = placed.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = placed[middle];
    if (candidate !== undefined && comparePositions(candidate, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
