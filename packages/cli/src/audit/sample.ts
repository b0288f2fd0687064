/**
 * Which media of many are tried: the newest, the oldest, and some in between.
 */

/** What was taken of a list, and how long that was. */
export interface Sample<Item> {
  readonly items: readonly Item[];
  readonly size: number;
}

/**
 * Takes a sample of a list that is read once, and never held: the first, the last, and `between` others,
 * each with the same chance (reservoir sampling, Vitter's algorithm R).
 *
 * @param random from 0 up to 1
 */
export async function takeSample<Item>(
  list: AsyncIterable<Item>,
  between: number,
  random: () => number,
): Promise<Sample<Item>> {
  let first: Item | undefined;
  let last: Item | undefined;
  const others: Item[] = [];
  let size = 0;
  for await (const item of list) {
    size++;
    if (size === 1) {
      first = item;
      continue;
    }
    // What was the last until now is one of those in between.
    if (last !== undefined) {
      const seen = size - 2;
      if (others.length < between) others.push(last);
      else {
        const place = Math.floor(random() * seen);
        if (place < between) others[place] = last;
      }
    }
    last = item;
  }
  const items = [first, ...others, last].filter((item) => item !== undefined);
  return { items, size };
}
