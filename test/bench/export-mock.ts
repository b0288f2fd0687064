import { bytesFile } from "@media-protection/mock";
import { startMockServer } from "@media-protection/mock/server";

// A mock in a process of its own with many small recordings, 20 seconds apart. argv: how many.

const count = Number(process.argv[2]);
const server = await startMockServer({ port: 0, platform: { seed: "empty" } });
const first = Date.UTC(2026, 0, 1);
for (let index = 0; index < count; index++) {
  const createdAt = first + index * 20_000;
  const bytes = Buffer.alloc(4096, `recording ${index} `);
  const wav = bytesFile({
    ...{ bytes, contentType: "audio/wav", extension: "wav", lastModified: new Date(createdAt) },
  });
  server.platform.addRecording({ createdAt, wav });
}
const { projectId, apiToken } = server.platform.credentials;
process.send?.({ space: server.origins.space, files: server.origins.files, projectId, apiToken });
process.on("disconnect", () => process.exit());
