import { afterAll, afterEach, describe, expect, test } from "vitest";
import {
  badRequest,
  lines,
  notFound,
  read,
  received,
  startForRawRequests,
} from "./raw-requests.js";

// Heads, bodies and connections as no HTTP client would send them, over raw sockets. Whatever comes, the
// answer is one of the platform's error bodies or a clean end, and the server answers the next request
// as ever.

const mock = await startForRawRequests();
const { server, recordingPath, open, exchange, request, sending, project } = mock;

afterEach(() => mock.expectUnharmed());
afterAll(() => server.close());

describe("bodies", () => {
  test.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["JSON of another encoding", '{"name":"\xff"}'],
    ["a byte order mark and a half", "\xef\xbb"],
    ["JSON cut short", '{"protect_recordings":tr'],
    ["JSON and more", '{"name":"x"} {"name":"y"}'],
    ["JSON nested without end", "[".repeat(200_000)],
    ["NaN", '{"name":NaN}'],
  ])("that are %s are a 400", async (_, body) => {
    const { status, body: answered } = read(
      await exchange(sending(`PATCH ${project()} HTTP/1.1`, body)),
    );
    expect({ status, answered }).toEqual({ status: 400, answered: badRequest });
  });

  test.each([
    ["a list", "[]", [null]],
    ["a text", '"name"', [null]],
    ["null", "null", [null]],
    ["deeply nested", `{"name":${"[".repeat(5000)}${"]".repeat(5000)}}`, ["name"]],
    [
      "fields of the wrong type",
      '{"name":1,"protect_recordings":"yes"}',
      ["name", "protect_recordings"],
    ],
    ["a name that is too long", `{"name":"${"x".repeat(251)}"}`, ["name"]],
    ["a field that is none", '{"protect_everything":true}', ["protect_everything"]],
    ["a prototype", '{"__proto__":{"name":"x"},"constructor":1}', ["__proto__", "constructor"]],
  ])("of %s are a 422 that names what is wrong", async (_, body, attributes) => {
    const { status, body: answered } = read(
      await exchange(sending(`PATCH ${project()} HTTP/1.1`, body)),
    );
    expect(status).toBe(422);
    expect(answered).toEqual({
      errors: attributes.map((attribute) =>
        expect.objectContaining({
          attribute,
          code: expect.any(String),
          message: expect.any(String),
        }),
      ),
    });
  });

  test("that are announced too large are refused unread", async () => {
    const answer = await exchange(
      request("POST /api/projects HTTP/1.1", "Content-Length: 9007199254740991"),
    );
    expect(read(answer)).toMatchObject({ status: 400, body: badRequest });
  });

  test("that grow too large are refused", async () => {
    const chunk = `10000\r\n${" ".repeat(65_536)}\r\n`;
    const head = request("POST /api/projects HTTP/1.1", "Transfer-Encoding: chunked");
    const answer = await exchange(head + chunk.repeat(20));
    expect(read(answer)).toMatchObject({ status: 400, body: badRequest });
  });

  test.each([
    ["a length that is none", ["Content-Length: ten"]],
    ["a negative length", ["Content-Length: -1"]],
    ["two lengths", ["Content-Length: 2", "Content-Length: 3"]],
    ["a length and chunks", ["Content-Length: 2", "Transfer-Encoding: chunked"]],
    ["a transfer coding that is none", ["Transfer-Encoding: identity"]],
  ])("with %s are refused", async (_, headers) => {
    const answer = await exchange(`${request("POST /api/projects HTTP/1.1", ...headers)}{}`);
    expect(read(answer)).toMatchObject({ status: 400, body: badRequest });
  });

  test("with a chunk size that is none end the connection", async () => {
    const answer = await exchange(
      `${request("POST /api/projects HTTP/1.1", "Transfer-Encoding: chunked")}xyz\r\n{}\r\n0\r\n\r\n`,
    );
    expect(answer === "" || read(answer).status === 400).toBe(true);
  });

  test("of forms are no JSON", async () => {
    const form = "Content-Type: application/x-www-form-urlencoded";
    const answer = await exchange(sending("POST /api/projects HTTP/1.1", "name=x", form));
    expect(read(answer)).toMatchObject({ status: 400, body: badRequest });
  });
});

