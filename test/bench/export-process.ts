import { exportMedia, folderTarget } from "@media-protection/export";
import { bucketTarget } from "@media-protection/export/bucket";
import { createClient } from "@media-protection/sdk";
import { saveAll } from "@media-protection/sdk/node";

// One way of getting everything out, in a process of its own. argv: the way, the mock, where to.

const [
  ,
  ,
  way = "",
  space = "",
  files = "",
  projectId = "",
  apiToken = "",
  to = "",
  endpoint = "",
] = process.argv;
const client = createClient({ space, mediaOrigins: [files], projectId, apiToken });
const began = performance.now();
let firstByte: number | undefined;
let count = 0;
if (way === "saveAll") {
  const { saved } = await saveAll(client, client.recordings.list({ pageSize: 1000 }), to, {
    concurrency: 16,
  });
  count = saved;
} else {
  const target =
    way === "folder" ? folderTarget(to) : bucketTarget("s3://archive/bench", { endpoint });
  const { saved } = await exportMedia(client, {
    ...{ target, projects: "own", kinds: ["recording"], concurrency: 16 },
    onProgress: ({ saved }) => {
      if (saved > 0) firstByte ??= performance.now() - began;
    },
  });
  count = saved;
  await target.close();
}
const milliseconds = performance.now() - began;
const peakMemory = process.resourceUsage().maxRSS * 1024;
process.send?.({ way, count, milliseconds, firstByte, peakMemory });
process.disconnect?.();
