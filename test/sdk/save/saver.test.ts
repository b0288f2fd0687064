import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient } from "@media-protection/sdk";
import { mediaFileName } from "@media-protection/sdk/media-url";
import { createSaver } from "@media-protection/sdk/node";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  bytesOf,
  projectId,
  recordings,
  setSaveAllScene,
} from "../../helpers/saving/save-all-scene.js";

async function setSaver() {
  const scene = await setSaveAllScene();
  const client = createClient({ space: scene.origin.origin, projectId, apiToken: "PT-synthetic" });
  const saver = createSaver(client);
  onTestFinished(() => saver.close());
  return { ...scene, saver };
}

describe("a saver", () => {
  test("names the file only when its finish is called, in a folder that it makes", async () => {
    const { saver, folder } = await setSaver();
    const [source] = recordings(1);
    if (!source) throw new Error("There is no source.");
    const path = join(folder, "a/b/c.wav");
    const finish = await saver.receive(source, path);
    await expect(readFile(path)).rejects.toMatchObject({ code: "ENOENT" });
    const saved = await finish();
    expect(saved).toMatchObject({ path, kept: false });
    expect(await readFile(path)).toEqual(Buffer.from(bytesOf(source.recordingId)));
    await saver.flush();
  });

  test("keeps what is there, unless told", async () => {
    const { saver, folder } = await setSaver();
    const [first, second] = recordings(2);
    if (!first || !second) throw new Error("There are no sources.");
    const path = join(folder, "one.wav");
    await (await saver.receive(first, path))();
    await expect(saver.receive(second, path)).rejects.toMatchObject({ name: "FileExistsError" });
    const again = await saver.receive(first, path, { ifExists: "skip-if-same" });
    expect(await again()).toMatchObject({ kept: true });
    await (await saver.receive(second, path, { ifExists: "overwrite" }))();
    expect(await readFile(path)).toEqual(Buffer.from(bytesOf(second.recordingId)));
  });

  test("needs a client, a path and options that it knows, before anything is asked for", async () => {
    const { saver, asked } = await setSaver();
    const [source] = recordings(1);
    if (!source) throw new Error("There is no source.");
    await expect(saver.receive(source, "")).rejects.toThrow('Option "path"');
    const misspelt: object = { ifExist: "error" };
    await expect(saver.receive(source, "x.wav", misspelt)).rejects.toThrow("ifExist");
    // As from JavaScript.
    expect(() => createSaver({} as Parameters<typeof createSaver>[0])).toThrow('Option "client"');
    expect(asked()).toEqual([]);
  });
});

describe("mediaFileName", () => {
  const recordingId = "7C0E4F8A-1b2c-4d3e-8f90-a1b2c3d4e5f6";
  const id = recordingId.toLowerCase();

  test.each([
    [{ kind: "recording", recordingId, format: "mp3" } as const, undefined, `${id}.mp3`],
    [{ kind: "recording", recordingId } as const, "audio/wav; rate=8000", `${id}.wav`],
    [{ kind: "recording", recordingId } as const, undefined, `${id}.bin`],
  ])("of %j with %s is %s", (ref, contentType, name) => {
    expect(mediaFileName(ref, { contentType })).toBe(name);
  });

  test("refuses what is no reference", () => {
    expect(() => mediaFileName({ kind: "recording", recordingId: "../x" })).toThrow("recordingId");
  });
});
