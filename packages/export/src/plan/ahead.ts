/**
 * Maps what is iterated, a few at a time and in order: details of the next ones are asked for while the
 * first is at work.
 *
 * @param atOnce how many at most are under way
 */
export async function* ahead<From, To>(
  source: AsyncIterable<From>,
  atOnce: number,
  map: (one: From) => Promise<To>,
): AsyncGenerator<To> {
  const iterator = source[Symbol.asyncIterator]();
  const under: Promise<To>[] = [];
  try {
    for (let isOver = false; !isOver || under.length > 0; ) {
      while (!isOver && under.length < atOnce) {
        const next = await iterator.next();
        if (next.done) isOver = true;
        else {
          const promise = map(next.value);
          // Rejections are thrown when their turn comes.
          promise.catch(() => {});
          under.push(promise);
        }
      }
      const first = under.shift();
      if (first) yield await first;
    }
  } finally {
    await iterator.return?.();
  }
}
