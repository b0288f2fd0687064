import { describe, expect, test } from "vitest";
import { nextHop, type RedirectPolicy } from "../../../packages/sdk/dist/trust/redirects.js";
import type { MediaTrust } from "../../../packages/sdk/dist/trust/trust-decision.js";

const project = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const id = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
const space = "https://example.signalwire.com";
const files = "https://files.signalwire.com";
const trust: MediaTrust = { spaceOrigin: space, mediaOrigins: [files], projectId: project };
const anyHttps: RedirectPolicy = { trust, redirectOrigins: undefined, maxRedirects: 5 };
const recording = `${space}/api/laml/2010-04-01/Accounts/${project}/Recordings/${id}`;
const hosted = `${files}/e5b0f6d2/${project}/recordings/${id}.wav`;
const storage = "https://bucket.s3.amazonaws.com/key?X-Amz-Signature=abc";

const authorized = { url: new URL(recording), authorized: true };
const anonymous = { url: new URL(storage), authorized: false };

function follow(url: string, withCredentials: boolean) {
  return { follow: { url: new URL(url), authorized: withCredentials } };
}

describe("a redirect is followed with credentials", () => {
  test.each<[string, string, string]>([
    ["on the same trusted origin", `${space}/elsewhere`, `${space}/elsewhere`],
    ["when its Location is relative", "/elsewhere", `${space}/elsewhere`],
    ["to media of the project on another trusted origin", hosted, hosted],
  ])("%s", (_, location, url) => {
    expect(nextHop(authorized, location, 0, anyHttps)).toEqual(follow(url, true));
  });
});

describe("a redirect to media on another trusted origin goes to the URL rebuilt from it", () => {
  test.each([
    ["with its query, which may be a signature", `${hosted}?X-Amz-Signature=a%2Fb&e=1`],
    ["with a query that needs no value", `${hosted}?signed`],
  ])("%s", (_, location) => {
    expect(nextHop(authorized, location, 0, anyHttps)).toEqual(follow(location, true));
  });

  test.each([
    ["without its fragment", `${hosted}?a=1#b?c=2`, `${hosted}?a=1`],
    ["without a default port", hosted.replace(".com/", ".com:443/"), hosted],
    ["on the same origin", `${hosted}?a=1`, `${hosted}?a=1`],
  ])("%s", (_, location, url) => {
    expect(nextHop({ url: new URL(hosted), authorized: true }, location, 0, anyHttps)).toEqual(
      follow(url, true),
    );
  });
});

describe("within the files host, which other projects share", () => {
  const onFiles = { url: new URL(hosted), authorized: true };

  test("a redirect to media of the project keeps the credentials", () => {
    const other = hosted.replace(".wav", ".mp3");
    expect(nextHop(onFiles, other, 0, anyHttps)).toEqual(follow(other, true));
  });

  test.each([
    ["another project's media", hosted.replace(project, id)],
    ["any other path", `${files}/admin`],
  ])("a redirect to %s leaves them behind", (_, location) => {
    expect(nextHop(onFiles, location, 0, anyHttps)).toEqual(follow(location, false));
  });
});

describe("within the space, to another project, whose bytes would pass for the medium's", () => {
  const account = "/api/laml/2010-04-01/Accounts/";
  test.each([
    ["its recording", `${account}${id}/Recordings/${id}.mp3`],
    ["any other path of its account", `${account}${id}/Calls`],
    ["its account itself", `${account}${id}`],
    ["its account, in another case", `${account.toLowerCase()}${id}/recordings/${id}`],
    ["its account, percent-encoded", `/api/laml/2010-04-01/%41ccounts/${id}/Recordings/${id}`],
    ["its account, behind encoded slashes", `/api/laml%2f2010-04-01%2FAccounts%2F${id}%2FCalls`],
    ["its account, encoded twice", `/api/laml/2010-04-01/Accounts%252F${id}/Calls`],
    ["its account, behind two slashes", `/api/laml/2010-04-01/Accounts//${id}/Calls`],
    ["its account, with an extension", `${account}${id}.json`],
    ["its account, behind the project's", `${account}${project}/Accounts/${id}/Calls`],
    ["its account, with matrix parameters", `${account.slice(0, -1)};v=1/${id};v=1/Calls`],
    ["its account, by backslashes", `\\api\\laml\\2010-04-01\\Accounts\\${id}\\Calls`],
    ["its account, by dot segments", `${account}${project}/../${id}/Calls`],
    ["its file", `/e5b0f6d2/${id}/recordings/${id}.wav`],
  ])("%s gets no credentials", (_, location) => {
    expect(nextHop(authorized, location, 0, anyHttps)).toEqual(
      follow(new URL(location, space).href, false),
    );
  });

  test.each([
    ["the project's recording", `${account}${project}/Recordings/${id}.mp3`],
    ["the project's account in upper case", `${account}${project.toUpperCase()}/Calls`],
    ["the project's account, with an extension", `${account}${project}.json`],
    ["a path that names no project", `/rails/active_storage/${id}/accounts.wav?signature=a%2Fb`],
  ])("%s keeps them", (_, location) => {
    expect(nextHop(authorized, location, 0, anyHttps)).toEqual(
      follow(new URL(location, space).href, true),
    );
  });

  test("another project within reach keeps them", () => {
    const location = `${account}${id}/Recordings/${id}.mp3`;
    const tree = { ...anyHttps, trust: { ...trust, projects: ["tree"] } };
    expect(nextHop(authorized, location, 0, tree)).toEqual(follow(space + location, true));
  });
});

