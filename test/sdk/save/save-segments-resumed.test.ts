import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@media-protection/sdk";
import { saveMedia } from "@media-protection/sdk/node";
import { expect, onTestFinished, test } from "vitest";
import { startOrigin } from "../../helpers/origins/origin.js";
import { projectId } from "../../helpers/saving/save-all-scene.js";
import { noise } from "../../helpers/values/noise.js";

const recording = {
  kind: "recording",
  recordingId: "0d6f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a",
} as const;
const size = 6 * 2 ** 20;
const audio = noise(size, 5);

test.each([1, 2, 4])("the rest of a save comes over %i connections", async (segments) => {
  const folder = await mkdtemp(join(tmpdir(), "save-rest-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  let isFirst = true;
  const origin = await startOrigin((request, response) => {
    const [, from = "0", to = `${size - 1}`] =
      /^bytes=(\d+)-(\d+)?/.exec(request.headers.range ?? "") ?? [];
    const [start, end] = [Number(from), Number(to)];
    const isRange = request.headers.range !== undefined;
    response.writeHead(isRange ? 206 : 200, {
      ...{ "content-type": "audio/wav", "content-length": end + 1 - start },
      ...{ "accept-ranges": "bytes", etag: '"v1"' },
      ...(isRange && { "content-range": `bytes ${start}-${end}/${size}` }),
    });
    if (!isFirst) return void response.end(audio.subarray(start, end + 1));
    isFirst = false;
    response.write(audio.subarray(0, 500_000), () => response.destroy());
  });
  onTestFinished(() => origin[Symbol.asyncDispose]());
  const retry = { retries: 0 };
  const client = createClient({ space: origin.origin, projectId, apiToken: "PT-synthetic", retry });
  const path = join(folder, "call.wav");
  await expect(saveMedia(client, recording, path, { resume: true })).rejects.toThrow();
  const before = origin.requests.length;
  await saveMedia(client, recording, path, { resume: true, segments });
  expect(origin.requests.length - before).toBe(segments);
  expect(Buffer.compare(await readFile(path), audio)).toBe(0);
  expect(await readdir(folder)).toEqual(["call.wav"]);
});
