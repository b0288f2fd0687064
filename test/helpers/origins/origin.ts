import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as a test origin received it. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** A real HTTP origin on a free loopback port, which remembers every request. */
export interface TestOrigin extends AsyncDisposable {
  /** As `URL.origin` writes it. */
  readonly origin: string;
  readonly requests: readonly ReceivedRequest[];
}

/**
 * Starts an origin.
 *
 * @param hostname which loopback name to be reached by; two names are two origins
 */
export async function startOrigin(
  listener: RequestListener,
  hostname: "127.0.0.1" | "localhost" = "127.0.0.1",
): Promise<TestOrigin> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    requests.push({ method, path: url, headers });
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, hostname, resolve));
  // The server listens on TCP, so its address is not a pipe's name.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${hostname}:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
