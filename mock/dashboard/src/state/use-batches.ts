import { type Inputs, useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useChanges } from "./use-live.js";

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
 * than the page can show costs no more than what is shown. When the platform has changed, as much as is
 * shown is read anew, and shown when it is there.
 *
 * @returns what was read, and a function that reads the next batch
 */
export function useBatches<Item>(
  open: (signal: AbortSignal) => AsyncIterable<Item>,
  size: number,
  inputs: Inputs,
): readonly [batches: Batches<Item>, more: () => void] {
  const [batches, setBatches] = useState<Batches<Item>>({ items: [], state: "loading" });
  const latest = useRef(open);
  latest.current = open;
  const current = useRef<Run<Item>>(undefined);

  const start = useCallback((isNew: boolean) => {
    const before = current.current;
    before?.controller.abort();
    const wanted = isNew ? size : Math.max(size, before?.items.length ?? 0);
    const run = beginRun(latest.current);
    current.current = run;
    if (isNew) setBatches({ items: [], state: "loading" });
    void read(run, wanted, setBatches);
  }, []);
  useEffect(() => {
    start(true);
    return () => current.current?.controller.abort();
  }, inputs);
  useChanges(useCallback(() => start(false), []));

  const more = () => {
    const run = current.current;
    if (run === undefined) return;
    setBatches({ items: [...run.items], state: "loading" });
    void read(run, run.items.length + size, setBatches);
  };
  return [batches, more];
}

/** One reading of a list, as far as it has come. */
interface Run<Item> {
  readonly controller: AbortController;
  readonly iterator: AsyncIterator<Item>;
  readonly items: Item[];
}

function beginRun<Item>(open: (signal: AbortSignal) => AsyncIterable<Item>): Run<Item> {
  const controller = new AbortController();
  const iterator = open(controller.signal)[Symbol.asyncIterator]();
  return { controller, iterator, items: [] };
}

/** Reads on until there are so many items. */
async function read<Item>(
  { controller: { signal }, iterator, items }: Run<Item>,
  wanted: number,
  show: (batches: Batches<Item>) => void,
): Promise<void> {
  const say = (state: Batches<Item>["state"], error?: unknown) => {
    if (!signal.aborted) show({ items: [...items], state, error });
  };
  try {
    while (items.length < wanted) {
      const { done, value } = await iterator.next();
      if (done === true) return say("end");
      items.push(value);
    }
    say("more");
  } catch (error) {
    say("failed", error);
  }
}
