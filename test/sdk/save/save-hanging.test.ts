import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@media-protection/sdk";
import { saveAll, saveMedia } from "@media-protection/sdk/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { partPlace } from "../../../packages/sdk/dist/save/part-place.js";
import { startOrigin } from "../../helpers/origins/origin.js";
import { projectId } from "../../helpers/saving/save-all-scene.js";

// What never ends by itself: a hook, a pipe.

const recording = {
  kind: "recording",
  recordingId: "0d6f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a",
} as const;

async function setScene() {
  const folder = await mkdtemp(join(tmpdir(), "save-hanging-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const origin = await startOrigin((_, response) => {
    response.writeHead(200, { "content-type": "audio/wav", "content-length": 8 }).end("RIFFdata");
  });
  onTestFinished(() => origin[Symbol.asyncDispose]());
  const client = createClient({ space: origin.origin, projectId, apiToken: "PT-synthetic" });
  return { folder, client };
}

test("an abort ends a save whose hook never settles, with its reason as it is", async () => {
  const { folder, client } = await setScene();
  const controller = new AbortController();
  const reason = Object.assign(new Error("enough"), { code: "MINE" });
  const saving = saveMedia(client, recording, join(folder, "a.wav"), {
    signal: controller.signal,
    onProgress: () => {
      setImmediate(() => controller.abort(reason));
      return new Promise(() => {});
    },
  });
  expect(await saving.catch((error: unknown) => error)).toBe(reason);
  expect(await readdir(folder)).toEqual([]);
});

describe.skipIf(process.platform === "win32")("a pipe", () => {
  test("at the target is never read", async () => {
    const { folder, client } = await setScene();
    const path = join(folder, "a.wav");
    execFileSync("mkfifo", [path]);
    const saving = saveMedia(client, recording, path, { ifExists: "skip-if-same" });
    await expect(saving).rejects.toMatchObject({ name: "FileExistsError" });
  });

  test("where part, note and lock should be is never read", async () => {
    const { folder, client } = await setScene();
    const { url } = await client.media.resolve(recording);
    const { part, note, lock } = partPlace(join(folder, "a.wav"), url.href);
    for (const pipe of [part, note, lock]) execFileSync("mkfifo", [pipe]);
    const saved = await saveMedia(client, recording, join(folder, "a.wav"), { resume: true });
    expect(saved.size).toBe(8);
  });

  test("is no manifest", async () => {
    const { folder, client } = await setScene();
    const manifest = join(folder, "pipe");
    execFileSync("mkfifo", [manifest]);
    const saving = saveAll(client, [recording], folder, { manifest });
    await expect(saving).rejects.toMatchObject({ name: "OptionError", option: "manifest" });
  });
});
