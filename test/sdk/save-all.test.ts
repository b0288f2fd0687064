import { fork } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { appendFile, mkdtemp, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createClient, type MediaSource } from "@media-protection/sdk";
import { type SaveAllOptions, saveAll } from "@media-protection/sdk/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { noise } from "../helpers/noise.js";
import { startOrigin, type TestOrigin } from "../helpers/origin.js";

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const sizeOf = (id: string) => 1000 + Number.parseInt(id.slice(0, 4), 16);
/** Each recording has bytes of its own, made from its id. */
const bytesOf = (id: string) => noise(sizeOf(id), Number.parseInt(id.slice(0, 8), 16));
const recordings = (count: number) =>
  Array.from({ length: count }, () => ({ kind: "recording", recordingId: randomUUID() }) as const);

let folder: string;
let origin: TestOrigin | undefined;
/** What the origin answers for the ids named; other ids are there. */
let refused: Map<string, number>;
/** How many answers wait for one another, and those that do. */
let together: number;
let waiting: (() => void)[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "save-all-"));
  refused = new Map();
  together = 1;
  waiting = [];
});

afterEach(async () => {
  await rm(folder, { recursive: true });
  await origin?.[Symbol.asyncDispose]();
  origin = undefined;
});

async function start() {
  origin = await startOrigin((request, response) => {
    const id = request.url?.split("/").at(-1) ?? "";
    const status = refused.get(id);
    if (status !== undefined) return void response.writeHead(status).end();
    const body = bytesOf(id);
    response.writeHead(200, {
      "content-type": "audio/wav",
      "content-length": body.length,
      "accept-ranges": "bytes",
      etag: `"${id}"`,
    });
    waiting.push(() => response.end(body));
    if (waiting.length === together) for (const answer of waiting.splice(0)) answer();
  });
  const retry = { retries: 0 };
  const client = createClient({ space: origin.origin, projectId, apiToken: "PT-synthetic", retry });
  const save = (
    sources: Iterable<MediaSource> | AsyncIterable<MediaSource>,
    options?: SaveAllOptions,
  ) => saveAll(client, sources, folder, options);
  const asked = () => origin?.requests.map(({ path }) => path.split("/").at(-1)) ?? [];
  return { save, asked };
}

async function expectWhole(sources: readonly { readonly recordingId: string }[]): Promise<void> {
  for (const { recordingId: id } of sources) {
    expect(Buffer.compare(await readFile(join(folder, `${id}.wav`)), bytesOf(id)), id).toBe(0);
  }
  const names = (await readdir(folder)).sort();
  expect(names).toEqual(
    [...sources.map(({ recordingId: id }) => `${id}.wav`), "manifest.jsonl"].sort(),
  );
}

