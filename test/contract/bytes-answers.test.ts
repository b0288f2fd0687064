import { createFetch, createPlatform } from "@media-protection/mock";
import { describe, expect, test } from "vitest";
import { violations } from "../helpers/contract/contract.js";

const platform = createPlatform();
const fetch = createFetch(platform);
const urls = {
  recording: platform.addRecording({ seconds: 1 }).urls,
  messageMedia: platform.addMessageMedia({ contentType: "image/png" }).urls,
  faxMedia: platform.addFaxMedia().urls,
};
const etag = '"another version"';

describe.each(Object.entries(urls))(
  "every answer for the bytes of a %s is in the contract",
  (_, { space, files }) => {
    test.each<[status: number, method: string, headers: Record<string, string>]>([
      [200, "GET", {}],
      [200, "HEAD", {}],
      [206, "GET", { range: "bytes=0-9" }],
      [206, "GET", { range: "bytes=0-9,100-109" }],
      [304, "GET", { "if-none-match": "*" }],
      [304, "HEAD", { "if-none-match": "*" }],
      [412, "GET", { "if-match": etag }],
      [412, "HEAD", { "if-match": etag }],
      [416, "GET", { range: "bytes=99999999-" }],
    ])("%d to %s %j", async (status, method, headers) => {
      for (const url of [space, files]) {
        const response = await fetch(url, { method, headers });
        expect(response.status, url).toBe(status);
        expect(await violations(method, new URL(url), response)).toEqual([]);
      }
    });

    test.each([401, 403, 404] as const)("a denial with %d", async (deniedStatus) => {
      const { projectId } = platform.credentials;
      platform.setSwitches({ deniedStatus });
      platform.setProtection(projectId, { recordings: true, messageMedia: true, faxMedia: true });
      for (const url of [space, files]) {
        for (const method of ["GET", "HEAD"]) {
          const response = await fetch(url, { method });
          expect(response.status, url).toBe(deniedStatus);
          expect(await violations(method, new URL(url), response)).toEqual([]);
        }
      }
      platform.setProtection(projectId, {
        recordings: false,
        messageMedia: false,
        faxMedia: false,
      });
    });

    test("a redirect to storage", async () => {
      platform.setSwitches({ redirectToStorage: true });
      for (const url of [space, files]) {
        const response = await fetch(url, { redirect: "manual" });
        expect(response.status).toBe(302);
        expect(await violations("GET", new URL(url), response)).toEqual([]);
      }
      platform.setSwitches({ redirectToStorage: false });
    });
  },
);

test("an answer outside the contract is noticed", async () => {
  const url = new URL(`${platform.origins.space}/api/projects/${platform.credentials.projectId}`);
  const authorization = `Basic ${btoa(`${platform.credentials.projectId}:${platform.credentials.apiToken}`)}`;
  const project: object = await (await fetch(url, { headers: { authorization } })).json();
  const judge = (response: Response, method = "GET", at = url) => violations(method, at, response);
  expect(await judge(Response.json(project))).toEqual([]);
  expect(await judge(Response.json({ ...project, surplus: 1 }))).not.toEqual([]);
  expect(await judge(Response.json({ ...project, id: 5 }))).not.toEqual([]);
  expect(await judge(Response.json({ ...project, created_at: "yesterday" }))).not.toEqual([]);
  expect(await judge(Response.json({}))).not.toEqual([]);
  expect(await judge(Response.json(project, { status: 418 }))).not.toEqual([]);
  expect(
    await judge(new Response("<p>", { headers: { "content-type": "text/html" } })),
  ).not.toEqual([]);
  // Headers that the contract requires.
  const error = { error: "Unauthorized" };
  const challenge = { "www-authenticate": "Basic" };
  expect(await judge(Response.json(error, { status: 401, headers: challenge }))).toEqual([]);
  expect(await judge(Response.json(error, { status: 401 }))).toEqual([
    expect.stringContaining("401 lacks the header WWW-Authenticate"),
  ]);
  const media = new URL(urls.recording.space);
  const redirect = (headers: HeadersInit) => new Response(null, { status: 302, headers });
  expect(await judge(redirect({ location: "/x" }), "GET", media)).toEqual([]);
  expect(await judge(redirect({}), "GET", media)).not.toEqual([]);
  // A body where there is none.
  const unchanged = (body: string | null) => new Response(body, { status: 412 });
  expect(await judge(unchanged(null), "GET", media)).toEqual([]);
  expect(await judge(unchanged("changed"), "GET", media)).not.toEqual([]);
  expect(await judge(new Response("RIFF"), "HEAD", media)).not.toEqual([]);
  expect(await judge(new Response(null, { status: 204 }), "DELETE")).toEqual([]);
});
