/**
 * An end to redirects under MSW in Node, whose interceptors follow them without counting and without
 * ever letting a timer run.
 */

/** As many redirects as `fetch` follows (the Fetch standard, "HTTP-redirect fetch"). */
const mostRedirects = 20;

/** Counts the redirects that led to a request; the interceptors hand the headers on to the next. */
const counter = "x-mock-redirects";

/** Lets timers and sockets have their turn. */
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** Answers a request; what was redirected too often fails in the caller, as with the standard `fetch`. */
export async function withRedirectLimit(
  request: Request,
  answer: (request: Request) => Response | Promise<Response>,
): Promise<Response> {
  const before = Number(request.headers.get(counter) ?? 0);
  const response = await answer(request);
  if (!response.headers.has("location")) return response;
  await turn();
  if (before >= mostRedirects) return Response.error();
  request.headers.set(counter, String(before + 1));
  return response;
}
