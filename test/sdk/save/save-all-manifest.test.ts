import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { appendFile, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import {
  bytesOf,
  projectId,
  recordings,
  setSaveAllScene,
} from "../../helpers/saving/save-all-scene.js";

// What is in place already is known by the manifest, whatever became of either.

describe("saveAll", () => {
  test("run again, asks for nothing that is there", async () => {
    const { save, asked, expectWhole } = await setSaveAllScene();
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
    const { folder, save, expectWhole } = await setSaveAllScene();
    const sources = recordings(3);
    await save(sources);
    await spoil(join(folder, `${sources[1]?.recordingId}.wav`));
    expect(await save(sources)).toMatchObject({ saved: 1, kept: 2 });
    await expectWhole(sources);
  });

  test("keeps what is there of a manifest whose last line was cut short", async () => {
    const { folder, save, expectWhole } = await setSaveAllScene();
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

  test("verifies by size alone where that is said", async () => {
    const { folder, save } = await setSaveAllScene();
    const sources = recordings(2);
    await save(sources);
    const path = join(folder, `${sources[0]?.recordingId}.wav`);
    const { length } = await readFile(path);
    await writeFile(path, Buffer.alloc(length, 7));
    expect(await save(sources, { verify: "size" })).toMatchObject({ saved: 0, kept: 2 });
    await appendFile(path, "x");
    expect(await save(sources, { verify: "size" })).toMatchObject({ saved: 1, kept: 1 });
    await writeFile(path, Buffer.alloc(length, 7));
    expect(await save(sources, { verify: "hash" })).toMatchObject({ saved: 1, kept: 1 });
  });

  test("drops a last line that was cut at any byte, and says so", async () => {
    const { folder, save, manifest } = await setSaveAllScene();
    const sources = recordings(2);
    await save(sources, { concurrency: 1 });
    const path = join(folder, "manifest.jsonl");
    const text = await readFile(path, "utf8");
    const [first = "", second = ""] = text.split("\n");
    for (
      let kept = 0;
      kept <= second.length;
      kept += kept < 12 || kept > second.length - 3 ? 1 : 41
    ) {
      await writeFile(path, `${first}\n${second.slice(0, kept)}`);
      const torn = kept > 0 && kept < second.length ? { tornLines: 1 } : {};
      const report = await save(sources, { concurrency: 1 });
      expect(report, `${kept} bytes`).toEqual({
        saved: 0,
        kept: 2,
        bytes: 0,
        failed: [],
        left: [],
        ...torn,
      });
      // What was torn stands between lines now, and is passed over again.
      await expect(save(sources)).resolves.toMatchObject({ kept: 2, ...torn });
      expect((await readFile(path, "utf8")).split("\n")[0]).toBe(first);
    }
    await writeFile(path, text);
    expect(await manifest()).toHaveLength(2);
  });

  test.each<[what: string, line: number, text: (own: string) => string]>([
    ["of another program", 1, () => '{"name":"x"}\n'],
    ["of another program, behind ours", 2, (own) => `${own}{"name":"x"}\n${own}`],
    ["that is no JSON", 2, (own) => `${own}name;size\n`],
    ["that is a list", 1, () => "[]\n"],
    ["with a line of ours that lacks its size", 1, (own) => own.replace(/"size":\d+,/, "")],
    ["that is text without an end", 1, () => "x".repeat(70_000)],
  ])("refuses a manifest %s, by its line, before any request", async (_, line, text) => {
    const { folder, save, asked } = await setSaveAllScene();
    const sources = recordings(1);
    await save(sources);
    const path = join(folder, "manifest.jsonl");
    const written = text(await readFile(path, "utf8"));
    await writeFile(path, written);
    const before = asked().length;
    await expect(save(recordings(1))).rejects.toMatchObject({
      name: "OptionError",
      option: "manifest",
      message: expect.stringContaining(`line ${line} of ${path}`),
    });
    expect(asked()).toHaveLength(before);
    expect(await readFile(path, "utf8")).toBe(written);
  });

  test("does not read a huge file that is no manifest into memory", async () => {
    const { folder, save } = await setSaveAllScene();
    const path = join(folder, "manifest.jsonl");
    await writeFile(path, "");
    // 600 MB without a single line, of which the disk holds nothing.
    await truncate(path, 600_000_000);
    const before = process.memoryUsage().arrayBuffers;
    await expect(save(recordings(1))).rejects.toMatchObject({ option: "manifest" });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });

  test.each([
    ["a path with a NUL", { path: "a\0b.wav" }],
    ["a size that is none", { size: -1.5 }],
    ["a size that is no number of bytes", { size: 1e300 }],
    ["a hash that is none", { sha256: "0".repeat(63) }],
    ["no path", { path: undefined }],
  ])("refuses a line with %s, and names it", async (_, wrong) => {
    const { folder, save, asked } = await setSaveAllScene();
    const sources = recordings(1);
    await save(sources);
    const path = join(folder, "manifest.jsonl");
    const entry = JSON.parse(await readFile(path, "utf8"));
    await appendFile(path, `${JSON.stringify({ ...entry, ...wrong })}\n`);
    const before = asked().length;
    const message = expect.stringContaining("line 2 of ");
    await expect(save(sources)).rejects.toMatchObject({ option: "manifest", message });
    expect(asked()).toHaveLength(before);
  });

  test("never takes the manifest itself for a medium's file", async () => {
    const { folder, save, expectWhole } = await setSaveAllScene();
    const sources = recordings(1);
    await save(sources);
    const path = join(folder, "manifest.jsonl");
    const entry = JSON.parse(await readFile(path, "utf8"));
    await rm(join(folder, entry.path));
    await writeFile(path, `${JSON.stringify({ ...entry, path: "./manifest.jsonl" })}\n`);
    expect(await save(sources)).toMatchObject({ saved: 1, kept: 0 });
    expect((await readFile(path, "utf8")).trim().split("\n")).toHaveLength(2);
    await expectWhole(sources);
  });

  test("writes nothing outside the folder, whatever the manifest says", async () => {
    const { folder, save, manifest } = await setSaveAllScene();
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
    const { folder, origin, save, asked, manifest } = await setSaveAllScene();
    const sources = recordings(40);
    const helper = resolve(
      import.meta.dirname,
      "../../dist/helpers/saving/save-all-until-killed.js",
    );
    const child = fork(helper, [origin.origin, projectId, folder, JSON.stringify(sources)]);
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
});
