import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, connect } from "node:net";
import { Readable } from "node:stream";
import { isMediaProtectionError } from "@media-protection/sdk";
import { verifyWebhook, type WebhookRequest } from "@media-protection/sdk/webhooks";
import { afterEach, describe, expect, test } from "vitest";
import {
  hex,
  json,
  refusal,
  sha256Header,
  signedJson,
  signingKey,
  url,
} from "../../helpers/callbacks/signed-webhooks.js";

const mebibyte = 1024 * 1024;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A server that verifies what it gets, as the README has it, and answers 200, 403 or 413. */
async function listen(toWebhook: (request: IncomingMessage) => WebhookRequest): Promise<number> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const options = { signingKey, publicUrl: url, maxBodyBytes: 1000 };
    const status = await verifyWebhook(toWebhook(request), options).then(
      () => 200,
      (error: unknown) => {
        if (!isMediaProtectionError(error) || error.name !== "WebhookError") return 500;
        return error.reason === "too-large" ? 413 : 403;
      },
    );
    response.writeHead(status).end(String(status));
  };
  const server = createServer((request, response) => void answer(request, response));
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  // A server that listens on a port has an address of this form.
  return (server.address() as AddressInfo).port;
}

/** A request of the Web, as an adapter makes it of Node's. */
function toWeb(request: IncomingMessage): Request {
  const headers = { [sha256Header]: String(request.headers[sha256Header]) };
  const body = Readable.toWeb(request) as ReadableStream<Uint8Array>;
  const init: RequestInit & { duplex: string } = { method: "POST", headers, body, duplex: "half" };
  return new Request(url, init);
}

const shapes: [string, (request: IncomingMessage) => WebhookRequest][] = [
  ["Node's request", (request) => request],
  ["Express's, its body left by another parser", (request) => Object.assign(request, { body: {} })],
  ["a Web Request over it", toWeb],
];

interface Sent {
  readonly port: number;
  readonly headers?: Record<string, string>;
  readonly length: number;
  readonly chunked?: boolean;
}

/** The status that a client sees which sends its body whatever it hears. */
function send({ port, headers = {}, length, chunked = false }: Sent): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const framing = chunked ? { "transfer-encoding": "chunked" } : { "content-length": length };
    const all = { [sha256Header]: hex(url + json), ...framing, ...headers };
    const client = httpRequest({ port, method: "POST", headers: all }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    });
    client.on("error", reject);
    const bodies = () => Readable.from(pieces(length)).pipe(client);
    if (headers["expect"] === undefined) bodies();
    else client.on("continue", bodies);
  });
}

function* pieces(length: number): Generator<Buffer> {
  for (let left = length; left > 0; left -= mebibyte) yield Buffer.alloc(Math.min(left, mebibyte));
}

describe.each(shapes)("too large a body of %s is answered 413", (_, toWebhook) => {
  test.each<[string, Omit<Sent, "port">]>([
    ["a byte too long", { length: 1001 }],
    ["far too long", { length: 24 * mebibyte }],
    ["far too long, without a length", { length: 24 * mebibyte, chunked: true }],
    ["asked for first", { length: 8 * mebibyte, headers: { expect: "100-continue" } }],
    [
      "on a connection that then closes",
      { length: 24 * mebibyte, headers: { connection: "close" } },
    ],
  ])("%s", async (_, sent) => {
    const port = await listen(toWebhook);
    expect(await send({ ...sent, port })).toBe(413);
  });

  // Beyond 64 MiB nobody waits for the end before the answer, but Node's request is read on.
  const lengths = toWebhook === toWeb ? [2] : [2, 68];
  test.each(lengths)("and the next on the connection is served, after %i MiB", async (size) => {
    const port = await listen(toWebhook);
    const head = (length: number) =>
      `POST /media HTTP/1.1\r\nHost: x\r\n${sha256Header}: ${hex(url + json)}\r\nContent-Length: ${length}\r\n\r\n`;
    const heard = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, "127.0.0.1").setEncoding("latin1");
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk;
        if (/\r\n200\r\n/.test(text)) resolve(text);
      });
      socket.on("error", reject).on("close", () => reject(new Error(`closed after: ${text}`)));
      socket.write(head(size * mebibyte));
      for (const piece of pieces(size * mebibyte)) socket.write(piece);
      socket.write(head(json.length) + json);
    });
    expect(heard.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 413", "HTTP/1.1 200"]);
  });
});

test("what goes on for ever is answered before it ends", async () => {
  const port = await listen((request) => request);
  const status = await new Promise((resolve, reject) => {
    const headers = { [sha256Header]: hex(url + json), "transfer-encoding": "chunked" };
    const client = httpRequest({ port, method: "POST", headers }, (response) => {
      resolve(response.resume().statusCode);
      client.destroy();
    });
    client.on("error", reject);
    const endless = (function* () {
      for (;;) yield Buffer.alloc(mebibyte);
    })();
    Readable.from(endless).pipe(client);
  });
  expect(status).toBe(413);
});

test("a Request without end is given up, and its stream cancelled", async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(mebibyte)),
    cancel() {
      cancelled = true;
    },
  });
  const init: RequestInit & { duplex: string } = {
    method: "POST",
    headers: signedJson.headers,
    body,
    duplex: "half",
  };
  await expect(verifyWebhook(new Request(url, init), { signingKey })).rejects.toThrowError(
    refusal("too-large"),
  );
  expect(cancelled).toBe(true);
});
