import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { startOrigin, type TestOrigin } from "../helpers/origins/origin.js";
import { faults } from "./world.js";

const whole = Buffer.from(Uint8Array.from({ length: 200_000 }, (_, index) => (index * 7) % 251));
const etag = '"whole"';

/** The SHA-256 of the medium that the faulty origin has. */
export const faultySha256 = createHash("sha256").update(whole).digest("hex");

/** Starts the origin that {@link faults} describes. Pages of any origin may read it. */
export function startFaultyOrigin(): Promise<TestOrigin> {
  return startOrigin((request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-headers", "authorization, range, if-range, *");
    response.setHeader("access-control-expose-headers", "content-length, content-range, etag");
    if (request.method === "OPTIONS") response.writeHead(204).end();
    else answer(request, response);
  });
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const id = request.url?.split("/").at(-1);
  response.setHeader("content-type", "audio/x-wav");
  if (id === faults.cutOnce) {
    response.setHeader("etag", etag);
    const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    if (start === 0) cut(response);
    else sendFrom(start, response);
  } else if (id === faults.cutAlways) cut(response);
  else if (id === faults.endless) goOn(response);
  // Any other stays silent until the client leaves.
}

function cut(response: ServerResponse): void {
  response.writeHead(200, { "content-length": whole.length });
  response.write(whole.subarray(0, whole.length / 2), () => response.destroy());
}

function sendFrom(start: number, response: ServerResponse): void {
  response.writeHead(206, {
    "content-length": whole.length - start,
    "content-range": `bytes ${start}-${whole.length - 1}/${whole.length}`,
  });
  response.end(whole.subarray(start));
}

function goOn(response: ServerResponse): void {
  const more = () => {
    if (!response.destroyed) response.write(whole, more);
  };
  response.writeHead(200);
  more();
}
