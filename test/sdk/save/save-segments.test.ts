import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClientOptions, createClient } from "@media-protection/sdk";
import { type SaveOptions, saveMedia } from "@media-protection/sdk/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type MediaOrigin,
  type MediaOriginOptions,
  startMediaOrigin,
} from "../../helpers/origins/media-origin.js";
import { noise } from "../../helpers/values/noise.js";

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const recording = {
  kind: "recording",
  recordingId: "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f",
} as const;
const mebibyte = 2 ** 20;
const audio = noise(8 * mebibyte + 3);
const sha256 = createHash("sha256").update(audio).digest("hex");

let folder: string;
let origin: MediaOrigin | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "save-segments-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
  await origin?.[Symbol.asyncDispose]();
  origin = undefined;
});

async function start(options?: MediaOriginOptions, more: Partial<ClientOptions> = {}) {
  origin = await startMediaOrigin(audio, options);
  const retry = { retries: 0 };
  const client = createClient({
    space: origin.origin,
    projectId,
    apiToken: "PT-synthetic",
    retry,
    ...more,
  });
  const target = join(folder, "call.wav");
  const save = (how: SaveOptions) => saveMedia(client, recording, target, how);
  return { origin, save, target };
}

describe("a save over several connections", () => {
  test("asks for adjoining parts of the same version, and joins them exactly", async () => {
    const { origin, save, target } = await start();
    const saved = await save({ segments: 4 });
    expect(saved).toMatchObject({ size: audio.length, sha256 });
    expect(Buffer.compare(await readFile(target), audio)).toBe(0);
    expect(await readdir(folder)).toEqual(["call.wav"]);
    const quarter = audio.length / 4;
    const starts = [1, 2, 3, 4].map((index) => Math.floor(quarter * index));
    expect([...origin.ranges()].sort()).toEqual([
      `bytes=${starts[0]}-${(starts[1] ?? 0) - 1}`,
      `bytes=${starts[1]}-${(starts[2] ?? 0) - 1}`,
      `bytes=${starts[2]}-${(starts[3] ?? 0) - 1}`,
      undefined,
    ]);
    for (const { headers } of origin.requests.slice(1)) expect(headers["if-range"]).toBe('"v1"');
  });

  test("tells its progress over all of them", async () => {
    const { save } = await start();
    const seen: number[] = [];
    await save({
      segments: 4,
      onProgress: ({ loaded, total }) => {
        expect(total).toBe(audio.length);
        seen.push(loaded);
      },
    });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(audio.length);
  });

  test("uses no more of them than there are mebibytes", async () => {
    const { origin, save } = await start();
    origin.serve(audio.subarray(0, 2 * mebibyte));
    await save({ segments: 16 });
    expect(origin.requests).toHaveLength(2);
  });

  test.each<[string, MediaOriginOptions]>([
    ["serves no ranges", { ranges: false }],
    ["sends no entity tag", { etag: null }],
    ["sends a weak entity tag", { etag: 'W/"v1"' }],
  ])("uses one where the server %s", async (_, options) => {
    const { origin, save } = await start(options);
    expect((await save({ segments: 4 })).sha256).toBe(sha256);
    expect(origin.requests).toHaveLength(1);
  });

  test("fails, and leaves nothing, when the medium changes meanwhile", async () => {
    const { origin, save } = await start({
      cutAfter: (index) => {
        if (index === 0) origin.serve(noise(audio.length, 7), { etag: '"v2"' });
        return undefined;
      },
    });
    await expect(save({ segments: 4 })).rejects.toMatchObject({
      name: "IntegrityError",
      reason: "changed",
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test("resumes each connection that is cut", async () => {
    const { save, target } = await start(
      { cutAfter: (index) => (index < 4 ? 700_000 : undefined) },
      { retry: { minDelay: 0 } },
    );
    expect((await save({ segments: 4 })).sha256).toBe(sha256);
    expect(Buffer.compare(await readFile(target), audio)).toBe(0);
  });

  test("with resume, goes on with what each of them left", async () => {
    const { origin, save, target } = await start({ cutAfter: () => 700_000 });
    await expect(save({ segments: 4, resume: true })).rejects.toMatchObject({ reason: "cut" });
    expect(await readdir(folder)).toHaveLength(2);
    origin.serve(audio);
    const before = origin.requests.length;
    expect((await save({ resume: true })).sha256).toBe(sha256);
    expect(Buffer.compare(await readFile(target), audio)).toBe(0);
    expect(origin.ranges().slice(before)).not.toContain(undefined);
    expect(await readdir(folder)).toEqual(["call.wav"]);
  });

  test("stops all of them at an abort", async () => {
    const { save } = await start();
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error("enough"));
    const saving = save({ segments: 4, signal: controller.signal, onProgress });
    await expect(saving).rejects.toThrow("enough");
    expect(await readdir(folder)).toEqual([]);
  });
});
