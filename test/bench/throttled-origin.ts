import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

// An origin in a process of its own that gives each connection so many bytes a second. Tells its
// parent where it listens. argv: size of the medium, bytes a second, both in bytes.

const [size = 0, rate = 0] = process.argv.slice(2).map(Number);
const tick = 10;
const block = new Uint8Array(Math.round((rate * tick) / 1000)).map((_, index) => index * 31);

const server = createServer((request, response) => {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  const start = Number(from ?? 0);
  const end = to ? Number(to) : size - 1;
  response.writeHead(from === undefined ? 200 : 206, {
    "content-type": "audio/wav",
    "content-length": end - start + 1,
    "accept-ranges": "bytes",
    etag: '"throttled"',
    ...(from !== undefined && { "content-range": `bytes ${start}-${end}/${size}` }),
  });
  trickle(response, end - start + 1);
});

/** Sends by the clock, not by the tick, so that a late timer does not slow it further. */
function trickle(response: ServerResponse, length: number): void {
  const begun = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.min(length, ((performance.now() - begun) * rate) / 1000);
    while (sent < due && !response.writableNeedDrain) {
      const bytes = block.subarray(0, Math.min(block.length, length - sent));
      response.write(bytes);
      sent += bytes.length;
    }
    if (sent < length) return;
    clearInterval(timer);
    response.end();
  }, tick);
  response.on("close", () => clearInterval(timer));
}

server.listen(0, "127.0.0.1", () => {
  // The server listens on TCP, so its address is not a pipe's name.
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});
process.on("disconnect", () => process.exit());
