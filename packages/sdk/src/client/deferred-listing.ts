import type { Listing } from "../resources/pagination.js";

/** A listing that is opened when an iteration begins. */
export function deferredListing<Item, Page>(
  open: () => Promise<Listing<Item, Page>>,
): Listing<Item, Page> {
  return {
    async *pages() {
      yield* (await open()).pages();
    },
    async toArray(options) {
      return (await open()).toArray(options);
    },
    async *[Symbol.asyncIterator]() {
      yield* await open();
    },
  };
}
