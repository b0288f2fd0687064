import { startMockServer } from "@media-protection/mock/server";

// A mock server in a process of its own, for measurements: tells its parent where it listens, and
// stops when the parent lets go of it. argv, if given: the size in bytes of the recordings to add, and
// how many.

const server = await startMockServer({ port: 0 });
const [size = 0, count = 1] = process.argv.slice(2).map(Number);
const recordingUrls = Array.from(
  { length: size > 0 ? count : 0 },
  () => server.platform.addRecording({ size }).urls.space,
);
process.on("disconnect", () => process.exit());
process.send?.({ origins: server.origins, ...server.platform.credentials, recordingUrls });
