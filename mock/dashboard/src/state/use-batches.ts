import { type Inputs, useEffect, useRef, useState } from "preact/hooks";

/** A list that is read some items at a time. */
export interface Batches<Item> {
  readonly items: readonly Item[];
  /** `more`: there may be further items; `end`: there are none. */
  readonly state: "loading" | "more" | "end" | "failed";
  /** Why it is `failed`. */
  readonly error?: unknown;
}

/**
 * Reads a list in batches, from its beginning when one of the inputs changes. A list that is longer
 * than the page can show costs no more than what is shown.
 *
 * @returns what was read, and a function that reads the next batch
 */
export function useBatches<Item>(
  open: (signal: AbortSignal) => AsyncIterable<Item>,
  size: number,
  inputs: Inputs,
): readonly [batches: Batches<Item>, more: () => void] {
  const [batches, setBatches] = useState<Batches<Item>>({ items: [], state: "loading" });
  const next = useRef(() => {});
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const iterator = open(signal)[Symbol.asyncIterator]();
    const items: Item[] = [];
    const show = (state: Batches<Item>["state"], error?: unknown) => {
      if (!signal.aborted) setBatches({ items: [...items], state, error });
    };
    const read = async () => {
      show("loading");
      try {
        for (let count = 0; count < size; count++) {
          const { done, value } = await iterator.next();
          if (done === true) return show("end");
          items.push(value);
        }
        show("more");
      } catch (error) {
        show("failed", error);
      }
    };
    next.current = () => void read();
    void read();
    return () => controller.abort();
  }, inputs);
  return [batches, () => next.current()];
}
