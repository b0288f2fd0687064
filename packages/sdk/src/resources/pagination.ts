import type { Schemas } from "@media-protection/contract";
import { UnexpectedAnswerError } from "../errors.js";
import { given } from "./list-options.js";

/**
 * The items of a list, page by page behind the scenes: `for await (const item of list)`.
 *
 * Nothing happens before an iteration begins; then the options are checked, before any request.
 * Each iteration starts at the first page, and fetches a page when it is needed. The option
 * `timeout` counts for each page; `signal` ends the iteration, within a page too.
 */
export interface Listing<Item, Page> extends AsyncIterable<Item> {
  /** The pages themselves as the platform sends them, each fetched when it is asked for. */
  pages(): AsyncIterable<Page>;
}

/** Where in a list a page is, as the platform's links say it. */
export interface PageCursor {
  readonly number?: number;
  readonly token?: string;
}

/** What a listing reads from. */
export interface PageSource<Item, Page, Cursor> {
  /** Fetches the page at the cursor; `undefined` means the first. */
  fetchPage(cursor: Cursor | undefined): Promise<Page>;
  /** The items of a page. */
  itemsOf(page: Page): Iterable<Item>;
  /** The links of a page to the first one and to the next, `null` or absent after the last. */
  linksOf(page: NoInfer<Page>): { readonly first?: unknown; readonly next?: unknown };
  /** The cursor in a link's query; `undefined` where there is none. */
  readCursor(query: URLSearchParams): Cursor | undefined;
  /** Ends the iteration between two items. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Builds a listing.
 *
 * @param prepare checks the options and says where to read; called when an iteration begins
 * @throws UnexpectedAnswerError, while iterating, if the pages go round in a circle, or a page does not say
 *   where the next one is
 */
export function paginate<Item, Page, Cursor>(
  prepare: () => PageSource<Item, Page, Cursor>,
): Listing<Item, Page> {
  return {
    async *pages() {
      yield* readPages(prepare());
    },
    async *[Symbol.asyncIterator]() {
      const source = prepare();
      for await (const page of readPages(source)) {
        for (const item of source.itemsOf(page)) {
          source.signal?.throwIfAborted();
          yield item;
        }
      }
    },
  };
}

async function* readPages<Item, Page, Cursor>(source: PageSource<Item, Page, Cursor>) {
  const seen = new Set<string>();
  for (let cursor: Cursor | undefined; ; ) {
    const page = await source.fetchPage(cursor);
    const { first, next } = source.linksOf(page);
    seen.add(JSON.stringify(cursor ?? cursorIn(first, source)));
    yield page;
    if (next === undefined || next === null || next === "") return;
    cursor = cursorIn(next, source);
    if (cursor === undefined) {
      throw new UnexpectedAnswerError(
        "paging",
        "The platform's list has a next page, but its link leads nowhere.",
      );
    }
    if (seen.has(JSON.stringify(cursor))) {
      throw new UnexpectedAnswerError(
        "paging",
        "The platform's list leads back to a page already read.",
      );
    }
  }
}

/**
 * The cursor in a link. Only its query is read: the request for the next page is built by us, so a
 * link can not send credentials elsewhere.
 */
function cursorIn<Item, Page, Cursor>(link: unknown, source: PageSource<Item, Page, Cursor>) {
  const base = "https://link.invalid";
  return typeof link === "string" && URL.canParse(link, base)
    ? source.readCursor(new URL(link, base).searchParams)
    : undefined;
}

/** Reads number and token of a page under the names that an API gives them. */
function cursorReader(numberName: string, tokenName: string) {
  return (query: URLSearchParams): PageCursor | undefined => {
    const digits = query.get(numberName);
    const token = query.get(tokenName);
    const cursor = given({
      number: digits !== null && /^\d{1,9}$/.test(digits) ? Number(digits) : undefined,
      token: token ?? undefined,
    });
    return cursor.number === undefined && cursor.token === undefined ? undefined : cursor;
  };
}

/** How the lists of the REST API say where the other pages are. */
export const restLinks = {
  linksOf: (page: { readonly links: Schemas["PaginationLinks"] }) => {
    if (typeof page.links === "object" && page.links !== null) return page.links;
    throw new UnexpectedAnswerError(
      "paging",
      "The platform's list does not say whether there are more pages.",
    );
  },
  readCursor: cursorReader("page_number", "page_token"),
};

/** How the lists of the compatibility API say it. */
export const compatibilityLinks = {
  linksOf: (page: Schemas["CompatibilityPage"]) => ({
    first: page.first_page_uri,
    next: page.next_page_uri,
  }),
  readCursor: cursorReader("Page", "PageToken"),
};

/** A cursor as query parameters of the compatibility API. */
export function compatibilityQuery(cursor: PageCursor = {}) {
  return given({ Page: cursor.number, PageToken: cursor.token });
}