async function manifest(): Promise<Record<string, unknown>[]> {
  const lines = (await readFile(join(folder, "manifest.jsonl"), "utf8")).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

describe("saveAll", () => {
  test("saves every medium, and notes each in the manifest", async () => {
    const { save } = await start();
    const sources = recordings(30);
    const report = await save(sources);
    const bytes = sources.reduce((sum, { recordingId }) => sum + sizeOf(recordingId), 0);
    expect(report).toEqual({ saved: 30, kept: 0, bytes, failed: [] });
    await expectWhole(sources);
    const [source] = sources;
    const id = source?.recordingId ?? "";
    const [line] = (await manifest()).filter(({ path }) => path === `${id}.wav`);
    expect(line).toEqual({
      ref: { kind: "recording", projectId, recordingId: id },
      url: `${origin?.origin}/api/laml/2010-04-01/Accounts/${projectId}/Recordings/${id}`,
      path: `${id}.wav`,
      size: sizeOf(id),
      sha256: createHash("sha256").update(bytesOf(id)).digest("hex"),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
  });

  test("downloads so many at a time, and no more", async () => {
    const { save, asked } = await start();
    // Nothing is answered before eight ask, so fewer at a time would wait for ever.
    together = 8;
    const most: number[] = [];
    await save(recordings(40), {
      concurrency: 8,
      onProgress: ({ saved }) => most.push(asked().length - saved),
    });
    expect(Math.max(...most)).toBeLessThanOrEqual(8);
    expect(most).toHaveLength(40);
  });

  test("reads its sources no faster than it saves", async () => {
    const { save } = await start();
    let given = 0;
    let done = 0;
    async function* sources() {
      for (const source of recordings(20)) {
        expect(given - done).toBeLessThanOrEqual(3);
        given++;
        yield { ref: source };
      }
    }
    const progress: number[] = [];
    await save(sources(), {
      concurrency: 3,
      onProgress: ({ saved }) => {
        done = saved;
        progress.push(saved);
      },
    });
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(20);
  });

  test("run again, asks for nothing that is there", async () => {
    const { save, asked } = await start();
    const sources = recordings(10);
    await save(sources);
    const more = [...sources, ...recordings(2)];
    const before = asked().length;
    expect(await save(more)).toMatchObject({ saved: 2, kept: 10 });
    expect(asked().length - before).toBe(2);
    await expectWhole(more);
  });

  test.each<[string, (path: string) => Promise<void>]>([
    ["is gone", (path) => rm(path)],
    ["has become longer", (path) => appendFile(path, "x")],
    [
      "has other bytes of the same size",
      async (path) => writeFile(path, (await readFile(path)).fill(7)),
    ],
  ])("run again, downloads a file that %s", async (_, spoil) => {
    const { save } = await start();
    const sources = recordings(3);
    await save(sources);
    await spoil(join(folder, `${sources[1]?.recordingId}.wav`));
    expect(await save(sources)).toMatchObject({ saved: 1, kept: 2 });
    await expectWhole(sources);
  });

  test("asks once for a medium that is named twice", async () => {
    const { save, asked } = await start();
    const [source] = recordings(1);
    if (!source) throw new Error("one recording was made");
    await save([source, source, { ref: source }]);
    expect(asked()).toHaveLength(1);
  });

  test("keeps what is there of a manifest whose last line was cut short", async () => {
    const { save } = await start();
    const sources = recordings(3);
    await save(sources);
    const path = join(folder, "manifest.jsonl");
    const text = await readFile(path, "utf8");
    await writeFile(path, text.slice(0, -40));
    // The file of the line that was cut is compared, found the same, and noted again.
    expect(await save(sources)).toMatchObject({ saved: 0, kept: 3 });
    expect(await save(sources)).toMatchObject({ saved: 0, kept: 3 });
    await expectWhole(sources);
  });

  test("tries all before it fails, and tells which ones failed and why", async () => {
    const { save } = await start();
    const sources = recordings(6);
    const [gone, broken] = [sources[1]?.recordingId ?? "", sources[4]?.recordingId ?? ""];
    refused.set(gone, 404).set(broken, 500);
    const error = await save([...sources, "https://evil.example/x.wav"]).catch(
      (one: unknown) => one,
    );
    expect(error).toMatchObject({
      name: "SaveAllError",
      report: { saved: 4, kept: 0 },
      message: expect.stringContaining("3 of 7"),
    });
    expect(error).toHaveProperty(
      "report.failed",
      expect.arrayContaining([
        { source: sources[1], error: expect.objectContaining({ name: "NotFoundError" }) },
        { source: sources[4], error: expect.objectContaining({ name: "ServerError" }) },
        {
          source: "https://evil.example/x.wav",
          error: expect.objectContaining({ name: "UntrustedUrlError" }),
        },
      ]),
    );
    refused.clear();
    expect(await save(sources)).toMatchObject({ saved: 2, kept: 4 });
  });

  test.each<[string, number, string]>([["credentials are refused", 401, "AuthenticationError"]])(
    "stops when %s, since no other medium would fare better",
    async (_, status, name) => {
      const { save, asked } = await start();
      const sources = recordings(50);
      for (const { recordingId } of sources) refused.set(recordingId, status);
      await expect(save(sources, { concurrency: 2 })).rejects.toMatchObject({ name });
      expect(asked().length).toBeLessThanOrEqual(2);
    },
  );

  test.skipIf(process.platform !== "linux")("holds no file where it fails at once", async () => {
    const { save } = await start();
    // The cast is the test: what untyped code would pass.
    await expect(save(5 as never)).rejects.toThrow(TypeError);
    const held = (await readdir("/proc/self/fd")).map((fd) =>
      readlink(`/proc/self/fd/${fd}`).catch(() => ""),
    );
    expect((await Promise.all(held)).filter((path) => path.startsWith(folder))).toEqual([]);
  });

  test("stops when its sources fail, after what is under way", async () => {
    const { save } = await start();
    const good = recordings(2);
    async function* sources() {
      yield* good;
      throw new Error("the list broke off");
    }
    await expect(save(sources())).rejects.toThrow("the list broke off");
    await expectWhole(good);
  });

  test("stops at an abort, and ends its sources", async () => {
    const { save } = await start();
    const controller = new AbortController();
    let ended = false;
    function* sources() {
      try {
        yield* recordings(50);
      } finally {
        ended = true;
      }
    }
    const onProgress = () => controller.abort(new Error("enough"));
    const saving = save(sources(), { signal: controller.signal, onProgress, concurrency: 2 });
    await expect(saving).rejects.toThrow("enough");
    expect(ended).toBe(true);
  });

  test("stops at an abort although its source never gives another medium", async () => {
    const { save } = await start();
    const controller = new AbortController();
    async function* sources() {
      yield* recordings(1);
      // As a list does whose platform does not answer.
      await new Promise(() => {});
    }
    const onProgress = () => controller.abort(new Error("enough"));
    const saving = save(sources(), { signal: controller.signal, onProgress });
    await expect(saving).rejects.toThrow("enough");
  });

  test("tells what failed, not what the end of its source made of it", async () => {
    const { save } = await start();
    const sources = recordings(50);
    for (const { recordingId } of sources) refused.set(recordingId, 401);
    function* failing() {
      try {
        yield* sources;
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: what a careless source does
        throw new Error("and the source fails to end");
      }
    }
    const saving = save(failing(), { concurrency: 2 });
    await expect(saving).rejects.toMatchObject({ name: "AuthenticationError" });
  });

  test("writes nothing outside the folder, whatever the manifest says", async () => {
    const { save } = await start();
    const [source] = recordings(1);
    if (!source) throw new Error("one recording was made");
    await save([source]);
    const [line] = await manifest();
    const outside = join(folder, "..", `outside-${randomUUID()}.wav`);
    const forged = { ...line, path: `../${outside.split("/").at(-1)}` };
    await writeFile(join(folder, "manifest.jsonl"), `${JSON.stringify(forged)}\n`);
    await save([source]);
    await expect(readFile(outside)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("after kill -9, downloads what is missing only", async () => {
    const { save, asked } = await start();
    const sources = recordings(40);
    const helper = resolve(import.meta.dirname, "../dist/helpers/save-all-until-killed.js");
    const child = fork(helper, [origin?.origin ?? "", projectId, folder, JSON.stringify(sources)]);
    await once(child, "message");
    child.kill("SIGKILL");
    await once(child, "exit");
    const noted = (await manifest()).length;
    expect(noted).toBeGreaterThanOrEqual(10);
    const before = asked().length;
    const report = await save(sources);
    expect(report.saved + report.kept).toBe(40);
    // What was in place but not yet noted is compared, not trusted: at most what was under way.
    expect(asked().length - before).toBe(40 - noted);
    expect(asked().length - before).toBeLessThanOrEqual(30);
    for (const { recordingId: id } of sources) {
      expect(Buffer.compare(await readFile(join(folder, `${id}.wav`)), bytesOf(id)), id).toBe(0);
    }
  });

  test.each([
    ["concurrency", { concurrency: 0 }],
    ["onProgress", { onProgress: 1 }],
    ["segments", { segments: 0 }],
  ])("names a malformed %s before any request", async (option, options) => {
    const { save, asked } = await start();
    // The cast is the test: what untyped code would pass.
    await expect(save(recordings(1), options as never)).rejects.toMatchObject({
      name: "OptionError",
      option,
    });
    expect(asked()).toEqual([]);
  });
});
