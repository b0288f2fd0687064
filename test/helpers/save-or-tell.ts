import { createClient, isMediaProtectionError } from "@media-protection/sdk";
import { saveMedia } from "@media-protection/sdk/node";

// Saves a recording and prints the error's name and code, as JSON.
// argv: space, project id, recording id, target, "resume" or anything else.

const [, , space = "", projectId = "", recordingId = "", target = "", how] = process.argv;
const client = createClient({ space, projectId, apiToken: "PT-synthetic" });
const resume = how === "resume";
try {
  await saveMedia(client, { kind: "recording", recordingId }, target, { resume });
} catch (error) {
  const code = isMediaProtectionError(error) && error.name === "DiskError" ? error.code : undefined;
  process.stdout.write(JSON.stringify({ name: error instanceof Error && error.name, code }));
}
