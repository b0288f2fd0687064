import type { Schemas } from "@media-protection/contract";
import { OptionError } from "../errors.js";
import { checkKnown } from "../trust/known-options.js";
import { idKey } from "../trust/same-id.js";
import { given } from "./list-options.js";
import { outsideContract } from "./platform-values.js";

/**
 * The items of a list, page by page behind the scenes: `for await (const item of list)`.
 *
 * An item that turns up again, since others came or went while pages were read, comes once: the last
 * 10,000 or more are known by their id. A list that brings nothing new for 100 pages, and always has
 * a next one, ends with an error.
 *
 * Nothing happens before an iteration begins; then the options are checked, before any request.
 * Each iteration starts at the first page, and fetches a page when it is needed. The option
 * `timeout` counts for each page; `signal` ends the iteration, within a page too.
 */
export interface Listing<Item, Page> extends AsyncIterable<Item> {
  /** The pages themselves as the platform sends them, each fetched when it is asked for. */
  pages(): AsyncIterable<Page>;
  /**
   * The first items as an array; no page beyond them is asked for.
   *
   * @param options `limit`: how many at most, 1 or more; `Infinity` for all, which a list of any
   *   length may be too long for
   * @throws OptionError without a limit, before any request
   * @throws whatever an iteration throws
   * @example
   * const newest = await client.recordings.list().toArray({ limit: 20 });
   */
  toArray(options: { readonly limit: number }): Promise<Item[]>;
}

/** What `toArray` of a listing does. */
export async function firstOf<Item>(
  items: AsyncIterable<Item>,
  options: { readonly limit: number },
): Promise<Item[]> {
  const { limit } = checkKnown(options, { limit: true });
  if (!(limit === Infinity || (Number.isSafeInteger(limit) && limit > 0))) {
    throw new OptionError("limit", "a whole number, 1 or more, or Infinity for all");
  }
  const first: Item[] = [];
  for await (const item of items) if (first.push(item) >= limit) break;
  return first;
}

/** Where in a list a page is, as the platform's links say it. */
export interface PageCursor {
  readonly number?: number;
  readonly token?: string;
}

/** What a listing reads from. */
export interface PageSource<Raw, Item extends { readonly id: string }, Page, Cursor> {
  /** Fetches the page at the cursor; `undefined` means the first. */
  fetchPage(cursor: Cursor | undefined): Promise<Page>;
  /** What a page lists, as the platform sends it. */
  listOf(page: NoInfer<Page>): readonly Raw[];
  /** The item that is yielded for it. */
  describe(raw: NoInfer<Raw>): Item;
  /** Whether the item passes the caller's filters. @default every item does */
  isWanted?(item: NoInfer<Item>): boolean;
  /** The links of a page to the first one and to the next, `null` or absent after the last. */
  linksOf(page: NoInfer<Page>): { readonly first?: unknown; readonly next?: unknown };
  /** The cursor in a link's query; `undefined` where there is none. */
  readCursor(query: URLSearchParams): Cursor | undefined;
  /** Ends the iteration between two items. */
  readonly signal: AbortSignal | undefined;
}

/** How many ids a listing keeps to know an item again, at least; twice as many at most. */
const remembered = 10_000;
/** Pages in a row that bring nothing new, after which a list that has a next page is given up. */
const fruitlessPages = 100;

/**
 * Builds a listing.
 *
 * @param prepare checks the options and says where to read; called when an iteration begins
 * @throws UnexpectedAnswerError, while iterating, if the pages go round in a circle, a page does not say
 *   where the next one is, or 100 in a row bring nothing new while there is always a next one
 */
export function paginate<Raw, Item extends { readonly id: string }, Page, Cursor>(
  prepare: () => PageSource<Raw, Item, Page, Cursor>,
): Listing<Item, Page> {
  return {
    async *pages() {
      yield* readPages(prepare());
    },
    toArray(options) {
      return firstOf(this, options);
    },
    async *[Symbol.asyncIterator]() {
      const source = prepare();
      const isNew = newness();
      const checkProgress = patience();
      for await (const page of readPages(source)) {
        let brought = false;
        for (const raw of source.listOf(page)) {
          const item = source.describe(raw);
          if (!isNew(item.id)) continue;
          brought = true;
          if (source.isWanted?.(item) === false) continue;
          source.signal?.throwIfAborted();
          yield item;
        }
        // Where it was the last page there is nothing to end.
        if (hasNext(source.linksOf(page).next)) checkProgress(brought);
      }
    },
  };
}

/** Tells ids apart that did not come lately, in memory that a list of any length does not fill. */
function newness(): (id: string) => boolean {
  let [recent, older] = [new Set<string>(), new Set<string>()];
  return (id) => {
    const key = idKey(id);
    if (recent.has(key) || older.has(key)) return false;
    if (recent.size >= remembered) [recent, older] = [new Set(), recent];
    recent.add(key);
    return true;
  };
}

/** Told of each page whether it brought anything, ends a list that goes on without. */
function patience(): (brought: boolean) => void {
  let fruitless = 0;
  return (brought) => {
    fruitless = brought ? 0 : fruitless + 1;
    if (fruitless < fruitlessPages) return;
    throw outsideContract(
      "paging",
      `The platform's list goes on and on: ${fruitlessPages} pages in a row brought nothing new.`,
    );
  };
}

async function* readPages<Raw, Item extends { readonly id: string }, Page, Cursor>(
  source: PageSource<Raw, Item, Page, Cursor>,
) {
  const checkProgress = patience();
  const seen = new Set<string>();
  for (let cursor: Cursor | undefined; ; ) {
    const page = await source.fetchPage(cursor);
    const { first, next } = source.linksOf(page);
    seen.add(JSON.stringify(cursor ?? cursorIn(first, source)));
    yield page;
    if (!hasNext(next)) return;
    checkProgress(source.listOf(page).length > 0);
    cursor = cursorIn(next, source);
    if (cursor === undefined) {
      throw outsideContract(
        "paging",
        "The platform's list has a next page, but its link leads nowhere.",
      );
    }
    if (seen.has(JSON.stringify(cursor))) {
      throw outsideContract("paging", "The platform's list leads back to a page already read.");
    }
  }
}

function hasNext(next: unknown): boolean {
  return next !== undefined && next !== null && next !== "";
}

/**
 * The cursor in a link. Only its query is read: the request for the next page is built by us, so a
 * link can not send credentials elsewhere.
 */
function cursorIn<Cursor>(
  link: unknown,
  source: { readCursor(query: URLSearchParams): Cursor | undefined },
) {
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
    throw outsideContract(
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
