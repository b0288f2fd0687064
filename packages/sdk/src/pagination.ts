import { IntegrityError } from "./errors.js";

/** The items of a list, page by page behind the scenes: `for await (const item of list)`. */
export interface Listing<Item, Page> extends AsyncIterable<Item> {
  /** The pages themselves, each fetched when it is asked for. */
  pages(): AsyncIterable<Page>;
}

/** Where in a list a page is, as the platform's REST links say it. */
export interface PageCursor {
  readonly page_number: number;
  readonly page_token: string;
}

/**
 * Builds a listing from a function that fetches one page. Each iteration starts at the first page.
 *
 * @param fetchPage fetches the page at the cursor; `undefined` means the first
 * @param itemsOf the items of a page
 * @param nextOf the cursor of the page after it, `undefined` after the last
 * @throws IntegrityError, while iterating, if the pages go round in a circle
 */
export function paginate<Item, Page, Cursor>(
  fetchPage: (cursor: Cursor | undefined) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[],
  nextOf: (page: Page) => Cursor | undefined,
): Listing<Item, Page> {
  async function* pages() {
    const seen = new Set<string>();
    for (let cursor: Cursor | undefined; ; ) {
      const page = await fetchPage(cursor);
      yield page;
      cursor = nextOf(page);
      if (cursor === undefined) return;
      const key = JSON.stringify(cursor);
      if (seen.has(key))
        throw new IntegrityError("The platform's list leads back to a page already read.");
      seen.add(key);
    }
  }
  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* itemsOf(page);
    },
  };
}

/**
 * The cursor in a REST `links.next`. Only its query is read: the request for the next page is built
 * by us, so a link can not send credentials elsewhere.
 */
export function cursorOf(next: string | undefined): PageCursor | undefined {
  if (next === undefined || !URL.canParse(next, "https://link.invalid")) return undefined;
  const query = new URL(next, "https://link.invalid").searchParams;
  const page_token = query.get("page_token");
  const page_number = Number(query.get("page_number"));
  return page_token === null || !Number.isInteger(page_number)
    ? undefined
    : { page_number, page_token };
}
