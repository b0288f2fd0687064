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

/** Entities of one type. */
export class Collection<Entity extends Stored> {
  readonly #parentOf: (entity: Entity) => string;
  readonly #byId = new Map<string, Placed<Entity>>();
  readonly #byParent = new Map<string, Placed<Entity>[]>();
  #sequence = 0;

  /** @param parentOf the id of what an entity is listed under. */
  constructor(parentOf: (entity: Entity) => string) {
    this.#parentOf = parentOf;
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
    const placed = { entity, createdAt: entity.createdAt, sequence: this.#sequence++ };
    this.#byId.set(entity.id, placed);
    const parent = this.#parentOf(entity);
    const siblings = this.#byParent.get(parent);
    if (siblings === undefined) this.#byParent.set(parent, [placed]);
    else siblings.splice(lowerBound(siblings, placed), 0, placed);
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
    const placed = this.#byId.get(id);
    if (placed === undefined) return false;
    this.#byId.delete(id);
    const parent = this.#parentOf(placed.entity);
    const siblings = this.#byParent.get(parent) ?? [];
    siblings.splice(lowerBound(siblings, placed), 1);
    if (siblings.length === 0) this.#byParent.delete(parent);
    return true;
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

  clear(): void {
    this.#byId.clear();
    this.#byParent.clear();
    this.#sequence = 0;
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
