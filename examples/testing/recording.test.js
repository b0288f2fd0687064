import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { startMockServer } from "@media-protection/mock/server";
import { createClient } from "@media-protection/sdk";

const mock = await startMockServer({ port: 0 });
beforeEach(() => mock.platform.reset());
after(() => mock.close());

test("a protected recording is denied to strangers, and opens with credentials", async () => {
  const { platform, origins } = mock;
  const { urls, recording } = platform.addRecording({ seconds: 2 });
  platform.setProtection(recording.projectId, { recordings: true });
  const client = createClient({
    space: origins.space,
    mediaOrigins: [origins.files],
    ...platform.credentials,
  });

  assert.equal((await fetch(urls.space)).status, 401);
  const media = await client.media.download(urls.space);
  assert.deepEqual(await media.bytes(), recording.files.wav.bytes());
});
