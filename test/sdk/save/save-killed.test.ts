import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { link, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createClient } from "@media-protection/sdk";
import { type SaveOptions, saveMedia } from "@media-protection/sdk/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { partPlace } from "../../../packages/sdk/dist/save/part-place.js";
import {
  type MediaOrigin,
  type MediaOriginOptions,
  startMediaOrigin,
} from "../../helpers/origins/media-origin.js";
import { noise } from "../../helpers/values/noise.js";

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const recordingId = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
const recording = { kind: "recording", recordingId } as const;
const mebibyte = 2 ** 20;

const audio = noise(3 * mebibyte);
const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

let folder: string;
let origin: MediaOrigin | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "save-resume-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
  await origin?.[Symbol.asyncDispose]();
  origin = undefined;
});

async function start(bytes: Uint8Array, options?: MediaOriginOptions) {
  origin = await startMediaOrigin(bytes, options);
  const client = createClient({
    space: origin.origin,
    projectId,
    apiToken: "PT-synthetic",
    retry: { retries: 0 },
  });
  const target = join(folder, "call.wav");
  const save = (more: SaveOptions = {}) =>
    saveMedia(client, recording, target, { resume: true, ...more });
  return { origin, client, target, save };
}

/** Where the note is about what is there of the recording. */
function placeOf(target: string) {
  const account = `${origin?.origin}/api/laml/2010-04-01/Accounts/${projectId}`;
  return partPlace(target, `${account}/Recordings/${recordingId}`);
}
const noteOf = (target: string) => placeOf(target).note;

/** Cuts the first answer in the middle. */
const cutFirst: MediaOriginOptions = { cutAfter: (index) => (index === 0 ? 1_000_000 : undefined) };

describe("a save with resume that was killed, or disturbed", () => {
  test("never gives the target's name to what another one has begun", async () => {
    const { target, save } = await start(audio);
    const saving = save({
      async onProgress() {
        const [part = ""] = (await readdir(folder)).filter((name) => name.endsWith(".part"));
        await rm(join(folder, part));
        await writeFile(join(folder, part), "half");
      },
    });
    await expect(saving).rejects.toMatchObject({ name: "DiskError", code: "ENOENT" });
    await expect(readFile(target)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test.each([
    ["and no note", false],
    ["and its note", true],
  ])(
    "does not write to a target that kill -9 left under the hidden name %s, too",
    async (_, isNoted) => {
      const { target, save } = await start(audio, cutFirst);
      await expect(save()).rejects.toThrow();
      const [part = ""] = (await readdir(folder)).filter((name) => name.endsWith(".part"));
      // As it is between the last two steps; and then the file was changed.
      await writeFile(target, noise(audio.length + 10, 9));
      await rm(join(folder, part));
      await link(target, join(folder, part));
      if (!isNoted) await rm(noteOf(target));
      expect((await save({ ifExists: "overwrite" })).sha256).toBe(sha256Of(audio));
      expect(Buffer.compare(await readFile(target), audio)).toBe(0);
      expect(await readdir(folder)).toEqual(["call.wav"]);
    },
  );

  test("goes on after kill -9, in another process", async () => {
    const large = noise(24 * mebibyte);
    const { origin, save, target } = await start(large, {
      cutAfter: (index) => (index === 0 ? 20 * mebibyte : undefined),
    });
    const helper = resolve(import.meta.dirname, "../../dist/helpers/saving/save-until-killed.js");
    const child = fork(helper, [origin.origin, projectId, recordingId, target]);
    await once(child, "message");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect((await save()).sha256).toBe(sha256Of(large));
    const resumed = /^bytes=(\d+)-/.exec(origin.ranges().at(-1) ?? "");
    expect(Number(resumed?.[1])).toBeGreaterThanOrEqual(8 * mebibyte);
    expect(Buffer.compare(await readFile(target), large)).toBe(0);
    expect(await readdir(folder)).toEqual(["call.wav"]);
  });
});
