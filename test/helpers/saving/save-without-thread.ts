import { Worker } from "node:worker_threads";
import { createClient } from "@media-protection/sdk";
import { saveAll, saveMedia } from "@media-protection/sdk/node";

// Saves a recording where no thread may be started, and prints what came of it, as JSON.
// argv: space, project id, folder, "many" for saveAll or "large" for saveMedia.

try {
  new Worker("", { eval: true });
  throw new Error("a thread could be started, so this would test nothing");
} catch (error) {
  if (!(error instanceof Error && "code" in error && error.code === "ERR_ACCESS_DENIED")) {
    throw error;
  }
}

const [, , space = "", projectId = "", folder = "", how] = process.argv;
const client = createClient({ space, projectId, apiToken: "PT-synthetic" });
const recording = { kind: "recording", recordingId: projectId } as const;
const result =
  how === "many"
    ? await saveAll(client, [recording], folder)
    : await saveMedia(client, recording, `${folder}/large.wav`);
process.stdout.write(JSON.stringify(result));
