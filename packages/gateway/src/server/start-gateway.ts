import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { OptionError } from "@media-protection/sdk";
import { refuse } from "../bytes/refusals.js";
import { createHandler, type Gateway, type Handler, playToken } from "../gateway/create-gateway.js";
import type { GatewayOptions } from "../gateway/options.js";
import { type AuditLog, openAuditLog } from "./audit-log.js";
import { type GatewayLog, logError, openLog } from "./log.js";
import { createMetrics } from "./metrics.js";
import { playOverNode } from "./play-over-node.js";
import { addressOf, askedOver, sendWeb, webRequest } from "./web-over-node.js";

/** Options of `startGateway`. */
export interface StartGatewayOptions extends Omit<GatewayOptions, "publicUrl" | "onError"> {
  /** The port, 0 for a free one. @default 8080 */
  readonly port?: number | undefined;
  /** The address to listen on. @default "127.0.0.1" */
  readonly host?: string | undefined;
  /** Where the gateway is reached. @default the address it listens on */
  readonly publicUrl?: string | undefined;
  /** How many proxies of your own stand before it, whose `X-Forwarded-For` is believed. @default 0; with `accel` 1 */
  readonly proxies?: number | undefined;
  /** The file of the audit log. @default none is written */
  readonly auditFile?: string | undefined;
  /** The log. @default pino, to standard output */
  readonly logger?: GatewayLog | undefined;
  /** How long answers under way may take when it ends, in milliseconds. @default 30000 */
  readonly drain?: number | undefined;
}

/** A gateway that listens. */
export interface RunningGateway extends AsyncDisposable {
  /** Its address, `http://127.0.0.1:8080`. */
  readonly url: string;
  /** The gateway itself: links, keys, taking back. */
  readonly gateway: Gateway;
  /** Takes no more requests, ends those under way, at last after `drain`. */
  close(): Promise<void>;
}

/**
 * Starts a gateway as a server: `/m/…`, `/s/…`, `POST /links`, and for operators `/healthz`, `/readyz`
 * and `/metrics`, on loopback unless told otherwise. Logs hold link ids, never links.
 *
 * @throws OptionError for an option that is missing or malformed, or a port that is taken
 */
export async function startGateway(options: StartGatewayOptions): Promise<RunningGateway> {
  const { port = 8080, host = "127.0.0.1", drain = 30_000, auditFile } = options;
  // What is handed over is handed to a proxy.
  const { proxies = options.accel ? 1 : 0 } = options;
  if (!Number.isInteger(proxies) || proxies < 0) throw new OptionError("proxies", "0 or more");
  const log = options.logger ?? openLog();
  // Opened first: a gateway that may not write its audit log does not listen.
  const audit: AuditLog | undefined =
    auditFile === undefined ? undefined : await openAuditLog(auditFile);
  let isEnding = false;
  let handle: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  const server = createServer((request, response) => handle?.(request, response));
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  server.maxHeadersCount = 100;
  server.on("clientError", (_, socket) => {
    if (socket.writable)
      socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
  });
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    audit?.close();
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const expected = portProblems[code];
    throw expected === undefined ? error : new OptionError("port", expected, { cause: error });
  }
  // Safe: a server that listens on a port has such an address.
  const { port: listening } = server.address() as AddressInfo;
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${listening}`;
  let handler: Handler;
  const metrics = createMetrics(() => handler.gateway.underWay);
  try {
    handler = createHandler({
      ...options,
      publicUrl: options.publicUrl ?? url,
      onError: (error) => logError(log, error),
      onAudit(event) {
        metrics.opened(event);
        audit?.write(event);
        options.onAudit?.(event);
        // The medium's ids are what its own URL is made of: they are the audit log's alone.
        const { medium: _, audience: __, time: ___, ...told } = event;
        log.info(told, "link");
      },
    });
  } catch (error) {
    server.close();
    audit?.close();
    throw error;
  }
  const { gateway, admit, tools, seconds } = handler;
  handle = (request, response) => void serve(request, response);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET" } = request;
    response.once("close", () => {
      if (response.headersSent) metrics.answered(method, response.statusCode);
    });
    if (isEnding) response.setHeader("connection", "close");
    try {
      const answer = await answerTo(request, response);
      if (answer) await sendWeb(answer, response);
    } catch (error) {
      logError(log, error);
      if (response.headersSent) response.destroy();
      else await sendWeb(refuse(500), response);
    }
  }

  /** @returns nothing where it was answered, which a medium is without an answer in between */
  async function answerTo(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Response | undefined> {
    const path = request.url?.split("?")[0] ?? "";
    const address = addressOf(request, proxies);
    const token = playToken(path);
    if (token !== undefined) {
      const entry = await admit(askedOver(request), token, { address });
      if (entry instanceof Response) return entry;
      if (entry instanceof Map) {
        for (const [name, value] of entry) response.setHeader(name, value);
        response.end();
        return undefined;
      }
      await playOverNode(request, response, entry, tools, seconds());
      return undefined;
    }
    if (path === "/healthz") return plain(200, "ok\n");
    if (path === "/readyz") {
      const isReady = !isEnding && (await gateway.state.isReady());
      return isReady ? plain(200, "ready\n") : plain(503, "not ready\n");
    }
    if (path === "/metrics") {
      return plain(200, await metrics.text(), metrics.contentType);
    }
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const web = webRequest(request, gone.signal);
    return web ? gateway.fetch(web, { address }) : refuse(400);
  }

  const close = async () => {
    if (isEnding) return;
    isEnding = true;
    const closed = once(server, "close");
    server.close();
    server.closeIdleConnections();
    const late = setTimeout(() => server.closeAllConnections(), drain);
    await closed;
    clearTimeout(late);
    audit?.close();
  };
  return { url, gateway, close, [Symbol.asyncDispose]: close };
}

/** Why nothing can listen, as what the option has to be. */
const portProblems: Readonly<Record<string, string | undefined>> = {
  EADDRINUSE: "one that nobody listens on",
  EACCES: "one that this user may listen on",
  EADDRNOTAVAIL: "of an address that this machine has",
};

function plain(status: number, text: string, type = "text/plain; charset=utf-8"): Response {
  const headers = {
    "content-type": type,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  return new Response(text, { status, headers });
}
