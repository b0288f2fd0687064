import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import type { Fetch } from "./options.js";

const agents = {
  "http:": new HttpAgent({ keepAlive: true }),
  "https:": new HttpsAgent({ keepAlive: true }),
};

/**
 * A `fetch` over Node's own HTTP client, for the option `fetch`: for what this SDK asks of it the
 * same as the global one, with less work for each request: worth it for many small media. It follows
 * no redirect, decodes no body, and keeps connections alive. No client uses it unless told to.
 *
 * @example
 * const client = clientFromEnv({ fetch: nodeFetch });
 *
 * @throws TypeError for a `redirect` other than `"manual"`, or a scheme other than http(s)
 */
export const nodeFetch: Fetch = async (
  url,
  { method = "GET", headers, body, redirect, signal },
) => {
  const target = new URL(url);
  if (redirect !== "manual") throw new TypeError('nodeFetch needs redirect: "manual"');
  if (target.protocol !== "http:" && target.protocol !== "https:") {
    throw new TypeError(`nodeFetch cannot ask for ${target.protocol}`);
  }
  if (body !== undefined && body !== null && typeof body !== "string") {
    throw new TypeError("nodeFetch sends text only");
  }
  const send = target.protocol === "https:" ? requestHttps : requestHttp;
  const agent = agents[target.protocol];
  const fields = Object.fromEntries(new Headers(headers));
  return new Promise((resolve, reject) => {
    const request = send(target, { method, agent, headers: fields }, (message) => {
      try {
        resolve(responseOf(message));
      } catch (error) {
        message.destroy();
        reject(error);
      }
    });
    if (signal) {
      const stop = () => request.destroy(asError(signal.reason));
      if (signal.aborted) stop();
      signal.addEventListener("abort", stop, { once: true });
      request.once("close", () => signal.removeEventListener("abort", stop));
    }
    request.once("error", reject);
    // Without a listener Node closes the connection, and never says so.
    request.once("upgrade", (message, socket) => {
      socket.destroy();
      reject(new Error(`an answer ${message.statusCode} that nobody asked for`));
    });
    request.end(body ?? undefined);
  });
};

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(`aborted: ${reason}`);
}

function responseOf(message: IncomingMessage): Response {
  const { statusCode = 0, rawHeaders } = message;
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
  }
  // Named only where it matters, which global fetch cannot tell: to a body that has no other end.
  headers.delete("connection");
  if (!headers.has("content-length") && !headers.has("transfer-encoding")) {
    headers.set("connection", "close");
  }
  if (statusCode === 204 || statusCode === 205 || statusCode === 304) {
    message.resume();
    return new Response(null, { status: statusCode, headers });
  }
  return new Response(bodyOf(message), { status: statusCode, headers });
}

/** How many bytes are read ahead of a consumer before the socket is paused. */
const readAhead = 2 ** 18;

/** The body as it arrives. */
function bodyOf(message: IncomingMessage): ReadableStream<Uint8Array<ArrayBuffer>> {
  let over = false;
  return new ReadableStream(
    {
      start(controller) {
        const fail = (error: Error) => {
          if (!over) controller.error(error);
          over = true;
        };
        message.on("data", (chunk: Buffer<ArrayBuffer>) => {
          if (over) return;
          controller.enqueue(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
          if ((controller.desiredSize ?? 0) <= 0) message.pause();
        });
        message.once("end", () => {
          if (!over) controller.close();
          over = true;
        });
        message.once("error", fail);
        message.once("close", () => fail(new Error("the connection was closed")));
        message.pause();
      },
      pull: () => void message.resume(),
      cancel(reason) {
        over = true;
        message.destroy(asError(reason));
      },
    },
    // Pausing the socket after each chunk would cost more than the chunk.
    { highWaterMark: readAhead, size: (chunk) => chunk.byteLength },
  );
}