describe("a redirect is followed without credentials", () => {
  test.each<[string, string]>([
    ["to storage, with its signed query", storage],
    ["to another port of the trusted host", "https://example.signalwire.com:8443/"],
    ["to a subdomain of the trusted host", "https://cdn.example.signalwire.com/"],
    ["to a trusted origin, but not to media of the project", `${files}/anything`],
    ["to media of another project", hosted.replace(project, id)],
  ])("%s", (_, location) => {
    expect(nextHop(authorized, location, 0, anyHttps)).toEqual(follow(location, false));
  });

  test("back to the trusted origin, once they were left behind", () => {
    expect(nextHop(anonymous, recording, 1, anyHttps)).toEqual(follow(recording, false));
  });

  test("within an origin that never had them", () => {
    expect(nextHop(anonymous, "/other", 1, anyHttps)).toEqual(
      follow("https://bucket.s3.amazonaws.com/other", false),
    );
  });

  test("between loopback origins over http, where the mock lives", () => {
    const local = { url: new URL("http://127.0.0.1:4010/x"), authorized: true };
    expect(nextHop(local, "http://127.0.0.1:4012/y", 0, anyHttps)).toEqual(
      follow("http://127.0.0.1:4012/y", false),
    );
  });
});

describe("a redirect is refused", () => {
  test.each<[string, string, string | null, string]>([
    ["to plain http", "downgrade", "http://bucket.s3.amazonaws.com/key", "bucket.s3.amazonaws.com"],
    [
      "to plain http on the same host",
      "downgrade",
      recording.replace("https", "http"),
      "example.signalwire.com",
    ],
    ["from https to loopback", "downgrade", "http://127.0.0.1:4010/", "127.0.0.1:4010"],
    ["to another protocol", "downgrade", "ftp://files.signalwire.com/x", "files.signalwire.com"],
    [
      "to a URL with userinfo",
      "userinfo",
      "https://a:b@bucket.s3.amazonaws.com/",
      "bucket.s3.amazonaws.com",
    ],
    [
      "to the trusted origin with userinfo",
      "userinfo",
      recording.replace("://", "://u@"),
      "example.signalwire.com",
    ],
  ])("%s", (_, reason, location, host) => {
    expect(nextHop(authorized, location, 0, anyHttps)).toMatchObject({ refuse: reason, host });
  });

  test.each([
    ["without a Location", null],
    ["with an unreadable Location", "https://[oops"],
  ])("%s", (_, location) => {
    expect(nextHop(authorized, location, 0, anyHttps)).toMatchObject({ refuse: "no-location" });
  });

  test("after maxRedirects, which the reason names", () => {
    expect(nextHop(authorized, "/a", 4, anyHttps)).toMatchObject({ follow: {} });
    expect(nextHop(authorized, "/a", 5, anyHttps)).toMatchObject({
      refuse: "too-many",
      because: expect.stringContaining("maxRedirects"),
    });
  });
});

describe("with redirectOrigins set", () => {
  const listed = { ...anyHttps, redirectOrigins: ["https://bucket.s3.amazonaws.com"] };

  test("a listed origin is followed without credentials", () => {
    expect(nextHop(authorized, storage, 0, listed)).toEqual(follow(storage, false));
  });

  test("trusted origins need no listing", () => {
    expect(nextHop(authorized, hosted, 0, listed)).toEqual(follow(hosted, true));
  });

  test("any other origin is refused, and the reason names the host and the option", () => {
    const refused = nextHop(authorized, "https://cdn.example.com/x", 0, listed);
    expect(refused).toMatchObject({ refuse: "origin", host: "cdn.example.com" });
    expect(refused).toMatchObject({ because: expect.stringContaining('"redirectOrigins"') });
  });

  test("an empty list allows the trusted origins only", () => {
    expect(nextHop(authorized, storage, 0, { ...anyHttps, redirectOrigins: [] })).toMatchObject({
      refuse: "origin",
    });
  });
});
