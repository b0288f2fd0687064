import { startMockServer } from "@media-protection/mock/server";

// A mock server in a process of its own, for measurements: tells its parent where it listens, and
// stops when the parent lets go of it. argv[2], if given, is the size in bytes of a recording to add.

const server = await startMockServer({ port: 0 });
const size = Number(process.argv[2] ?? 0);
const recordingUrl = size > 0 ? server.platform.addRecording({ size }).urls.space : "";
process.on("disconnect", () => process.exit());
process.send?.({ origins: server.origins, ...server.platform.credentials, recordingUrl });
