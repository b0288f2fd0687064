import { createClient } from "@media-protection/sdk";
import { saveMedia } from "@media-protection/sdk/node";

// Saves a recording with `resume`, tells its parent when 16 MiB are there, and waits to be killed.
// argv: space, project id, recording id, target.

const [, , space = "", projectId = "", recordingId = "", target = ""] = process.argv;
const client = createClient({ space, projectId, apiToken: "PT-synthetic" });
await saveMedia(client, { kind: "recording", recordingId }, target, {
  resume: true,
  onProgress: ({ loaded }) => {
    if (loaded < 16 * 2 ** 20) return;
    process.send?.("enough");
    return new Promise(() => {});
  },
});
