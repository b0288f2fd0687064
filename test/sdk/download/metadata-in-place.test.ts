import { createPlatform } from "@media-protection/mock";
import { createFetch } from "@media-protection/mock/node";
import { createClient } from "@media-protection/sdk";
import { expect, test } from "vitest";

// Where credentials turn a bare recording into its metadata, the bytes are asked for by extension.

function scene() {
  const platform = createPlatform({ switches: { jsonByCredentials: true } });
  const client = createClient({
    space: "example",
    ...platform.credentials,
    fetch: createFetch(platform),
  });
  return { platform, client };
}

test.each([{}, { range: { start: 10, end: 19 } }])("a bare recording, with %o", async (options) => {
  const { platform, client } = scene();
  const { recording, urls } = platform.addRecording({ seconds: 1 });
  await client.protection.enable("all");
  const media = await client.media.download(urls.space, options);
  const whole = recording.files.wav.bytes();
  const expected = "range" in options ? whole.slice(10, 20) : whole;
  expect(Buffer.compare(await media.bytes(), expected)).toBe(0);
  expect(media.fileName).toBe(`${recording.id}.wav`);
  const paths = platform.journal.find({ path: "*/Recordings/*" }).map(({ path }) => path.slice(-8));
  expect(paths).toEqual([recording.id.slice(-8), `${recording.id.slice(-4)}.wav`]);
});

test("JSON for another kind, or at an extension, is no medium", async () => {
  const { platform, client } = scene();
  platform.faults.add({ kind: "errorBody" });
  for (const url of [
    platform.addRecording().urls.spaceWav,
    platform.addMessageMedia().urls.space,
    platform.addRecording().urls.space,
  ]) {
    const download = client.media.download(url);
    await expect(download).rejects.toMatchObject({ name: "IntegrityError", reason: "wrong" });
  }
});
