import type { Schemas } from "@media-protection/contract";
import { expect } from "vitest";
import type { ContractOperation } from "../../helpers/contract/contract-operations.js";
import { json } from "../scene.js";
import type { ListCase, Stage } from "./list-cases.js";
import { unknownId } from "./surface.js";

// A list as a client reads it: page by page, by the links that the answers give.

/** A page, whichever API it is of. */
export interface ListPage {
  /** What the items are called in the list's case. */
  readonly names: readonly string[];
  readonly self: string;
  readonly first: string;
  readonly next: string | null;
  readonly previous: string | null;
}

const namesOf = ({ names }: ListPage) => names;

type CompatPage = Schemas["CompatibilityPage"];
type RestPage = { readonly links: Schemas["PaginationLinks"] };

/** Reads a list of one stage. */
export function reader(operation: ContractOperation, list: ListCase, stage: Stage) {
  const { surface, asking, names } = stage;

  const read = async (url: string): Promise<ListPage> => {
    const headers = asking.as ?? {};
    // The answer is held against the contract, by which it is one of the two, with items that have an
    // id by one of these names.
    const body = await json<CompatPage | RestPage>(surface.ask(url, { headers }));
    const items = Reflect.get(body, list.key) as readonly {
      readonly sid?: string;
      readonly id?: string;
    }[];
    const found = items.map(({ sid, id }) => names.get(sid ?? id ?? unknownId) ?? "a stranger's");
    if ("links" in body) {
      const { self, first, next = null, prev: previous = null } = body.links;
      return { names: found, self, first, next, previous };
    }
    const at = (uri: string) => surface.space(uri);
    return {
      names: found,
      self: at(body.uri),
      first: at(body.first_page_uri),
      next: body.next_page_uri === null ? null : at(body.next_page_uri),
      previous: body.previous_page_uri === null ? null : at(body.previous_page_uri),
    };
  };

  /** The page that a query asks for. */
  const page = (query: string) => read(surface.url(operation, { ...asking, query }));

  /** Reads from the first page to the last, and back; every link leads where it says. */
  const walk = async (query: string): Promise<readonly ListPage[]> => {
    const pages: ListPage[] = [];
    let at: ListPage | null = await page(query);
    for (; at !== null; at = at.next === null ? null : await read(at.next)) {
      pages.push(at);
      // A link that leads nowhere new would be followed for ever.
      expect(pages.length).toBeLessThanOrEqual(names.size + 1);
    }

    const back: ListPage[] = [];
    at = pages.at(-1) ?? null;
    for (; at !== null; at = at.previous === null ? null : await read(at.previous)) {
      back.unshift(at);
      expect(back.length).toBeLessThanOrEqual(pages.length);
    }
    expect(back.map(namesOf)).toEqual(pages.map(namesOf));

    for (const there of pages) {
      expect(namesOf(await read(there.self))).toEqual(there.names);
      expect(namesOf(await read(there.first))).toEqual(pages[0]?.names);
    }
    return pages;
  };

  return { page, walk };
}
