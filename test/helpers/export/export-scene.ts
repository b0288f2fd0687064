import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readManifest, type SavedLine, type Target } from "@media-protection/export";
import { bytesFile } from "@media-protection/mock";
import { startMockServer } from "@media-protection/mock/server";
import { createClient } from "@media-protection/sdk";
import { onTestFinished } from "vitest";

export const firstDay = Date.UTC(2026, 0, 5, 8);
const minute = 60_000;

/** A mock over loopback, a client of it, and a folder that is removed with the test. */
export async function startExportScene() {
  const server = await startMockServer({ port: 0, platform: { seed: "empty" } });
  const folder = await mkdtemp(join(tmpdir(), "export-"));
  onTestFinished(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const { platform, origins } = server;
  const client = createClient({
    space: origins.space,
    mediaOrigins: [origins.files],
    ...platform.credentials,
    retry: { minDelay: 1, maxDelay: 5 },
  });
  return {
    server,
    platform,
    client,
    folder,
    add: (count: number, from = 0) => addMedia(platform, count, from),
  };
}

type Platform = Awaited<ReturnType<typeof startMockServer>>["platform"];

/**
 * Adds media of all kinds, each with bytes of its own, some minutes apart.
 *
 * @returns their bytes' SHA-256 by id
 */
export function addMedia(platform: Platform, count: number, from = 0): Map<string, string> {
  const added = new Map<string, string>();
  for (let index = from; index < from + count; index++) {
    const createdAt = firstDay + index * 20 * minute;
    const bytes = Buffer.alloc(200 + (index % 7) * 100, `medium ${index} `);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const lastModified = new Date(createdAt);
    const file = (contentType: string, extension: string) =>
      bytesFile({ bytes, contentType, extension, lastModified });
    if (index % 5 === 3) {
      const { media } = platform.addMessageMedia({ createdAt, file: file("image/jpeg", "jpg") });
      added.set(media.id, sha256);
    } else if (index % 5 === 4) {
      added.set(
        platform.addFaxMedia({ createdAt, file: file("application/pdf", "pdf") }).media.id,
        sha256,
      );
    } else {
      const { recording } = platform.addRecording({ createdAt, wav: file("audio/wav", "wav") });
      added.set(recording.id, sha256);
    }
  }
  return added;
}

/** Every copy that the manifests name, by the medium's id. */
export async function savedIn(target: Target): Promise<Map<string, SavedLine>> {
  const saved = new Map<string, SavedLine>();
  for await (const { lines } of readManifest(target.documents)) {
    for (const line of lines) {
      if (line.type !== "saved") continue;
      if (saved.has(line.id)) throw new Error(`${line.id} is in the manifests twice.`);
      saved.set(line.id, line);
    }
  }
  return saved;
}

/** What is in the target, read anew: the SHA-256 of each key's bytes. */
export async function hashesIn(target: Target): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for await (const { key } of target.list()) {
    const hash = createHash("sha256");
    for await (const chunk of (await target.read(key)) ?? []) hash.update(chunk);
    hashes.set(key, hash.digest("hex"));
  }
  return hashes;
}
