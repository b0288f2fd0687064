import {
  type Documents,
  exportMedia,
  folderTarget,
  planExport,
  type Target,
} from "@media-protection/export";
import { expect, onTestFinished, test } from "vitest";
import { savedIn, startExportScene } from "../helpers/export/export-scene.js";

const everything = { projects: "own", kinds: "all" } as const;

test.each([
  ["all names are listed", (prefix: string) => prefix === ""],
  ["the names of a day are listed", (prefix: string) => prefix !== ""],
])("a shard that another closes while %s is not planned again", async (_, isAt) => {
  const { client, folder, add } = await startExportScene();
  add(10);
  const open = () => {
    const target = folderTarget(folder);
    onTestFinished(() => target.close());
    return target;
  };
  const planned = new Set<string>();
  for await (const { name } of planExport(client, { ...everything, target: open() })) {
    planned.add(name);
  }
  // Cut anew with these, the shards would be others.
  const later = add(5, 10);
  let isClosed = false;
  /** The first list that is meant comes to no name: each was renamed just before. */
  const list: Documents["list"] = async function* (prefix) {
    const all = open().documents.list(prefix);
    if (isClosed || !isAt(prefix)) return yield* all;
    isClosed = true;
    await exportMedia(client, { ...everything, target: open() });
  };
  const target: Target = open();
  const slow = { ...target, documents: { ...target.documents, list } };
  const anew: string[] = [];
  for await (const { name, media } of planExport(client, { ...everything, target: slow })) {
    if (!planned.has(name)) anew.push(...media.map(({ id }) => id));
  }
  expect(isClosed).toBe(true);
  // What came later may have been exported meanwhile; nothing that was planned is in another shard.
  for (const id of anew) expect(later.has(id)).toBe(true);
  await exportMedia(client, { ...everything, target });
  // Throws for a medium that is in two.
  expect((await savedIn(target)).size).toBe(15);
});

test("what another run plans while this one lists is in no second shard, and is done", async () => {
  const { client, platform, folder, add } = await startExportScene();
  add(60);
  const [target, second] = [folderTarget(folder), folderTarget(folder)];
  onTestFinished(async () => {
    await target.close();
    await second.close();
  });
  let other: unknown;
  const write: Documents["write"] = async (name, text) => {
    await target.documents.write(name, text);
    if (other !== undefined || !name.endsWith(".plan.jsonl")) return;
    // It comes by fewer media, and so cuts the rest otherwise.
    other = await exportMedia(client, { ...everything, target: second, shardSize: 7 });
  };
  const slow = { ...target, documents: { ...target.documents, write } };
  const report = await exportMedia(client, { ...everything, target: slow, shardSize: 10 });
  expect(report).toMatchObject({ isComplete: true });
  expect(other).toMatchObject({ isComplete: true });
  const { listed, known, saved, kept } = report;
  expect(known + saved + kept).toBe(listed);
  // Throws for a medium that is in two.
  const lines = await savedIn(target);
  expect(lines.size).toBe(60);
  const bytes = platform.journal.entries().filter(({ path }) => /\.(?:wav|jpg|pdf)$/.test(path));
  expect(bytes.length).toBeLessThanOrEqual(60);
});
