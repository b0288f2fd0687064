import { Agent as HttpAgent, type RequestOptions, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import type { Fetch } from "../options/client-options.js";
import { codeOf } from "../trust/masking.js";
import { onAbort } from "./deadline.js";
import { asError, responseFrom } from "./message-response.js";

const agents = {
  "http:": new HttpAgent({ keepAlive: true }),
  "https:": new HttpsAgent({ keepAlive: true }),
};

/** The connections by which `nodeFetch` asks for a URL. */
export function directAgent(url: URL): HttpAgent {
  return url.protocol === "https:" ? agents["https:"] : agents["http:"];
}

/** A `fetch` over Node's own HTTP client, which asks for each URL by the connections that it is told. */
export function fetchBy(agentFor: (url: URL) => HttpAgent): Fetch {
  return async (url, { method = "GET", headers, body, redirect, signal }) => {
    const target = new URL(url);
    if (redirect !== "manual") throw new TypeError('nodeFetch needs redirect: "manual"');
    if (target.protocol !== "http:" && target.protocol !== "https:") {
      throw new TypeError(`nodeFetch cannot ask for ${target.protocol}`);
    }
    if (body !== undefined && body !== null && typeof body !== "string") {
      throw new TypeError("nodeFetch sends text only");
    }
    const fields = Object.fromEntries(headers instanceof Headers ? headers : new Headers(headers));
    const options = { method, agent: agentFor(target), headers: fields };
    for (;;) {
      try {
        return await exchange(target, options, body ?? undefined, signal ?? undefined);
      } catch (error) {
        // Each try uses up a connection that was kept, so there is an end to them.
        if (!(error instanceof StaleSocket)) throw error;
      }
    }
  };
}

function exchange(
  target: URL,
  options: RequestOptions,
  body: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const send = target.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(target, options, (message) => {
      try {
        resolve(responseFrom(message));
      } catch (error) {
        message.destroy();
        reject(error);
      }
    });
    if (signal) {
      const stop = () => request.destroy(asError(signal.reason));
      if (signal.aborted) stop();
      request.once("close", onAbort(signal, stop));
    }
    request.once("error", (error) => {
      const isStale = request.reusedSocket && options.method !== "POST" && isClosed(error);
      reject(isStale ? new StaleSocket() : error);
    });
    // Without a listener Node closes the connection, and never says so.
    request.once("upgrade", (message, socket) => {
      socket.destroy();
      reject(new Error(`an answer ${message.statusCode} that nobody asked for`));
    });
    // A proxy that does not connect answers for itself, and not for the target.
    request.once("proxyConnect", ({ statusCode }: { readonly statusCode?: number }) => {
      if (statusCode === undefined || statusCode === 200) return;
      request.destroy(new Error(`the proxy answered ${statusCode} instead of connecting`));
    });
    request.end(body);
  });
}

/** A kept connection was closed before anything of an answer came. */
class StaleSocket extends Error {}

function isClosed(error: Error): boolean {
  return ["ECONNRESET", "EPIPE"].includes(codeOf(error) ?? "");
}
