import type { ServerResponse } from "node:http";
import { type ReceivedRequest, startOrigin, type TestOrigin } from "./origin.js";

/** What an origin has, and how it fails. */
export interface MediaOriginOptions {
  /** The entity tag with its quotes; `null` for none. @default '"v1"' */
  readonly etag?: string | null;
  /** Whether it serves ranges. @default true */
  readonly ranges?: boolean;
  /**
   * After how many bytes the connection is cut, for each request; `undefined` for not at all.
   *
   * @param index counts the requests from 0
   */
  readonly cutAfter?: (index: number, request: ReceivedRequest) => number | undefined;
}

/** A real origin with one medium at every path, whose version can change. */
export interface MediaOrigin extends TestOrigin {
  /** Replaces what it serves from the next request on. */
  serve(bytes: Uint8Array, options?: MediaOriginOptions): void;
  /** The `Range` field of each request. */
  ranges(): (string | undefined)[];
}

/** Starts an origin that serves the bytes as `audio/wav`, with ranges and `If-Range`, RFC 9110. */
export async function startMediaOrigin(
  bytes: Uint8Array,
  options: MediaOriginOptions = {},
): Promise<MediaOrigin> {
  let [medium, how] = [bytes, options];
  const origin = await startOrigin((request, response) => {
    const { etag = '"v1"', ranges = true, cutAfter } = how;
    const index = origin.requests.length - 1;
    const { range, "if-range": ifRange } = request.headers;
    const asked = ranges && (ifRange === undefined || ifRange === etag) ? range : undefined;
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(asked ?? "") ?? [];
    const last = medium.length - 1;
    const [start, end] = [Number(from ?? 0), Math.min(to ? Number(to) : last, last)];
    if (start > last) return void response.writeHead(416).end();
    response.writeHead(from === undefined ? 200 : 206, {
      "content-type": "audio/wav",
      "content-length": end - start + 1,
      ...(etag !== null && { etag }),
      ...(ranges && { "accept-ranges": "bytes" }),
      ...(from !== undefined && { "content-range": `bytes ${start}-${end}/${medium.length}` }),
    });
    const body = medium.subarray(start, end + 1);
    const received = origin.requests[index];
    cut(response, body, received && cutAfter?.(index, received));
  });
  return Object.assign(origin, {
    ranges: () => origin.requests.map(({ headers }) => headers.range),
    serve(next: Uint8Array, nextHow: MediaOriginOptions = {}) {
      [medium, how] = [next, nextHow];
    },
  });
}

function cut(response: ServerResponse, body: Uint8Array, after: number | undefined): void {
  if (after === undefined) response.end(body);
  else response.write(body.subarray(0, after), () => response.socket?.destroySoon());
}
