import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@media-protection/sdk";
import { type MediaSources, type SaveAllOptions, saveAll } from "@media-protection/sdk/node";
import { expect, onTestFinished } from "vitest";
import { startOrigin } from "../origins/origin.js";
import { noise } from "../values/noise.js";

export const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
export const sizeOf = (id: string) => 1000 + Number.parseInt(id.slice(0, 4), 16);
/** Each recording has bytes of its own, made from its id. */
export const bytesOf = (id: string) => noise(sizeOf(id), Number.parseInt(id.slice(0, 8), 16));
export const recordings = (count: number) =>
  Array.from({ length: count }, () => ({ kind: "recording", recordingId: randomUUID() }) as const);

/** Starts an origin of recordings and makes a folder to save them in; both end with the test. */
export async function setSaveAllScene() {
  const folder = await mkdtemp(join(tmpdir(), "save-all-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  /** What the origin answers for the ids named; other ids are there. */
  const refused = new Map<string, number>();
  /** Header fields of what refuses. */
  const refusal: Record<string, string> = {};
  /** Whose bodies never end. */
  const endless = new Set<string>();
  /** How many answers wait for one another, and those that do. */
  let together = 1;
  const waiting: (() => void)[] = [];
  /** How many are being answered, and the most there were. */
  let [answering, most] = [0, 0];
  const origin = await startOrigin((request, response) => {
    const id = request.url?.split("/").at(-1) ?? "";
    most = Math.max(most, ++answering);
    response.once("finish", () => answering--);
    const status = refused.get(id);
    if (status !== undefined) return void response.writeHead(status, refusal).end();
    const body = bytesOf(id);
    response.writeHead(200, {
      "content-type": "audio/wav",
      "content-length": body.length,
      "accept-ranges": "bytes",
      etag: `"${id}"`,
    });
    if (endless.has(id)) return void response.write(body.subarray(0, 500));
    waiting.push(() => response.end(body));
    if (waiting.length === together) for (const answer of waiting.splice(0)) answer();
  });
  onTestFinished(() => origin[Symbol.asyncDispose]());
  const retry = { retries: 0 };
  const client = createClient({ space: origin.origin, projectId, apiToken: "PT-synthetic", retry });
  return {
    folder,
    origin,
    client,
    refused,
    refusal,
    endless,
    /** Lets answers wait until so many are asked for. */
    answerTogether(count: number): void {
      together = count;
    },
    save: (sources: MediaSources, options?: SaveAllOptions) =>
      saveAll(client, sources, folder, options),
    mostAtOnce: () => most,
    asked: () => origin.requests.map(({ path }) => path.split("/").at(-1)),
    async expectWhole(sources: readonly { readonly recordingId: string }[]): Promise<void> {
      for (const { recordingId: id } of sources) {
        expect(Buffer.compare(await readFile(join(folder, `${id}.wav`)), bytesOf(id)), id).toBe(0);
      }
      const names = (await readdir(folder)).sort();
      expect(names).toEqual(
        [...sources.map(({ recordingId: id }) => `${id}.wav`), "manifest.jsonl"].sort(),
      );
    },
    async manifest(): Promise<Record<string, unknown>[]> {
      const lines = (await readFile(join(folder, "manifest.jsonl"), "utf8")).trimEnd().split("\n");
      return lines.map((line) => JSON.parse(line));
    },
  };
}
