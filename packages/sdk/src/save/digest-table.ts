import { hash } from "node:crypto";

/** How full it may become before it grows. */
const fullness = 0.7;

/** The digests of many texts, in an open table: of each the first 48 bits, and what else a class keeps. */
abstract class Digests {
  private count = 0;
  /** So many numbers for each place, of which the first is 0 where it is free. */
  protected places: Float64Array;
  private readonly width: number;

  constructor(width: number) {
    this.width = width;
    this.places = new Float64Array(width * 1024);
  }

  /** Where a digest is, or would be. */
  protected placeOf(first: number, second: number): number {
    const { places, width } = this;
    let place = (first * width) % places.length;
    while (places[place] !== 0 && !(places[place] === first && this.isAlike(place, second))) {
      place = (place + width) % places.length;
    }
    return place;
  }

  /** Whether the rest of a digest is alike, too. */
  protected abstract isAlike(place: number, second: number): boolean;

  protected put(place: number, numbers: readonly number[]): void {
    const isNew = this.places[place] === 0;
    this.places.set(numbers, place);
    if (isNew && ++this.count * this.width > this.places.length * fullness) this.grow();
  }

  private grow(): void {
    const { places: old, width } = this;
    this.places = new Float64Array(old.length * 2);
    for (let at = 0; at < old.length; at += width) {
      const [first = 0, second = 0] = [old[at], old[at + 1]];
      if (first === 0) continue;
      this.places.set(old.subarray(at, at + width), this.placeOf(first, second));
    }
  }
}

/**
 * A number for each of many texts, by 96 bits of their SHA-256: some 50 bytes for each, where a `Map`
 * of the texts themselves takes several hundred.
 */
export class DigestTable extends Digests {
  constructor() {
    super(3);
  }

  /** The number of a text. */
  get(text: string): number | undefined {
    const place = this.placeOf(...digestOf(text));
    return this.places[place] === 0 ? undefined : this.places[place + 2];
  }

  set(text: string, value: number): void {
    const [first, second] = digestOf(text);
    this.put(this.placeOf(first, second), [first, second, value]);
  }

  protected override isAlike(place: number, second: number): boolean {
    return this.places[place + 1] === second;
  }
}

/** Many texts, by 48 bits of their SHA-256: one in millions may seem to be there, and is not. */
export class ProbableSet extends Digests {
  constructor() {
    super(1);
  }

  add(text: string): void {
    const [first, second] = digestOf(text);
    this.put(this.placeOf(first, second), [first]);
  }

  has(text: string): boolean {
    return this.places[this.placeOf(...digestOf(text))] !== 0;
  }

  protected override isAlike(): boolean {
    return true;
  }
}

function digestOf(text: string): [first: number, second: number] {
  const digest = hash("sha256", text, "buffer");
  return [digest.readUIntBE(0, 6) + 1, digest.readUIntBE(6, 6)];
}
