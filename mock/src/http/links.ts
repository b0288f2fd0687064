/**
 * How a list tells where its other pages are.
 */

import type { Schemas } from "@media-protection/contract";
import type { Origins } from "../rules/origins.js";
import type { Page, PageReference } from "./paging.js";

/** Filters of a list, to be kept in the links; `undefined` where a filter is absent. */
export type Filters = Readonly<Record<string, string | boolean | undefined>>;

/** What links are made from. */
interface Listed {
  readonly platform: { readonly origins: Origins };
  readonly path: string;
}

/** The links of a REST list: absolute URLs. */
export function links(
  { platform, path }: Listed,
  page: Page<unknown>,
  filters: Filters,
): Schemas["PaginationLinks"] {
  const url = (reference: PageReference) =>
    platform.origins.space +
    path +
    queryOf(filters, {
      page_number: reference.number,
      page_size: page.size,
      page_token: reference.token,
    });
  return {
    self: url(page.current),
    first: url({ number: 0 }),
    ...(page.next === null ? {} : { next: url(page.next) }),
    ...(page.previous === null ? {} : { prev: url(page.previous) }),
  };
}

/** What a list of the compatibility API says about its pages: paths on the space. */
export function compatPage(
  { path }: Listed,
  page: Page<unknown>,
  filters: Filters,
): Schemas["CompatibilityPage"] {
  const uri = (reference: PageReference) =>
    path +
    queryOf(filters, {
      Page: reference.number,
      PageSize: page.size,
      PageToken: reference.token,
    });
  return {
    uri: uri(page.current),
    first_page_uri: uri({ number: 0 }),
    next_page_uri: page.next === null ? null : uri(page.next),
    previous_page_uri: page.previous === null ? null : uri(page.previous),
    page: page.current.number,
    page_size: page.size,
  };
}

function queryOf(
  filters: Filters,
  page: Readonly<Record<string, string | number | undefined>>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filters, ...page })) {
    if (value !== undefined) query.set(name, String(value));
  }
  return `?${query}`;
}
