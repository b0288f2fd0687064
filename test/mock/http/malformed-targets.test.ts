import { afterAll, afterEach, describe, expect, test } from "vitest";
import { badRequest, notFound, read, startForRawRequests } from "./raw-requests.js";

// Paths, queries and ranges as no HTTP client would send them, over raw sockets. Whatever comes, the
// answer is one of the platform's error bodies or a clean end, and the server answers the next request
// as ever.

const mock = await startForRawRequests();
const { server, recordingPath, size, exchange, request } = mock;

afterEach(() => mock.expectUnharmed());
afterAll(() => server.close());

describe("queries", () => {
  const account = () =>
    `/api/laml/2010-04-01/Accounts/${server.platform.credentials.projectId}/Recordings`;

  test.each([
    ["/api/projects?page_size=0", 400],
    ["/api/projects?page_size=1001", 400],
    ["/api/projects?page_size=99999999999999999999", 400],
    ["/api/projects?page_size=%00", 400],
    ["/api/projects?page_number=-1", 400],
    ["/api/projects?page_size=1e3", 400],
    ["/api/projects?page_token=%zz", 400],
    ["/api/projects?a=1&a=1&a=1&=&&&?", 200],
  ])("such as %s are answered %i", async (target, expected) => {
    const { status, body } = read(await exchange(request(`GET ${target} HTTP/1.1`)));
    expect(status).toBe(expected);
    if (expected === 400) expect(body).toEqual(badRequest);
  });

  test.each([
    ["PageSize=x", 400],
    ["PageSize=0", 422],
    ["DateCreated=yesterday", 422],
    ["CallSid=1", 422],
  ])("of the compatibility API such as %s are answered %i", async (query, expected) => {
    const { status, body } = read(await exchange(request(`GET ${account()}?${query} HTTP/1.1`)));
    expect(status).toBe(expected);
    expect(body).toMatchObject({ code: expect.any(Number), message: expect.any(String), status });
  });
});

describe("ranges", () => {
  const media = (range: string) => request(`GET ${recordingPath} HTTP/1.1`, `Range: ${range}`);

  test.each([
    ["bytes=99999999999999999999-"],
    ["bytes=-0"],
    [`bytes=${"9".repeat(100)}-${"9".repeat(200)}`],
  ])("beyond the file, such as %s, are a 416", async (range) => {
    const answer = await exchange(media(range));
    expect(answer).toMatch(/^HTTP\/1\.1 416 /);
    expect(answer).toMatch(new RegExp(`content-range: bytes \\*/${size}\\r\\n`, "i"));
  });

  test.each([
    ["bytes"],
    ["bytes="],
    ["bytes=a-b"],
    ["bytes=5-2"],
    ["bytes=0-1,,x"],
    ["lines=0-1"],
    ["=0-1"],
    ["bytes=-"],
    ["bytes=0--1"],
  ])("that are none, such as %s, are as if there were none", async (range) => {
    const answer = await exchange(media(range));
    expect(answer).toMatch(/^HTTP\/1\.1 (200|416) /);
  });

  test("of many thousand parts are not multiplied", async () => {
    const many = `bytes=${Array.from({ length: 2000 }, () => "0-").join(",")}`;
    const answer = await exchange(media(many));
    expect(answer).toMatch(/^HTTP\/1\.1 (200|206|416) /);
    expect(answer.length).toBeLessThan(2 * size + 10_000);
  });
});

describe("paths", () => {
  test.each([
    "/../../etc/passwd",
    "/api/../../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2fetc%2fpasswd",
    "/....//....//etc/passwd",
    "/%c0%ae%c0%ae/etc/passwd",
    "//etc/passwd",
    "/api/projects/..%00",
    "/__mock/../api/nothing",
    "/__mock/__proto__",
    "/%",
    "/%zz",
    "/\x80\xff",
    `/${"a/".repeat(20)}`,
    "/api/projects/constructor",
  ])("that lead elsewhere, such as %s, lead nowhere", async (path) => {
    for (const origin of Object.values(server.origins)) {
      const answer = await exchange(request(`GET ${path} HTTP/1.1`), origin);
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer).not.toContain("root:");
    }
    const { body } = read(await exchange(request(`GET ${path} HTTP/1.1`)));
    expect([notFound, badRequest]).toContainEqual(body);
  });

  test("with other extensions or ids name no medium", async () => {
    for (const end of [".exe", ".wav.mp3", "%2ewav", "/", "/../x", ".json.json"]) {
      const answer = await exchange(request(`GET ${recordingPath}${end} HTTP/1.1`));
      expect(answer, end).toMatch(/^HTTP\/1\.1 (404|200) /);
      // An encoded dot is a dot: RFC 3986 §6.2.2.2.
      if (end !== "%2ewav") expect(read(answer).status, end).toBe(404);
    }
  });
});
