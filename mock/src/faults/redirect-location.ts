import type { RedirectFault } from "./fault.js";

/**
 * Where a chain of redirects goes on; pure.
 *
 * @param url of the request
 * @param parameter of the query that counts the hops
 * @param hop how many redirects led here
 * @returns an absolute URL, or `undefined` where the chain is at its end.
 */
export function redirectLocation(
  { hops = 1, to }: RedirectFault,
  url: string,
  parameter: string,
  hop: number,
): string | undefined {
  if (hops !== "loop" && hop >= hops) return undefined;
  if (to !== undefined && hop + 1 === hops) return to;
  const next = new URL(url);
  // A loop comes back to the same URL, by which clients recognise it.
  next.searchParams.set(parameter, hops === "loop" ? "1" : String(hop + 1));
  return next.href;
}
