import { createHash } from "node:crypto";
import { readdir, readlink } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import {
  bytesOf,
  projectId,
  recordings,
  setSaveAllScene,
  sizeOf,
} from "../../helpers/saving/save-all-scene.js";

describe("saveAll", () => {
  test("saves every medium, and notes each in the manifest", async () => {
    const { origin, save, expectWhole, manifest } = await setSaveAllScene();
    const sources = recordings(30);
    const report = await save(sources);
    const bytes = sources.reduce((sum, { recordingId }) => sum + sizeOf(recordingId), 0);
    expect(report).toEqual({ saved: 30, kept: 0, bytes, failed: [], left: [] });
    await expectWhole(sources);
    const [source] = sources;
    const id = source?.recordingId ?? "";
    const [line] = (await manifest()).filter(({ path }) => path === `${id}.wav`);
    expect(line).toEqual({
      ref: { kind: "recording", projectId, recordingId: id },
      url: `${origin.origin}/api/laml/2010-04-01/Accounts/${projectId}/Recordings/${id}`,
      path: `${id}.wav`,
      size: sizeOf(id),
      sha256: createHash("sha256").update(bytesOf(id)).digest("hex"),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
  });

  test("downloads so many at a time, and no more", async () => {
    const { answerTogether, save, asked, mostAtOnce } = await setSaveAllScene();
    // Nothing is answered before eight ask, so fewer at a time would wait for ever.
    answerTogether(8);
    const ahead: number[] = [];
    await save(recordings(80), {
      concurrency: 8,
      onProgress: ({ saved }) => ahead.push(asked().length - saved),
    });
    // Those that are flushed meanwhile need no connection.
    expect(Math.max(...ahead)).toBeLessThanOrEqual(8 + 32);
    expect(ahead).toHaveLength(80);
    expect(mostAtOnce()).toBe(8);
  });

  test("reads its sources no faster than it saves", async () => {
    const { save } = await setSaveAllScene();
    let given = 0;
    let done = 0;
    async function* sources() {
      for (const source of recordings(120)) {
        expect(given - done).toBeLessThanOrEqual(3 + 32);
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
    expect(progress.at(-1)).toBe(120);
  });

  test("asks once for a medium that is named twice", async () => {
    const { save, asked } = await setSaveAllScene();
    const [source] = recordings(1);
    if (!source) throw new Error("one recording was made");
    await save([source, source, { ref: source }]);
    expect(asked()).toHaveLength(1);
  });

  test("tries all before it fails, and tells which ones failed and why", async () => {
    const { refused, save } = await setSaveAllScene();
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
      const { refused, save, asked } = await setSaveAllScene();
      const sources = recordings(50);
      for (const { recordingId } of sources) refused.set(recordingId, status);
      await expect(save(sources, { concurrency: 2 })).rejects.toMatchObject({ name });
      expect(asked().length).toBeLessThanOrEqual(2);
    },
  );

  test.skipIf(process.platform !== "linux")("holds no file where it fails at once", async () => {
    const { save, folder } = await setSaveAllScene();
    // The cast is the test: what untyped code would pass.
    await expect(save(5 as never)).rejects.toMatchObject({ name: "OptionError" });
    const held = (await readdir("/proc/self/fd")).map((fd) =>
      readlink(`/proc/self/fd/${fd}`).catch(() => ""),
    );
    expect((await Promise.all(held)).filter((path) => path.startsWith(folder))).toEqual([]);
  });

  test("stops when its sources fail, after what is under way", async () => {
    const { save, expectWhole } = await setSaveAllScene();
    const good = recordings(2);
    async function* sources() {
      yield* good;
      throw new Error("the list broke off");
    }
    await expect(save(sources())).rejects.toThrow("the list broke off");
    await expectWhole(good);
  });

  test("stops at an abort, and ends its sources", async () => {
    const { save } = await setSaveAllScene();
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
    const { save } = await setSaveAllScene();
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
    const { refused, save } = await setSaveAllScene();
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

  test.each([
    ["concurrency", { concurrency: 0 }],
    ["onProgress", { onProgress: 1 }],
    ["segments", { segments: 0 }],
  ])("names a malformed %s before any request", async (option, options) => {
    const { save, asked } = await setSaveAllScene();
    // The cast is the test: what untyped code would pass.
    await expect(save(recordings(1), options as never)).rejects.toMatchObject({
      name: "OptionError",
      option,
    });
    expect(asked()).toEqual([]);
  });
});
