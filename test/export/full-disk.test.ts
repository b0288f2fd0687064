import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportMedia, folderTarget } from "@media-protection/export";
import { afterAll, expect, test } from "vitest";
import { hashesIn, savedIn, startExportScene } from "../helpers/export/export-scene.js";

// A real file system of 256 KiB, which only root may make.
const disk = mkdtempSync(join(tmpdir(), "small-disk-"));
const isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "none", disk]).status === 0;

afterAll(() => {
  if (isMounted) spawnSync("umount", ["-l", disk]);
  rmSync(disk, { recursive: true, force: true });
});

test.skipIf(!isMounted)(
  `a disk that is full ends the run; with room, it goes on${isMounted ? "" : ": skipped, no file system may be mounted here"}`,
  async () => {
    const { client, add } = await startExportScene();
    const media = add(80);
    const target = folderTarget(join(disk, "archive"));
    const run = () => exportMedia(client, { target, projects: "own", kinds: "all", shardSize: 20 });
    await expect(run()).rejects.toMatchObject({ name: "DiskError", code: "ENOSPC" });
    await expect(run()).rejects.toMatchObject({ name: "DiskError", code: "ENOSPC" });
    spawnSync("mount", ["-o", "remount,size=16m", disk]);
    expect(await run()).toMatchObject({ isComplete: true });
    const [saved, hashes] = [await savedIn(target), await hashesIn(target)];
    expect(new Map([...saved].map(([id, { sha256 }]) => [id, sha256]))).toEqual(media);
    expect(new Map([...saved].map(([, { key, sha256 }]) => [key, sha256]))).toEqual(hashes);
    await target.close();
  },
);
