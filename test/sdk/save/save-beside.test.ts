import { lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@media-protection/sdk";
import { type SaveOptions, saveAll, saveMedia } from "@media-protection/sdk/node";
import { expect, onTestFinished, test } from "vitest";
import { partPlace } from "../../../packages/sdk/dist/save/part-place.js";
import { startOrigin } from "../../helpers/origins/origin.js";
import { projectId } from "../../helpers/saving/save-all-scene.js";
import { noise } from "../../helpers/values/noise.js";

// What is beside a target, planted or by another save at the same time.

const recording = {
  kind: "recording",
  recordingId: "0d6f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a",
} as const;
const size = 600_000;
const audio = noise(size, 3);

/** A folder, and an origin whose answers may be cut or end in a status. */
async function setScene() {
  const folder = await mkdtemp(join(tmpdir(), "save-beside-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const answer = { status: 200, cut: false };
  const origin = await startOrigin((request, response) => {
    if (answer.status !== 200) return void response.writeHead(answer.status).end();
    const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const range = request.headers.range && {
      "content-range": `bytes ${start}-${size - 1}/${size}`,
    };
    response.writeHead(range ? 206 : 200, {
      ...{ "content-type": "audio/wav", "content-length": size - start },
      ...{ "accept-ranges": "bytes", etag: '"v1"', ...range },
    });
    if (!answer.cut) return void response.end(audio.subarray(start));
    answer.status = 404;
    response.write(audio.subarray(start, start + 300_000), () => response.destroy());
  });
  onTestFinished(() => origin[Symbol.asyncDispose]());
  const retry = { retries: 0 };
  const client = createClient({ space: origin.origin, projectId, apiToken: "PT-synthetic", retry });
  const save = (name: string, options: SaveOptions = {}) =>
    saveMedia(client, recording, join(folder, name), options);
  const { url } = await client.media.resolve(recording);
  const partOf = (name: string) => partPlace(join(folder, name), url.href).part;
  return { folder, answer, client, save, partOf };
}

test.each(["a".repeat(251), "é".repeat(125), "語".repeat(83), "🎧".repeat(62)])(
  "a legal name of 255 bytes is saved whatever the option (%#)",
  async (name) => {
    const { folder, save } = await setScene();
    for (const ifExists of ["error", "overwrite", "skip-if-same", "rename"] as const) {
      for (const resume of [true, false]) {
        const { path } = await save(`${name}.wav`, {
          ifExists: ifExists === "error" ? "overwrite" : ifExists,
          resume,
        });
        expect(Buffer.compare(await readFile(path), audio)).toBe(0);
      }
    }
    expect((await readdir(folder)).filter((one) => one.startsWith("."))).toEqual([]);
  },
);

test.each([true, false])("a link planted at a part's name is not followed", async (exists) => {
  const { folder, save, partOf } = await setScene();
  const victim = join(folder, "victim");
  if (exists) await writeFile(victim, "precious");
  await symlink(victim, partOf("call.wav"));
  await save("call.wav", { resume: true });
  expect(Buffer.compare(await readFile(join(folder, "call.wav")), audio)).toBe(0);
  if (exists) expect(await readFile(victim, "utf8")).toBe("precious");
  expect((await readdir(folder)).sort()).toEqual(exists ? ["call.wav", "victim"] : ["call.wav"]);
});

test.skipIf(process.platform === "win32")("overwrite keeps the mode of the file", async () => {
  const { folder, save } = await setScene();
  const path = join(folder, "call.wav");
  await writeFile(path, "old", { mode: 0o640 });
  await save("call.wav", { ifExists: "overwrite" });
  expect((await stat(path)).mode & 0o777).toBe(0o640);
});

test("overwrite replaces a link, and leaves alone what it points to", async () => {
  const { folder, save } = await setScene();
  await writeFile(join(folder, "other"), "precious");
  await symlink(join(folder, "other"), join(folder, "call.wav"));
  await save("call.wav", { ifExists: "overwrite" });
  expect((await lstat(join(folder, "call.wav"))).isFile()).toBe(true);
  expect(await readFile(join(folder, "other"), "utf8")).toBe("precious");
});

test.each([404, 410])(
  "a partial whose medium is gone (%i) is removed, and its note",
  async (status) => {
    const { folder, answer, save } = await setScene();
    answer.cut = true;
    const options = { resume: true };
    await save("call.wav", options).catch(() => {});
    answer.status = status;
    await expect(save("call.wav", options)).rejects.toMatchObject({ status });
    expect(await readdir(folder)).toEqual([]);
  },
);

test.each(["error", "overwrite", "skip-if-same", "rename"] as const)(
  "saves of one medium at once end well, or say that it exists (%s)",
  async (ifExists) => {
    const { folder, save } = await setScene();
    for (let round = 0; round < 8; round++) {
      const saving = [true, true, false, true].map((resume) =>
        save(`${round}.wav`, { resume, ifExists }),
      );
      for (const result of await Promise.allSettled(saving)) {
        if (result.status === "rejected") {
          expect(result.reason).toMatchObject({ name: "FileExistsError" });
        }
      }
      expect(Buffer.compare(await readFile(join(folder, `${round}.wav`)), audio)).toBe(0);
    }
    // One that was refused may leave its bytes to a later save: then both, or neither.
    const hidden = (await readdir(folder)).filter((one) => one.startsWith("."));
    const ofNotes = hidden.filter((one) => one.endsWith(".json")).map((one) => one.split(".")[1]);
    const ofParts = hidden.filter((one) => one.endsWith(".part")).map((one) => one.split(".")[1]);
    expect(ofParts.sort()).toEqual(ofNotes.sort());
  },
);

test("two saveAll over one folder end well", async () => {
  const { folder, client } = await setScene();
  const saving = [1, 2, 3].map(() => saveAll(client, [recording], folder));
  const reports = await Promise.all(saving);
  expect(reports.map(({ saved, kept }) => saved + kept)).toEqual([1, 1, 1]);
  expect((await readdir(folder)).filter((one) => one.startsWith("."))).toEqual([]);
});
