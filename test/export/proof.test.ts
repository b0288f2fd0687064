import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type CopyFault,
  type Difference,
  exportMedia,
  folderTarget,
  reconcile,
  verifyExport,
} from "@media-protection/export";
import { expect, onTestFinished, test } from "vitest";
import { firstDay, savedIn, startExportScene } from "../helpers/export/export-scene.js";

const everything = { projects: "own", kinds: "all" } as const;

async function exported(count: number) {
  const scene = await startExportScene();
  scene.add(count);
  const target = folderTarget(scene.folder);
  onTestFinished(() => target.close());
  await exportMedia(scene.client, { ...everything, target });
  const lines = [...(await savedIn(target)).values()];
  return {
    ...scene,
    target,
    lines,
    pathOf: (index: number) => join(scene.folder, lines[index]?.key ?? ""),
  };
}

test("verify re-reads every byte, and asks the platform nothing", async () => {
  const { target, platform } = await exported(20);
  platform.journal.clear();
  const report = await verifyExport(target);
  expect(report).toMatchObject({ verified: 20, faults: 0, isComplete: true });
  expect(platform.journal.entries()).toEqual([]);
});

test("verify names each copy that is absent, of another size, or of other bytes of the same size", async () => {
  const { target, lines, pathOf } = await exported(20);
  await rm(pathOf(0));
  await writeFile(pathOf(1), "short");
  await writeFile(pathOf(2), Buffer.alloc(lines[2]?.size ?? 0, "x"));
  const faults = new Map<string, CopyFault["fault"]>();
  const onFault = ({ line, fault }: CopyFault) => void faults.set(line.id, fault);
  expect(await verifyExport(target, { onFault })).toMatchObject({
    ...{ verified: 17, faults: 3, isComplete: false },
  });
  const kinds = ["absent", "size", "bytes"];
  expect(faults).toEqual(new Map(kinds.map((fault, index) => [lines[index]?.id, fault])));
});

test("reconcile tells what the platform lists and the target lacks, and the reverse", async () => {
  const { client, target, lines, folder, add } = await exported(20);
  const [lacking = ""] = add(1, 500).keys();
  const deleted = lines.find(({ kind }) => kind === "recording");
  await client.recordings.delete(deleted?.id ?? "");
  await writeFile(join(folder, "stray.wav"), "not ours");
  const found: Difference[] = [];
  const onDifference = (one: Difference) => void found.push(one);
  expect(await reconcile(client, { ...everything, target, onDifference })).toEqual({
    ...{ listed: 20, saved: 20, lacking: 1, size: 0, unlisted: 1, stray: 1, isComplete: false },
  });
  expect(found.find(({ what }) => what === "lacking")?.id).toBe(lacking);
  expect(found.find(({ what }) => what === "unlisted")?.id).toBe(deleted?.id);
  expect(found.find(({ what }) => what === "stray")?.key).toBe("stray.wav");
});

test("a window goes by an attachment's message, however late the attachment came", async () => {
  const { client, platform, folder } = await startExportScene();
  const day = 86_400_000;
  const early = platform.addMessageMedia({ createdAt: firstDay }).message;
  platform.addMessageMedia({ createdAt: firstDay + 9 * day, messageId: early.id });
  const outside = platform.addMessageMedia({ createdAt: firstDay + 9 * day });
  const target = folderTarget(folder);
  onTestFinished(() => target.close());
  const window = { since: new Date(firstDay - day), until: new Date(firstDay + day) };
  await exportMedia(client, { ...everything, ...window, target });
  expect((await verifyExport(target)).verified).toBe(2);
  await exportMedia(client, { ...everything, target });
  const compare = () => reconcile(client, { ...everything, ...window, target });
  expect(await compare()).toMatchObject({ listed: 2, lacking: 0, unlisted: 0, stray: 0 });
  for await (const { id } of client.messageMedia.list(early.id)) {
    await client.messageMedia.delete(early.id, id);
  }
  await client.messageMedia.delete(outside.message.id, outside.media.id);
  // Of the three that are not listed any more, two were within.
  expect(await compare()).toMatchObject({ listed: 0, unlisted: 2, stray: 0 });
});
