import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SaveAllError, saveAll } from "@media-protection/sdk/node";
import { describe, expect, test } from "vitest";
import { recordings, setSaveAllScene } from "../../helpers/saving/save-all-scene.js";

/** When a run goes on, when it pauses, and when it ends before its sources do. */

const reportOf = async (saving: Promise<unknown>) => {
  const error = await saving.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SaveAllError);
  if (!(error instanceof SaveAllError)) throw error;
  return error.report;
};

describe("a platform that does not serve is not stormed", () => {
  test.each([429, 503, 403, 500])("%i with a long Retry-After ends the run", async (status) => {
    const { refused, refusal, save, asked } = await setSaveAllScene();
    const sources = recordings(300);
    for (const { recordingId } of sources) refused.set(recordingId, status);
    refusal["retry-after"] = "3600";
    const report = await reportOf(save(sources, { concurrency: 4 }));
    expect(report).toMatchObject({ endedEarly: "asked-to-wait", saved: 0, failed: [] });
    expect(asked().length).toBeLessThanOrEqual(4);
    expect(report.left).toHaveLength(asked().length);
  });

  test("a short one is waited for by all, and the medium asked for again", async () => {
    const { refused, refusal, save, asked } = await setSaveAllScene();
    const sources = recordings(3);
    refusal["retry-after"] = "0";
    const [first] = sources;
    refused.set(first?.recordingId ?? "", 503);
    const seen: number[] = [];
    const report = await save(sources, {
      concurrency: 1,
      onProgress: ({ saved }) => void seen.push(saved),
    }).catch((error: SaveAllError) => error.report);
    // Three pauses for one medium are enough.
    expect(report).toMatchObject({ saved: 2, failed: [{ source: first }] });
    expect(asked().filter((id) => id === first?.recordingId)).toHaveLength(4);
  });

  test.each([403, 500, 503])("%i for one after the other ends the run", async (status) => {
    const { refused, save, asked } = await setSaveAllScene();
    const sources = recordings(100);
    for (const { recordingId } of sources) refused.set(recordingId, status);
    const report = await reportOf(save(sources, { concurrency: 2, maxFailures: 5 }));
    expect(report.endedEarly).toBe("failing");
    expect(report.failed.length).toBeLessThanOrEqual(6);
    expect(asked().length).toBeLessThanOrEqual(6);
  });

  test("no connection, likewise", async () => {
    const { client, folder } = await setSaveAllScene();
    let calls = 0;
    const resolve = client.media.resolve;
    const download = async () => {
      calls++;
      const error = new Error("no connection");
      throw Object.assign(error, { name: "ConnectionError" });
    };
    // What is no error of the SDK's ends a run at the first.
    await expect(
      saveAll({ ...client, media: { resolve, download } }, recordings(50), folder),
    ).rejects.toThrow("no connection");
    expect(calls).toBeLessThanOrEqual(4);
  });

  test("media that are gone say nothing of the others", async () => {
    const { refused, save } = await setSaveAllScene();
    const sources = recordings(60);
    for (const { recordingId } of sources.slice(1)) refused.set(recordingId, 404);
    const report = await reportOf(save(sources, { maxFailures: 2 }));
    expect(report).toMatchObject({ saved: 1, left: [] });
    expect(report.endedEarly).toBeUndefined();
    expect(report.failed).toHaveLength(59);
  });

  test("failures in between do not add up", async () => {
    const { refused, save } = await setSaveAllScene();
    const sources = recordings(40);
    for (const [index, { recordingId }] of sources.entries()) {
      if (index % 2 === 0) refused.set(recordingId, 403);
    }
    const report = await reportOf(save(sources, { concurrency: 1, maxFailures: 2 }));
    expect(report.saved).toBe(20);
  });
});

describe("what concerns all ends all at once", () => {
  test("a hook that throws ends downloads that would never end, and is not called again", async () => {
    const { endless, save, folder } = await setSaveAllScene();
    const sources = recordings(6);
    const whole = sources[3]?.recordingId ?? "";
    for (const { recordingId } of sources) if (recordingId !== whole) endless.add(recordingId);
    let calls = 0;
    const saving = save(sources, {
      concurrency: 6,
      onProgress() {
        calls++;
        throw new Error("enough");
      },
    });
    await expect(saving).rejects.toThrow("enough");
    expect(calls).toBe(1);
    const left = await readdir(folder);
    expect(left.filter((name) => name.endsWith(".lock"))).toEqual([]);
  });

  test("refused credentials end what others are at, and are what is told", async () => {
    const { endless, refused, save } = await setSaveAllScene();
    const sources = recordings(5);
    for (const { recordingId } of sources.slice(0, 4)) endless.add(recordingId);
    refused.set(sources[4]?.recordingId ?? "", 401);
    const saving = save(sources, { concurrency: 5 });
    await expect(saving).rejects.toMatchObject({ name: "AuthenticationError" });
  });

  test("a hook that never settles does not outlive an abort", async () => {
    const { save } = await setSaveAllScene();
    const controller = new AbortController();
    const saving = save(recordings(3), {
      signal: controller.signal,
      onProgress() {
        controller.abort(new Error("enough"));
        return new Promise(() => {});
      },
    });
    await expect(saving).rejects.toThrow("enough");
  });

  test("a signal that was aborted before saves nothing, and is no success", async () => {
    const { save, asked } = await setSaveAllScene();
    const reason = new Error("too late");
    const saving = save(recordings(3), { signal: AbortSignal.abort(reason) });
    await expect(saving).rejects.toBe(reason);
    expect(asked()).toEqual([]);
  });

  test("a reason with a code arrives as it is", async () => {
    const { save } = await setSaveAllScene();
    const controller = new AbortController();
    const reason = Object.assign(new Error("mine"), { code: "ENOSPC" });
    const onProgress = () => controller.abort(reason);
    const saving = save(recordings(9), { signal: controller.signal, onProgress });
    await expect(saving).rejects.toBe(reason);
  });
});