describe("heads", () => {
  test.each([
    ["no HTTP at all", "hello\r\n\r\n"],
    ["TLS on a plain port", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
    ["the beginning of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["another version", "GET / HTTP/9.9\r\n\r\n"],
    ["no Host", lines("GET / HTTP/1.1", "Connection: close")],
    ["an impossible Host", lines("GET / HTTP/1.1", "Host: a b", "Connection: close")],
    ["a header without colon", lines("GET / HTTP/1.1", "Host: a", "nonsense")],
    ["a header with a control character", lines("GET / HTTP/1.1", "Host: a", "X: \x01")],
    ["a folded header", "GET / HTTP/1.1\r\nHost: a\r\n X: y\r\n\r\n"],
    ["a method that is none", lines("G@T / HTTP/1.1", "Host: a")],
    ["a target that is none", lines("GET http://[ HTTP/1.1", "Host: a", "Connection: close")],
    ["a backslash in its path", lines("GET /a\\b HTTP/1.1", "Host: a", "Connection: close")],
  ])("with %s are a 400 with a body", async (_, text) => {
    const { status, body } = read(await exchange(text));
    expect([400, 404]).toContain(status);
    expect(body).toEqual(status === 400 ? badRequest : notFound);
  });

  test("with too long a header are a 431", async () => {
    const answer = await exchange(lines("GET / HTTP/1.1", "Host: a", `X: ${"x".repeat(100_000)}`));
    expect(read(answer)).toMatchObject({
      status: 431,
      body: { error: "Request Header Fields Too Large" },
    });
  });

  test("with a flood of headers are a 431", async () => {
    const flood = Array.from({ length: 10_000 }, (_, index) => `X-${index}: ${index}`);
    const answer = await exchange(lines("GET / HTTP/1.1", "Host: a", ...flood));
    expect(read(answer).status).toBe(431);
  });

  test("with long credentials are a 401", async () => {
    const answer = await exchange(
      lines(
        "GET /api/projects HTTP/1.1",
        "Host: a",
        "Connection: close",
        `Authorization: Basic ${"A".repeat(8000)}`,
      ),
    );
    expect(read(answer).status).toBe(401);
  });

  test("with too long a target are refused", async () => {
    const answer = await exchange(request(`GET /${"a".repeat(100_000)} HTTP/1.1`));
    expect(read(answer).status).toBe(431);
  });

  test.each([
    ["Basic"],
    ["Basic !!!"],
    [`Basic ${Buffer.from("no colon").toString("base64")}`],
    [`Basic ${Buffer.from(":").toString("base64")}`],
    ["Bearer"],
    ["\xff\xfe"],
    ["Digest username=x"],
  ])("with the credentials %s are a 401", async (credentials) => {
    const answer = await exchange(
      lines(
        "GET /api/projects HTTP/1.1",
        "Host: localhost",
        "Connection: close",
        `Authorization: ${credentials}`,
      ),
    );
    expect(read(answer)).toMatchObject({ status: 401, body: { error: "Unauthorized" } });
  });

  test.each(["CONNECT localhost:80", "TRACE /", "PURGE /", "PUT /api/projects"])(
    "with the method of %s are refused",
    async (line) => {
      const answer = await exchange(request(`${line} HTTP/1.1`));
      // CONNECT is no request of this server: Node ends the connection.
      expect(answer === "" || read(answer).status >= 400).toBe(true);
    },
  );

  test("that ask for an upgrade are answered as if they did not", async () => {
    const upgrade = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: x"];
    const socket = open();
    const answer = new Promise<string>((resolve) =>
      socket.once("data", (data) => resolve(String(data))),
    );
    socket.write(lines("GET /api/projects HTTP/1.1", "Host: a", ...upgrade));
    expect(await answer).toMatch(/^HTTP\/1\.1 401 /);
    socket.destroy();
  });
});

describe("connections", () => {
  test("that say nothing are ended", async () => {
    expect(await received(open())).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  test("whose headers never end are told so, and ended", async () => {
    const answer = await exchange("GET /api/projects HTTP/1.1\r\nHost: a\r\nX-Slow: ");
    expect(read(answer)).toMatchObject({ status: 408, body: { error: "Request Timeout" } });
  });

  test("whose body never ends are ended", async () => {
    const head = request("POST /api/projects HTTP/1.1", "Content-Length: 100");
    const answer = await exchange(`${head}{"name":`);
    expect(answer === "" || read(answer).status >= 400).toBe(true);
  });

  test("that are closed by half get their answer", async () => {
    const socket = open();
    const answer = received(socket);
    socket.end(lines("GET /api/projects HTTP/1.1", "Host: localhost"));
    expect(await answer).toMatch(/^HTTP\/1\.1 401 /);
  });

  test("that are reset in the middle of anything do no harm", async () => {
    const beginnings = [
      "",
      "GET /api/pro",
      lines("GET /api/projects HTTP/1.1", "Host: a"),
      `${request("POST /api/projects HTTP/1.1", "Content-Length: 100")}{`,
      request(`GET ${recordingPath} HTTP/1.1`),
    ];
    await Promise.all(
      beginnings.map(async (beginning) => {
        const socket = open();
        const ended = received(socket);
        if (beginning !== "") await new Promise((resolve) => socket.write(beginning, resolve));
        else await new Promise((resolve) => socket.once("connect", resolve));
        socket.resetAndDestroy();
        await ended;
      }),
    );
  });

  test("with nonsense after a good request get the answer to that, whole", async () => {
    const good = lines(`GET ${recordingPath} HTTP/1.1`, "Host: localhost");
    const answer = await exchange(`${good}nonsense\r\n\r\n`);
    const at = answer.indexOf("\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    const wav = await (await fetch(server.url + recordingPath)).arrayBuffer();
    expect(answer.slice(at + 4)).toBe(Buffer.from(wav).toString("latin1"));
  });

  test("by the hundred leave room for others", async () => {
    const sockets = Array.from({ length: 300 }, () => open());
    const ended = sockets.map(received);
    for (const socket of sockets) socket.write("GET /api/projects HTTP/1.1\r\nX: ");
    expect((await fetch(`${server.url}/api/projects`)).status).toBe(401);
    for (const answer of await Promise.all(ended)) expect(answer).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });
});
