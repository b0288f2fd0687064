/**
 * One local port that speaks HTTP: how it opens, what it says to requests that are none, and how it
 * closes.
 */

import {
  createServer as createHttpServer,
  type RequestListener,
  type Server,
  ServerResponse,
} from "node:http";
import { createServer as createHttpsServer, Server as HttpsServer } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { restErrors } from "../http/errors.js";
import type { Certificate } from "./certificate.js";
import { PortInUseError } from "./port-in-use.js";

/** How a port is opened. */
export interface ListenOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** With it the port speaks HTTPS. */
  readonly certificate: Certificate | undefined;
  /** How long a client may take to send a request, in ms. */
  readonly requestTimeout: number;
}

/** A port that is open. Requests that come before `serve` wait for it. */
export interface Listener {
  readonly port: number;
  serve(handler: RequestListener): void;
  /**
   * Stops listening. Idle connections end at once, those with a request in the making have `grace` ms
   * to finish it.
   */
  close(grace: number): Promise<void>;
}

/**
 * Opens a port.
 *
 * @throws PortInUseError when it is taken.
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { host, port, certificate, requestTimeout } = options;
  const waiting: Parameters<RequestListener>[] = [];
  const wait: RequestListener = (...request) => void waiting.push(request);
  const limits = {
    keepAliveTimeout: 60_000,
    // Without a body; what serves the requests says the same with one.
    requireHostHeader: false,
    requestTimeout,
    headersTimeout: requestTimeout,
    // Node looks this often which connections have exceeded the two limits above.
    connectionsCheckingInterval: Math.min(1000, requestTimeout),
  };
  const server =
    certificate === undefined
      ? createHttpServer(limits, wait)
      : createHttpsServer({ ...limits, ...certificate, handshakeTimeout: requestTimeout }, wait);
  const strangers = watchHandshakes(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(taken ? new PortInUseError(host, port, { cause: error }) : error);
    });
    server.listen(port, host, resolve);
  });
  server.on("clientError", refuse);
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new TypeError("A TCP listener has an address.");
  }
  return {
    port: address.port,
    serve(handler) {
      server.off("request", wait);
      server.on("request", handler);
      for (const request of waiting.splice(0)) handler(...request);
    },
    close(grace) {
      // Whoever has not even shaken hands asks for nothing; Node knows no such connections.
      for (const socket of strangers()) socket.destroy();
      return close(server, grace);
    },
  };
}

/**
 * The connections of an HTTPS port on which no handshake was made yet. Plain ones have none to make.
 *
 * @returns what tells which they are now.
 */
function watchHandshakes(server: Server): () => Iterable<Socket> {
  const strangers = new Map<string, Socket>();
  const keyOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;
  if (server instanceof HttpsServer) {
    server.on("connection", (socket: Socket) => {
      const key = keyOf(socket);
      strangers.set(key, socket);
      socket.once("close", () => {
        if (strangers.get(key) === socket) strangers.delete(key);
      });
    });
    // Another object than the socket below it, but of the same peer.
    server.on("secureConnection", (socket) => strangers.delete(keyOf(socket)));
  }
  return () => strangers.values();
}

/** What Node's parser found wrong, as a status and its body; all else is a 400. */
const refusals: Readonly<Record<string, readonly [status: string, error: string]>> = {
  HPE_HEADER_OVERFLOW: ["431", "Request Header Fields Too Large"],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ["413", "Payload Too Large"],
  ERR_HTTP_REQUEST_TIMEOUT: ["408", "Request Timeout"],
};

/**
 * Answers what no request can be made of, with the error body of the REST API, and ends the
 * connection.
 */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  // Node keeps the answer that a connection waits for in `_httpMessage`, as its own handling of this
  // event does.
  const answer = "_httpMessage" in socket ? socket._httpMessage : undefined;
  if (answer instanceof ServerResponse) {
    // What is wrong came after a whole request, which gets its answer.
    if (answer.req.complete) {
      answer.once("finish", () => socket.end());
      return;
    }
    // Nothing may be added to an answer that is on its way.
    if (answer.headersSent) {
      socket.destroy();
      return;
    }
  }
  const [status, reason] = refusals[error.code ?? ""] ?? ["400", restErrors[400].error];
  const body = JSON.stringify({ error: reason });
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${body.length}`,
    "connection: close",
  ];
  // Whoever does not read is not waited for.
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}

/** How often a port that closes looks for connections that have become idle, in ms. */
const idleCheck = 20;

function close(server: Server, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), idleCheck);
    const end = setTimeout(() => server.closeAllConnections(), grace);
    // An error here says that the server was closed before, which is what is wanted.
    server.close(() => {
      clearInterval(idle);
      clearTimeout(end);
      resolve();
    });
    if (grace === 0) server.closeAllConnections();
  });
}