test("one bad path is one bad path", async () => {
  const { save, folder } = await setSaveAllScene();
  const sources = recordings(6);
  const [a = "", b = "", c = ""] = sources.map(({ recordingId }) => recordingId);
  await mkdir(join(folder, `${a}.wav`));
  await symlink(join(folder, `${b}.wav`), join(folder, `${b}.wav`));
  const url = (await save([sources[2] ?? ""])).saved;
  expect(url).toBe(1);
  const manifest = join(folder, "manifest.jsonl");
  await writeFile(join(folder, "file"), "");
  // What an earlier run noted is inside of what is no folder now.
  const { readFile } = await import("node:fs/promises");
  const noted = (await readFile(manifest, "utf8")).replace(`${c}.wav`, "file/x.wav");
  await writeFile(manifest, noted);
  const report = await reportOf(save(sources, { ifExists: "overwrite" }));
  expect(report.endedEarly).toBeUndefined();
  const failed = report.failed.map(({ source }) => source);
  expect(failed).toEqual(expect.arrayContaining([sources[0], sources[2]]));
  expect(report.saved + report.failed.length).toBe(6);
  expect(report.saved).toBeGreaterThanOrEqual(3);
});

describe("what no medium could be saved with is refused before anything is asked for", () => {
  test.each<[string, object]>([
    ["waitUntilReady", { waitUntilReady: -1 }],
    ["waitUntilReady", { waitUntilReady: "soon" }],
    ["maxPause", { maxPause: -1 }],
    ["maxFailures", { maxFailures: 0 }],
    ["manifest", { manifest: 5 }],
    ["manifest", { manifest: "a\0b" }],
    ["manifest", { manifest: "" }],
    ["timeout", { timeout: 0 }],
    ["projectId", { projectId: "me" }],
    ["resume", { resume: true }],
  ])("%s of %o", async (option, options) => {
    const { save, asked } = await setSaveAllScene();
    // The cast is the test: what untyped code would pass.
    await expect(save(recordings(1), options as never)).rejects.toMatchObject({
      name: "OptionError",
      option,
    });
    expect(asked()).toEqual([]);
  });

  test.each([
    ["a URL with a secret", "https://user:secret@example.signalwire.com/x"],
    ["a URL object with a secret", new URL("https://user:secret@example.signalwire.com/x")],
    ["null", null],
    ["nothing", undefined],
    ["an object", {}],
    ["a number", 5],
  ])("sources that are %s", async (_, sources) => {
    const { client, folder, asked } = await setSaveAllScene();
    // The cast is the test: what untyped code would pass.
    const error: unknown = await saveAll(client, sources as never, folder).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: "OptionError", option: "sources" });
    expect(String(error)).not.toContain("secret");
    expect(asked()).toEqual([]);
  });

  test("a text is no list of media for the compiler, either", async () => {
    const { client, folder } = await setSaveAllScene();
    // @ts-expect-error its characters are no media
    await expect(saveAll(client, "https://x", folder)).rejects.toThrow("sources");
  });

  test("a folder with a NUL in its name", async () => {
    const { client } = await setSaveAllScene();
    await expect(saveAll(client, recordings(1), "a\0b")).rejects.toMatchObject({
      name: "OptionError",
      option: "folder",
    });
  });
});

test("a run has one listener on the caller's signal", async () => {
  const { save } = await setSaveAllScene();
  const { signal } = new AbortController();
  let [now, most] = [0, 0];
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  Object.assign(signal, {
    addEventListener(...args: Parameters<typeof add>) {
      most = Math.max(most, ++now);
      add(...args);
    },
    removeEventListener(...args: Parameters<typeof remove>) {
      now--;
      remove(...args);
    },
  });
  await save(recordings(30), { signal, concurrency: 8 });
  expect(most).toBe(1);
  expect(now).toBe(0);
});
