import { createHash } from "node:crypto";
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createClient } from "@media-protection/sdk";
import { type SaveOptions, saveMedia } from "@media-protection/sdk/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { partPlace } from "../../../packages/sdk/dist/save/part-place.js";
import {
  type MediaOrigin,
  type MediaOriginOptions,
  startMediaOrigin,
} from "../../helpers/origins/media-origin.js";
import { startOrigin } from "../../helpers/origins/origin.js";
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

/** A request for what was missing then; a runtime may drop bytes that it had not handed out yet. */
const theRest = expect.toSatisfy((range: string) => {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  return Number(from) > 0 && Number(from) <= 1_000_000 && Number(to) === audio.length - 1;
});

describe("a save with resume", () => {
  test("goes on where the last one ended, and leaves nothing beside the file", async () => {
    const { origin, save, target } = await start(audio, cutFirst);
    await expect(save()).rejects.toMatchObject({ name: "IntegrityError", reason: "cut" });
    expect((await readdir(folder)).sort()).toEqual([
      expect.stringMatching(/^\.[0-9a-f]{32}\.part$/),
      expect.stringMatching(/^\.[0-9a-f]{32}\.part\.json$/),
    ]);
    const saved = await save();
    expect(saved).toMatchObject({ size: audio.length, sha256: sha256Of(audio), kept: false });
    expect(Buffer.compare(await readFile(target), audio)).toBe(0);
    expect(await readdir(folder)).toEqual(["call.wav"]);
    expect(origin.ranges()).toEqual([undefined, theRest]);
    expect(origin.requests[1]?.headers["if-range"]).toBe('"v1"');
  });

  test("does so in a folder, where the name is known only with the answer", async () => {
    const { origin, client } = await start(audio, cutFirst);
    const save = () => saveMedia(client, recording, folder, { resume: true });
    await expect(save()).rejects.toMatchObject({ reason: "cut" });
    expect((await save()).path).toBe(join(folder, `${recordingId}.wav`));
    expect(origin.ranges()).toEqual([undefined, theRest]);
  });

  test("counts what was there as loaded, but not in the rate", async () => {
    const { save } = await start(audio, cutFirst);
    await expect(save()).rejects.toThrow();
    const seen: number[] = [];
    await save({ onProgress: ({ loaded }) => seen.push(loaded) });
    expect(seen[0]).toBeGreaterThan(500_000);
    expect(seen.at(-1)).toBe(audio.length);
  });

  test("starts over when the medium has changed, with one request", async () => {
    const { origin, save, target } = await start(audio, cutFirst);
    await expect(save()).rejects.toThrow();
    const other = noise(2 * mebibyte, 7);
    origin.serve(other, { etag: '"v2"' });
    expect((await save()).sha256).toBe(sha256Of(other));
    expect(Buffer.compare(await readFile(target), other)).toBe(0);
    expect(await readdir(folder)).toEqual(["call.wav"]);
    expect(origin.requests).toHaveLength(2);
  });

  test("starts over when the medium has become shorter than what is there", async () => {
    const { origin, save } = await start(audio, cutFirst);
    await expect(save()).rejects.toThrow();
    const shorter = noise(500, 7);
    // A server that ignores If-Range answers 416.
    origin.serve(shorter, { etag: '"v1"' });
    expect((await save()).sha256).toBe(sha256Of(shorter));
    expect(await readdir(folder)).toEqual(["call.wav"]);
  });

  test("keeps what is there when the next try fails before its first byte", async () => {
    const { origin, save, client } = await start(audio, cutFirst);
    await expect(save()).rejects.toThrow();
    const before = (await readdir(folder)).sort();
    await origin[Symbol.asyncDispose]();
    await expect(save()).rejects.toMatchObject({ name: "ConnectionError" });
    expect((await readdir(folder)).sort()).toEqual(before);
    expect(client).toBeDefined();
  });

  test("asks for one byte only when all of them are there", async () => {
    const { origin, save, target } = await start(audio, {
      cutAfter: (index) => (index === 0 ? audio.length - 1 : undefined),
    });
    await expect(save()).rejects.toThrow();
    const note = noteOf(target);
    const [part = ""] = (await readdir(folder)).filter((name) => name.endsWith(".part"));
    await writeFile(join(folder, part), audio);
    const sidecar = JSON.parse(await readFile(note, "utf8"));
    sidecar.segments[0].next = audio.length;
    await writeFile(note, JSON.stringify(sidecar));
    await save();
    expect(origin.ranges()[1]).toBe(`bytes=${audio.length - 1}-${audio.length - 1}`);
    expect(Buffer.compare(await readFile(target), audio)).toBe(0);
  });

  test.each<[string, (note: Record<string, unknown>) => unknown]>([
    ["is no JSON", () => undefined],
    ["is of another medium", (note) => ({ ...note, url: "https://example.com/x" })],
    [
      "says more than is there",
      (note) => ({ ...note, segments: [{ start: 0, end: audio.length - 1, next: 2_000_000 }] }),
    ],
    [
      "has segments with a hole",
      (note) => ({ ...note, segments: [{ start: 5, end: audio.length - 1, next: 9 }] }),
    ],
    [
      "has a text for an offset",
      (note) => ({ ...note, segments: [{ start: 0, end: "9", next: 0 }] }),
    ],
    ["has no size", ({ size: _, ...note }) => note],
  ])("starts over when the note %s", async (_, change) => {
    const { origin, save, target } = await start(audio, cutFirst);
    await expect(save()).rejects.toThrow();
    const note = noteOf(target);
    const changed = change(JSON.parse(await readFile(note, "utf8")));
    await writeFile(note, changed === undefined ? "{" : JSON.stringify(changed));
    await save();
    expect(origin.ranges()).toEqual([undefined, undefined]);
    expect(Buffer.compare(await readFile(target), audio)).toBe(0);
  });

  test.each<[string, MediaOriginOptions]>([
    ["no entity tag", { etag: null }],
    ["a weak entity tag", { etag: 'W/"v1"' }],
    ["no ranges", { ranges: false }],
  ])("keeps nothing of a medium with %s", async (_, options) => {
    const { origin, save } = await start(audio, { ...cutFirst, ...options });
    await expect(save()).rejects.toMatchObject({ name: "IntegrityError" });
    expect(await readdir(folder)).toEqual([]);
    expect((await save()).sha256).toBe(sha256Of(audio));
    expect(origin.ranges()).toEqual([undefined, undefined]);
  });

  test("two at once of the same medium give one whole file", async () => {
    const { save, target } = await start(audio);
    const both = await Promise.allSettled([
      save({ ifExists: "skip-if-same" }),
      save({ ifExists: "skip-if-same" }),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled").length).toBeGreaterThanOrEqual(1);
    expect(Buffer.compare(await readFile(target), audio)).toBe(0);
  });

  test("that fails before its first byte takes nothing from another one under way", async () => {
    const { origin, target, save } = await start(audio);
    const fetch = async () => {
      const body = new ReadableStream({ pull: (to) => to.error(new Error("broken")) });
      const headers = {
        "content-type": "audio/wav",
        "content-length": String(audio.length),
        etag: '"v1"',
        "accept-ranges": "bytes",
      };
      return new Response(body, { headers });
    };
    const options = { space: origin.origin, projectId, apiToken: "PT-synthetic", fetch };
    const broken = createClient({ ...options, retry: { retries: 0 } });
    let isTried = false;
    await save({
      async onProgress() {
        if (isTried) return;
        isTried = true;
        const other = saveMedia(broken, recording, target, { resume: true });
        await expect(other).rejects.toMatchObject({ name: "IntegrityError", reason: "cut" });
      },
    });
    expect(isTried).toBe(true);
    expect(Buffer.compare(await readFile(target), audio)).toBe(0);
    expect(await readdir(folder)).toEqual(["call.wav"]);
  });

  test("leaves no draft of a note that cannot be written", async () => {
    const { save, target } = await start(audio, cutFirst);
    await mkdir(noteOf(target));
    await expect(save()).rejects.toMatchObject({ name: "IntegrityError", reason: "cut" });
    expect(await readdir(folder)).toEqual([basename(noteOf(target))]);
  });

  test("stops at an abort while what was there before is hashed", async () => {
    // Of zeros, which take the thread a second or more to hash, but no room.
    const size = 3 * 1024 * mebibyte;
    await using space = await startOrigin((_, response) => {
      response.writeHead(206, {
        "content-type": "audio/wav",
        "content-length": 1,
        "content-range": `bytes ${size - 1}-${size - 1}/${size}`,
        "accept-ranges": "bytes",
        etag: '"v1"',
      });
      response.end(Buffer.alloc(1));
    });
    const retry = { retries: 0 };
    const client = createClient({
      space: space.origin,
      projectId,
      apiToken: "PT-synthetic",
      retry,
    });
    const { url } = await client.media.resolve(recording);
    const place = partPlace(join(folder, "call.wav"), url.href);
    const part = await open(place.part, "w");
    await part.truncate(size);
    await part.close();
    const segments = [{ start: 0, end: size - 1, next: size }];
    await writeFile(place.note, JSON.stringify({ url, tag: '"v1"', size, segments }));
    const controller = new AbortController();
    const saving = saveMedia(client, recording, join(folder, "call.wav"), {
      resume: true,
      signal: controller.signal,
      onProgress: () => setTimeout(() => controller.abort(new Error("enough")), 20),
    });
    await expect(saving).rejects.toThrow("enough");
    expect(await readdir(folder)).not.toContain("call.wav");
  });
});
