import { createHash } from "node:crypto";
import { renameSync, symlinkSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  deleteExported,
  exportMedia,
  folderTarget,
  planDeletion,
  type SavedLine,
  verifyExport,
  writeDeletionPlan,
} from "@media-protection/export";
import { describe, expect, onTestFinished, test } from "vitest";
import { savedIn, startExportScene } from "../helpers/export/export-scene.js";

// Somebody may write to the target, and to a deletion's plan, who makes no promise: every document here is
// whole and has a right hash.

const everything = { projects: "own", kinds: ["recording"] } as const;
const deletes = { method: "DELETE" } as const;

async function exported() {
  const scene = await startExportScene();
  scene.add(3);
  const target = folderTarget(join(scene.folder, "archive"));
  onTestFinished(() => target.close());
  await exportMedia(scene.client, { ...everything, target });
  const [first, second, third] = [...(await savedIn(target)).values()];
  if (!first || !second || !third) throw new Error("Three are there.");
  const { projectId } = scene.platform.credentials;
  const plan = join(scene.folder, "plan.jsonl");
  /** Carries a plan of these lines out; what is deleted. */
  const carryOut = async (lines: readonly SavedLine[], shard?: string) => {
    const [verifiedAt, madeAt] = [new Date().toISOString(), new Date().toISOString()];
    const shardOf = ({ kind, projectId, createdAt }: SavedLine) =>
      shard ?? `${kind}/${projectId}/${createdAt.slice(0, 10)}/0123456789abcdef01234567`;
    const media = lines.map((line) => ({ line, verifiedAt, shard: shardOf(line) }));
    const left = { unproven: 0, young: 0, deletedBefore: 0, isCut: false };
    await writeFile(plan, writeDeletionPlan({ target: target.name, madeAt, media, ...left }));
    return deleteExported(scene.client, { target, plan, yes: true });
  };
  const pathOf = ({ key }: SavedLine) => join(scene.folder, "archive", key);
  return { ...scene, target, projectId, first, second, third, carryOut, pathOf };
}

/** A document as the format is documented. */
function sealed(lines: readonly object[]): string {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const sha256 = createHash("sha256").update(text).digest("hex");
  return `${text}${JSON.stringify({ type: "end", lines: lines.length, sha256 })}\n`;
}

describe("a deletion's plan deletes no medium but by its own copy", () => {
  test.each([
    ["another's reference", (a: SavedLine, b: SavedLine) => ({ ...a, id: b.id })],
    ["another kind", (a: SavedLine) => ({ ...a, kind: "faxMedia" as const, faxId: a.id })],
    ["another project's reference", (a: SavedLine) => ({ ...a, projectId: crypto.randomUUID() })],
    ["no copy", (a: SavedLine) => ({ ...a, key: "" })],
  ])("with %s", async (_, change) => {
    const { first, second, carryOut, platform } = await exported();
    await expect(carryOut([change(first, second)])).rejects.toMatchObject({
      name: "ManifestError",
      reason: "format",
    });
    expect(platform.journal.find(deletes)).toEqual([]);
  });

  test("with one copy for two media of the same bytes", async () => {
    const { first, second, carryOut, target, projectId, platform } = await exported();
    const twice = { ...second, key: first.key.toUpperCase() };
    await expect(carryOut([first, twice])).rejects.toMatchObject({ reason: "plan" });
    expect(platform.journal.find(deletes)).toEqual([]);
    // A manifest that says so gives a plan of one.
    const name = (await manifests(target.name))[0] ?? "";
    const { kind, day } = { kind: "recording", day: first.createdAt.slice(0, 10) };
    const head = { type: "manifest", version: 1, name: name.slice(0, -6), kind, projectId, day };
    const same = { ...second, key: first.key, size: first.size, sha256: first.sha256 };
    await writeFile(join(target.name, "_export", name), sealed([head, first, same]));
    const plan = await planDeletion({ target, projects: [projectId], minAge: 0 });
    expect(plan).toMatchObject({ unproven: 1, media: [{ line: { id: first.id } }] });
  });

  test("with a file of the files host that the platform does not name for it", async () => {
    const { first, second, carryOut, client, platform, target } = await exported();
    const hosted = await client.recordings.list({ source: "relay" }).toArray({ limit: 9 });
    const ref = hosted.find(({ id }) => id === first.id)?.ref ?? first.ref;
    const key = second.key;
    await cp(join(target.name, first.key), join(target.name, key));
    const report = await carryOut([{ ...first, ref, key, id: second.id }]);
    expect(report).toMatchObject({ deleted: 0, changed: 1 });
    expect(platform.journal.find(deletes)).toEqual([]);
  });

  test.each([
    "../../../outside",
    "recording/../2026-01-05/outside",
    "summary.json",
    "recording/another/2026-01-05/0123456789abcdef01234567",
    "recording/PROJECT/2026-01-06/0123456789abcdef01234567",
    "recording/PROJECT/2026-01-05/../../outside",
    "",
  ])("with the shard %j, where nothing would be noted", async (shard) => {
    const { first, carryOut, projectId, platform, target } = await exported();
    const before = await manifests(target.name);
    const run = carryOut([first], shard.replace("PROJECT", projectId));
    await expect(run).rejects.toMatchObject({ name: "DeletionError", reason: "plan" });
    expect(platform.journal.find(deletes)).toEqual([]);
    expect(await manifests(target.name)).toEqual(before);
  });

  test("with a link in the place of a folder above the copy", async () => {
    const { first, carryOut, pathOf, folder, target, projectId, platform } = await exported();
    const above = dirname(pathOf(first));
    await rename(above, join(folder, "elsewhere"));
    await symlink(join(folder, "elsewhere"), above);
    expect(await target.look(first.key)).toBeUndefined();
    expect(await target.read(first.key)).toBeUndefined();
    expect(await verifyExport(target)).toMatchObject({ faults: 3, verified: 0 });
    const plan = await planDeletion({ target, projects: [projectId], minAge: 0 });
    expect(plan).toMatchObject({ media: [], unproven: 3 });
    expect(await carryOut([first])).toMatchObject({ deleted: 0, copyWrong: 1 });
    expect(platform.journal.find(deletes)).toEqual([]);
  });

  test("with a link that came in a folder's place after the plan had begun", async () => {
    const { first, second, carryOut, pathOf, folder, platform } = await exported();
    const above = dirname(pathOf(first));
    const stop = platform.journal.subscribe(({ method }) => {
      if (method !== "DELETE") return;
      renameSync(above, join(folder, "elsewhere"));
      symlinkSync(join(folder, "elsewhere"), above);
    });
    expect(await carryOut([first, second])).toMatchObject({ deleted: 1, copyWrong: 1 });
    stop();
    expect(platform.journal.find(deletes)).toHaveLength(1);
  });

  test("with a link in the copy's place", async () => {
    const { first, second, third, carryOut, pathOf, folder, target } = await exported();
    for (const [line, to] of [
      [first, join(folder, "elsewhere")],
      [second, pathOf(third)],
    ] as const) {
      await writeFile(to, await readFile(pathOf(line)));
      await rm(pathOf(line));
      await symlink(to, pathOf(line));
    }
    expect(await verifyExport(target)).toMatchObject({ faults: 3, verified: 0 });
    expect(await carryOut([first, second])).toMatchObject({ deleted: 0, copyWrong: 2 });
  });
});

