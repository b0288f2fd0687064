import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { Asked } from "../gateway/admission.js";

/** What is asked with a Node request. */
export function askedOver({ method = "GET", headers }: IncomingMessage): Asked {
  return {
    method,
    field(name) {
      const value = headers[name];
      return (typeof value === "object" ? value.join(", ") : value) ?? null;
    },
  };
}

/** A Node request as a Web one. Its host does not matter: nothing that decides reads it. */
export function webRequest(request: IncomingMessage, signal: AbortSignal): Request | undefined {
  const { method = "GET", url = "/" } = request;
  const path = url.startsWith("/") ? url : "/";
  const href = `http://gateway.invalid${path}`;
  if (!URL.canParse(href)) return undefined;
  const headers = new Headers();
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index];
    const value = request.rawHeaders[index + 1];
    try {
      if (name !== undefined && value !== undefined) headers.append(name, value);
    } catch {
      return undefined;
    }
  }
  const hasBody = method !== "GET" && method !== "HEAD";
  try {
    return new Request(href, {
      method,
      headers,
      signal,
      ...(hasBody ? { body: Readable.toWeb(request), duplex: "half" } : {}),
    } as RequestInit);
    // The cast is safe: `duplex` is of the Fetch standard, and missing in these types.
  } catch {
    // TRACE, CONNECT: methods that the Fetch standard has no request for.
    return undefined;
  }
}

/** Sends an answer, no faster than it is taken; one that breaks off breaks the connection. */
export async function sendWeb(answer: Response, response: ServerResponse): Promise<void> {
  response.statusCode = answer.status;
  answer.headers.forEach((value, name) => void response.setHeader(name, value));
  const reader = answer.body?.getReader();
  if (!reader) {
    response.end();
    return;
  }
  const leave = () => void reader.cancel().catch(() => undefined);
  response.once("close", leave);
  if (response.closed || response.destroyed) leave();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      if (!response.write(read.value) && response.writableLength > 0) await drained(response);
      if (response.destroyed) return;
    }
    response.end();
  } catch {
    response.destroy();
  } finally {
    response.off("close", leave);
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      response.off("drain", settle);
      response.off("close", settle);
      resolve();
    };
    response.once("drain", settle);
    response.once("close", settle);
    if (response.closed || response.destroyed) settle();
  });
}

/** The viewer's address: the socket's, or behind so many proxies of one's own the one that they saw. */
export function addressOf(request: IncomingMessage, proxies: number): string | undefined {
  const socket = request.socket.remoteAddress;
  if (proxies === 0) return socket;
  const named = String(request.headers["x-forwarded-for"] ?? "")
    .split(",")
    .map((one) => one.trim());
  return named.at(-proxies) || socket;
}
