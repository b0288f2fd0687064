import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createPlatform } from "@media-protection/mock";

// The least that a server of the mock's recordings can do: `node:http`, and the same generator. In a
// process of its own; tells its parent where it listens, and stops when the parent lets go of it.
// argv: the size of the recording, in bytes.

const platform = createPlatform({});
const { recording } = platform.addRecording({ size: Number(process.argv[2]) });
const file = recording.files.wav;
const server = createServer(async (_, response) => {
  response.writeHead(200, { "content-type": file.contentType, "content-length": file.size });
  for await (const chunk of file.stream()) {
    if (!response.write(chunk)) await once(response, "drain");
  }
  response.end();
}).listen(0, "127.0.0.1", () => {
  // The server listens on TCP, so its address is not a pipe's name.
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});
process.on("disconnect", () => process.exit());
