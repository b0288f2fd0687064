/**
 * What becomes of requests that no handler answers, while MSW intercepts.
 */

/** MSW's way to complain, or to refuse. */
interface Print {
  warning(): void;
  error(): void;
}

/**
 * Refuses requests to the real platform, which a test must never reach; lets loopback pass, where a
 * test has servers of its own; warns about the rest, as MSW does by default.
 */
export function onUnhandledRequest(request: Request, print: Print): void {
  const { hostname } = new URL(request.url);
  if (hostname === "signalwire.com" || hostname.endsWith(".signalwire.com")) print.error();
  else if (!isLoopback(hostname)) print.warning();
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
