/**
 * The page parameters of the two APIs' lists.
 */

import { isPageToken, type PageRequest } from "../http/paging.js";
import { integer, type TextReader } from "../http/readers.js";

const defaultSize = 50;
const size = integer(1, 1000);
const number = integer(0);

const token: TextReader<string> = (value, name) => {
  if (isPageToken(value)) return { ok: true, value };
  const message = `${name} must be a token from the links of another page`;
  return {
    ok: false,
    malformed: false,
    problem: { code: "invalid_value", message, attribute: name },
  };
};

/** `page_size`, `page_number` and `page_token` of the REST API. */
export const restPageReaders = { page_size: size, page_number: number, page_token: token };

/** The page that a query of the REST API asks for. */
export function restPageRequest(query: {
  readonly page_size?: number | undefined;
  readonly page_number?: number | undefined;
  readonly page_token?: string | undefined;
}): PageRequest {
  return {
    size: query.page_size ?? defaultSize,
    number: query.page_number ?? 0,
    token: query.page_token,
  };
}

/** `PageSize`, `Page` and `PageToken` of the compatibility API. */
export const compatPageReaders = { PageSize: size, Page: number, PageToken: token };

/** The page that a query of the compatibility API asks for. */
export function compatPageRequest(query: {
  readonly PageSize?: number | undefined;
  readonly Page?: number | undefined;
  readonly PageToken?: string | undefined;
}): PageRequest {
  return {
    size: query.PageSize ?? defaultSize,
    number: query.Page ?? 0,
    token: query.PageToken,
  };
}
