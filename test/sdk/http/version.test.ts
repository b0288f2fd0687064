import { readFile } from "node:fs/promises";
import { createClient } from "@media-protection/sdk";
import { nodeFetch } from "@media-protection/sdk/node";
import { afterEach, expect, test, vi } from "vitest";
import { version } from "../../../packages/sdk/dist/http/version.js";
import { startMediaOrigin } from "../../helpers/origins/media-origin.js";
import { projectId, recording } from "../../helpers/origins/scripted-client.js";

const manifest = new URL("../../../packages/sdk/package.json", import.meta.url);

afterEach(() => void vi.unstubAllGlobals());

test("the version that the SDK tells is the package's", async () => {
  expect(JSON.parse(await readFile(manifest, "utf8"))).toMatchObject({ version });
});

test.each([
  ["the global fetch", (url: string, init: RequestInit) => fetch(url, init)],
  ["the default", undefined],
  ["nodeFetch", nodeFetch],
])("in Node every request names the SDK and its version, over %s", async (_, fetch) => {
  await using origin = await startMediaOrigin(new Uint8Array([82, 73, 70, 70]));
  const client = createClient({
    space: origin.origin,
    projectId,
    apiToken: "PT-synthetic",
    ...(fetch && { fetch }),
  });
  await (await client.media.download(recording)).bytes();
  await client.api
    .GET("/api/laml/2010-04-01/Accounts/{AccountSid}/Recordings/{Sid}", {
      params: { path: { AccountSid: projectId, Sid: recording.recordingId } },
      headers: { "user-agent": "mine/1" },
      parseAs: "stream",
    })
    .then(({ response }) => response.body?.cancel());
  expect(origin.requests.map(({ headers }) => headers["user-agent"])).toEqual([
    `media-protection-sdk/${version}`,
    "mine/1",
  ]);
});

test("where there is no Node, the User-Agent is left to the runtime", async () => {
  const sent: Headers[] = [];
  const fetch = async (_: string, { headers }: RequestInit) => {
    sent.push(new Headers(headers));
    return Response.json({}, { status: 404 });
  };
  vi.stubGlobal("process", undefined);
  const client = createClient({ space: "example", projectId, apiToken: "PT-synthetic", fetch });
  const name = await client.media.download(recording).catch((error: Error) => error.name);
  vi.unstubAllGlobals();
  expect([name, sent.map((headers) => headers.get("user-agent"))]).toEqual([
    "NotFoundError",
    [null],
  ]);
});
