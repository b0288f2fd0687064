import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@media-protection/sdk";
import { type SaveProgress, saveMedia } from "@media-protection/sdk/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startOrigin, type TestOrigin } from "../../helpers/origins/origin.js";

const projectId = "5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a";
const recordingId = "0b7e0c1a-93a4-4a54-8a6e-6a1f3c2d4e5f";
const recording = { kind: "recording", recordingId } as const;
const audio = new Uint8Array(300_000).map((_, index) => index * 31);
const sha256 = createHash("sha256").update(audio).digest("hex");

let folder: string;
let space: TestOrigin | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "save-media-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
  await space?.[Symbol.asyncDispose]();
  space = undefined;
});

async function clientOf(listener: RequestListener) {
  space = await startOrigin(listener);
  return createClient({
    space: space.origin,
    projectId,
    apiToken: "PT-synthetic",
    retry: { retries: 0 },
  });
}

const sendAudio: RequestListener = (_, response) => {
  response.writeHead(200, { "content-type": "audio/wav", "content-length": audio.length });
  response.end(audio);
};

describe("saveMedia", () => {
  test("saves into an existing folder, under the medium's id and type", async () => {
    const saved = await saveMedia(await clientOf(sendAudio), recording, folder);
    const path = join(folder, `${recordingId}.wav`);
    expect(saved).toEqual({
      path,
      size: audio.length,
      sha256,
      contentType: "audio/wav",
      kept: false,
    });
    expect(Buffer.compare(await readFile(path), audio)).toBe(0);
  });

  test("makes the folders of a target that ends in a separator", async () => {
    const saved = await saveMedia(await clientOf(sendAudio), recording, `${folder}/a/b/`);
    expect(saved.path).toBe(join(folder, "a", "b", `${recordingId}.wav`));
  });

  test("saves under the name given", async () => {
    const saved = await saveMedia(await clientOf(sendAudio), recording, join(folder, "call.wav"));
    expect(await readdir(folder)).toEqual(["call.wav"]);
    expect(saved.path).toBe(join(folder, "call.wav"));
  });

  test("tells its progress, in bytes", async () => {
    const seen: SaveProgress[] = [];
    await saveMedia(await clientOf(sendAudio), recording, folder, {
      onProgress: (at) => seen.push(at),
    });
    expect(seen.at(-1)).toEqual({
      loaded: audio.length,
      total: audio.length,
      rate: expect.toSatisfy((rate: number) => rate > 0 && rate < Number.POSITIVE_INFINITY),
    });
    expect(seen.map(({ loaded }) => loaded)).toEqual(
      seen.map(({ loaded }) => loaded).sort((a, b) => a - b),
    );
  });

  test("does not touch a file that exists, and asks for nothing", async () => {
    await writeFile(join(folder, "call.wav"), "mine");
    const save = saveMedia(await clientOf(sendAudio), recording, join(folder, "call.wav"));
    await expect(save).rejects.toMatchObject({
      name: "FileExistsError",
      path: join(folder, "call.wav"),
    });
    expect(await readFile(join(folder, "call.wav"), "utf8")).toBe("mine");
    expect(space?.requests).toEqual([]);
  });

  test("does not touch a file that appears while it downloads", async () => {
    const client = await clientOf((request, response) => {
      void writeFile(join(folder, "call.wav"), "mine").then(() => sendAudio(request, response));
    });
    await expect(saveMedia(client, recording, join(folder, "call.wav"))).rejects.toMatchObject({
      name: "FileExistsError",
    });
    expect(await readdir(folder)).toEqual(["call.wav"]);
    expect(await readFile(join(folder, "call.wav"), "utf8")).toBe("mine");
  });

  test("does not touch a file that appears with the last byte", async () => {
    const save = saveMedia(await clientOf(sendAudio), recording, join(folder, "call.wav"), {
      onProgress: ({ loaded, total }) => {
        if (loaded === total) writeFileSync(join(folder, "call.wav"), "mine");
      },
    });
    await expect(save).rejects.toMatchObject({ name: "FileExistsError" });
    expect(await readdir(folder)).toEqual(["call.wav"]);
    expect(await readFile(join(folder, "call.wav"), "utf8")).toBe("mine");
  });

  test("replaces a file that exists when told to", async () => {
    await writeFile(join(folder, "call.wav"), "old");
    await saveMedia(await clientOf(sendAudio), recording, join(folder, "call.wav"), {
      ifExists: "overwrite",
    });
    expect(await readdir(folder)).toEqual(["call.wav"]);
    expect((await readFile(join(folder, "call.wav"))).length).toBe(audio.length);
  });

  test.each<[string, RequestListener]>([
    [
      "the body is cut",
      (_, response) => {
        response.writeHead(200, { "content-type": "audio/wav", "content-length": audio.length });
        response.write(audio.subarray(0, 1000), () => response.destroy());
      },
    ],
    [
      "an error page comes for the medium",
      (_, response) => {
        response.writeHead(200, { "content-type": "text/html" }).end("<p>error</p>");
      },
    ],
    [
      "the platform refuses",
      (_, response) => {
        response.writeHead(401, { "content-type": "application/json" }).end("{}");
      },
    ],
  ])("leaves nothing behind when %s", async (_, listener) => {
    const save = saveMedia(await clientOf(listener), recording, join(folder, "call.wav"));
    await expect(save).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });

  test("leaves an existing file alone when an overwriting save fails", async () => {
    await writeFile(join(folder, "call.wav"), "old");
    const client = await clientOf((_, response) => {
      response.writeHead(200, { "content-type": "audio/wav", "content-length": 10 });
      response.write("12345", () => response.destroy());
    });
    const save = saveMedia(client, recording, join(folder, "call.wav"), { ifExists: "overwrite" });
    await expect(save).rejects.toMatchObject({ name: "IntegrityError" });
    expect(await readFile(join(folder, "call.wav"), "utf8")).toBe("old");
  });

  test("stops at an aborted signal and leaves nothing behind", async () => {
    const controller = new AbortController();
    const client = await clientOf((_, response) => {
      response.writeHead(200, { "content-type": "audio/wav" }).write(audio);
    });
    const save = saveMedia(client, recording, folder, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await expect(save).rejects.toThrow("enough");
    expect(await readdir(folder)).toEqual([]);
  });

  test("stops at an abort that comes with the last byte", async () => {
    const controller = new AbortController();
    const save = saveMedia(await clientOf(sendAudio), recording, folder, {
      signal: controller.signal,
      onProgress: ({ loaded, total }) => {
        if (loaded === total) controller.abort(new Error("too late"));
      },
    });
    await expect(save).rejects.toThrow("too late");
    expect(await readdir(folder)).toEqual([]);
  });

  test("ends with what onProgress rejects", async () => {
    const onProgress = () => Promise.reject(new Error("no more"));
    const save = saveMedia(await clientOf(sendAudio), recording, folder, { onProgress });
    await expect(save).rejects.toThrow("no more");
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ["target", "", {}],
    ["onProgress", "x.wav", { onProgress: 1 }],
    ["signal", "x.wav", { signal: {} }],
    ["timeout", "x.wav", { timeout: -1 }],
    ["ifExists", "x.wav", { ifExists: "append" }],
    ["segments", "x.wav", { segments: 0 }],
    ["segments", "x.wav", { segments: 17 }],
  ])("names a malformed %s", async (option, target, options) => {
    // The cast is the test: what untyped code would pass.
    const save = saveMedia(await clientOf(sendAudio), recording, target, options as never);
    await expect(save).rejects.toMatchObject({ name: "OptionError", option });
  });
});
