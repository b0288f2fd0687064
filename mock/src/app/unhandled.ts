/**
 * What becomes of requests that no handler answers, while MSW intercepts.
 */

/** MSW's way to complain. */
interface Print {
  warning(): void;
}

/**
 * Lets loopback pass, where a test has servers of its own; warns about the rest, as MSW does by
 * default. The real platform never comes here: a handler refuses it, since MSW's own way to refuse
 * only prints where this is a function.
 */
export function onUnhandledRequest(request: Request, print: Print): void {
  if (!isLoopback(new URL(request.url).hostname)) print.warning();
}

/** Whether nobody but this machine is reached by a host name or address, as a URL or the system writes it. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    hostname === "::1" ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}
