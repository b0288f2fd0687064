import { createClient, isMediaProtectionError } from "@media-protection/sdk";
import { saveAll, saveMedia } from "@media-protection/sdk/node";

// Saves a recording and prints the error's name and code, as JSON.
// argv: space, project id, recording id, target, "resume", "many" for saveAll, or anything else.

const [, , space = "", projectId = "", recordingId = "", target = "", how] = process.argv;
const client = createClient({ space, projectId, apiToken: "PT-synthetic" });
const recording = { kind: "recording", recordingId } as const;
try {
  if (how === "many") await saveAll(client, [recording], target);
  else await saveMedia(client, recording, target, { resume: how === "resume" });
} catch (thrown) {
  const isOfMany = isMediaProtectionError(thrown) && thrown.name === "SaveAllError";
  const error = isOfMany ? thrown.report.failed[0]?.error : thrown;
  const code = isMediaProtectionError(error) && error.name === "DiskError" ? error.code : undefined;
  process.stdout.write(JSON.stringify({ name: error instanceof Error && error.name, code }));
}