async function manifests(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, "_export"), { recursive: true });
  return names.filter((name) => /[0-9a-f]\.jsonl$/.test(name));
}

describe("a plan or a manifest", () => {
  const places = ["../../../outside", "recording/../../../outside", "recording/x/2026-01-05/other"];

  test.each(places)("whose head names %s writes nothing there", async (name) => {
    const { client, target, first, folder, projectId } = await exported();
    const { type: _, key: __, size: ___, sha256: ____, savedAt: _____, ...medium } = first;
    const head = {
      type: "plan",
      version: 1,
      name,
      kind: "recording",
      projectId,
      day: "2026-01-05",
    };
    const at = join(target.name, "_export/recording", projectId, "2026-01-05/0123.plan.jsonl");
    await mkdir(dirname(at), { recursive: true });
    await writeFile(at, sealed([head, { ...medium, type: "planned" }]));
    const run = exportMedia(client, { ...everything, target });
    await expect(run).rejects.toMatchObject({ name: "ManifestError", reason: "format" });
    expect(await readdir(folder)).toEqual(["archive"]);
  });

  test("whose key leads out of the target is read nowhere", async () => {
    const { carryOut, first } = await exported();
    for (const key of ["../../etc/passwd", `./${first.key}`, first.key.replace("/", "//"), "/x"]) {
      await expect(carryOut([{ ...first, key }])).rejects.toMatchObject({ name: "ManifestError" });
    }
  });

  test("with another kind's or project's line is not done", async () => {
    const { client, target, first, projectId } = await exported();
    const day = "2026-01-05";
    for (const odd of [{ projectId: crypto.randomUUID() }, { kind: "faxMedia", faxId: first.id }]) {
      const name = `recording/${projectId}/${day}/0123`;
      const head = { type: "plan", version: 1, name, kind: "recording", projectId, day };
      const ref = { ...first.ref, projectId: undefined };
      const at = join(target.name, "_export", `${name}.plan.jsonl`);
      await writeFile(at, sealed([head, { ...first, ref, ...odd, type: "planned" }]));
      await expect(exportMedia(client, { ...everything, target })).rejects.toMatchObject({
        name: "ManifestError",
      });
    }
  });
});

describe("nothing is written through a link below the target", () => {
  test.each([
    ["a folder of media", "recording"],
    ["a folder of manifests", "_export"],
  ])("that is %s", async (_, name) => {
    const { client, add, folder } = await startExportScene();
    add(3);
    const elsewhere = join(folder, "elsewhere");
    await mkdir(elsewhere);
    await mkdir(join(folder, "archive"));
    await symlink(elsewhere, join(folder, "archive", name));
    const target = folderTarget(join(folder, "archive"));
    onTestFinished(() => target.close());
    const exporting = exportMedia(client, { ...everything, target });
    await expect(exporting).rejects.toMatchObject({
      name: "TargetError",
      message: expect.stringContaining(join("archive", name)),
    });
    expect(await readdir(elsewhere)).toEqual([]);
  });

  test("but the target may be one itself", async () => {
    const { client, add, folder } = await startExportScene();
    add(3);
    await mkdir(join(folder, "disk"));
    await symlink(join(folder, "disk"), join(folder, "archive"));
    const target = folderTarget(join(folder, "archive"));
    onTestFinished(() => target.close());
    expect(await exportMedia(client, { ...everything, target })).toMatchObject({
      isComplete: true,
    });
    expect(await verifyExport(target)).toMatchObject({ isComplete: true });
  });
});
