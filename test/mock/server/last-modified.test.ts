import { bytesFile } from "@media-protection/mock";
import { startMockServer } from "@media-protection/mock/server";
import { expect, test } from "vitest";
import { basic } from "../scene.js";

test("Last-Modified is never after Date, and no medium is changed in the future", async () => {
  const server = await startMockServer({ port: 0 });
  const { platform } = server;
  const future = Date.now() + 86_400_000;
  const { recording, urls } = platform.addRecording({ seconds: 3600 });
  const endless = platform.addRecording({ size: 2 ** 53 - 1 });
  expect(recording.updatedAt).toBeLessThanOrEqual(Date.now());
  expect(endless.recording.updatedAt).toBeLessThanOrEqual(Date.now());
  const file = bytesFile({
    bytes: new Uint8Array(10),
    contentType: "image/png",
    extension: "png",
    lastModified: new Date(future),
  });
  const all = [
    urls,
    endless.urls,
    platform.addRecording({ createdAt: future }).urls,
    platform.addMessageMedia({ createdAt: future }).urls,
    platform.addMessageMedia({ file }).urls,
    platform.addFaxMedia({ createdAt: future }).urls,
  ];
  for (const { space, files } of all) {
    for (const url of [space, files]) {
      for (const method of ["GET", "HEAD"]) {
        const init = { method, headers: { range: "bytes=0-0" } };
        const { headers } = await fetch(url, init);
        const modified = Date.parse(headers.get("last-modified") ?? "");
        expect(modified).toBeLessThanOrEqual(Date.parse(headers.get("date") ?? ""));
      }
    }
  }
  await server.close();
});

test("HEAD is what HTTP makes of a GET, so strict mode finds no fault in it", async () => {
  const server = await startMockServer({ port: 0, strict: true });
  const { projectId, apiToken } = server.platform.credentials;
  const headers = basic(projectId, apiToken);
  for (const path of ["/api/projects", `/api/projects/${projectId}`, "/api/fax/logs"]) {
    await fetch(server.url + path, { method: "HEAD", headers });
  }
  expect(server.platform.violations?.count).toBe(0);
  // GET of what is not there still is one.
  await fetch(`${server.url}/api/nothing`, { headers });
  expect(server.platform.violations?.count).toBe(1);
  await server.close();
});
