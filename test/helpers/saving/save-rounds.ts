import { createClient, isMediaProtectionError } from "@media-protection/sdk";
import { saveAll, saveMedia } from "@media-protection/sdk/node";

// Saves the same recording again and again, while others do, and prints what went wrong as JSON.
// argv: space, project id, recording id, folder, rounds, "many" for saveAll.

const [, , space = "", projectId = "", recordingId = "", folder = "", rounds, how] = process.argv;
const client = createClient({ space, projectId, apiToken: "PT-synthetic", retry: { retries: 0 } });
const recording = { kind: "recording", recordingId } as const;
const wrong: string[] = [];
for (let round = 0; round < Number(rounds); round++) {
  const resume = round % 3 !== 0;
  const options = { ifExists: round % 2 === 0 ? "overwrite" : "skip-if-same" } as const;
  try {
    if (how === "many") await saveAll(client, [recording], folder, options);
    else await saveMedia(client, recording, `${folder}/call.wav`, { ...options, resume });
  } catch (error) {
    const name = isMediaProtectionError(error) ? error.name : "unknown";
    if (name !== "FileExistsError") wrong.push(String(error));
  }
}
process.stdout.write(JSON.stringify(wrong));
