import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { startOrigin, type TestOrigin } from "../helpers/origins/origin.js";
import { faults } from "./world.js";

const whole = Buffer.from(Uint8Array.from({ length: 200_000 }, (_, index) => (index * 7) % 251));
const etag = '"whole"';
const chunked = "transfer-encoding: chunked\r\n";

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
  else if (id !== undefined && id in lengthless) sendLengthless(id, request, response);
  else if (id === faults.endless) goOn(response);
  // Any other stays silent until the client leaves.
}

/** The version, the fields and how many bytes of what is sent without a length, by the medium's id. */
const lengthless: Readonly<Record<string, readonly [version: string, field: string, end: number]>> =
  {
    [faults.lengthless]: ["HTTP/1.0", "", whole.length],
    [faults.lengthlessCut]: ["HTTP/1.1", "", whole.length / 2],
    [faults.lengthlessCutAlways]: ["HTTP/1.1", "", whole.length / 2],
    [faults.oldChunksCut]: ["HTTP/1.0", chunked, whole.length / 2],
    [faults.proxyChunksCut]: [
      "HTTP/1.1",
      `${chunked}proxy-connection: close\r\n`,
      whole.length / 2,
    ],
  };

/** What Node's server would not write. */
function sendLengthless(id: string, { headers }: IncomingMessage, response: ServerResponse): void {
  const [, start] = /^bytes=(\d+)-/.exec(headers.range ?? "") ?? [];
  if (start !== undefined && id !== faults.lengthlessCutAlways) {
    response.setHeader("etag", etag);
    sendFrom(Number(start), response);
    return;
  }
  const [version = "", field = "", end] = lengthless[id] ?? [];
  const fields = Object.entries({ ...response.getHeaders(), etag });
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const body = whole.subarray(0, end);
  const { socket } = response;
  socket?.write(`${version} 200 OK\r\n${lines}${field}\r\n`);
  if (field !== "") socket?.write(`${body.length.toString(16)}\r\n`);
  socket?.write(body);
  socket?.end(field === "" ? "" : "\r\n");
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
