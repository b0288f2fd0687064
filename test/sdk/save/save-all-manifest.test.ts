import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
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
