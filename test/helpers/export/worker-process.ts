import { folderTarget, gatedFetch } from "@media-protection/export";
import { connectRedis, createRedisGate, workShards } from "@media-protection/export/queue";
import { createClient } from "@media-protection/sdk";

// A worker of a queue in a process of its own, to be killed: tells its parent after each medium.

const [
  ,
  ,
  space = "",
  files = "",
  projectId = "",
  apiToken = "",
  folder = "",
  redis = "",
  rate = "Infinity",
] = process.argv;
const gate = createRedisGate(connectRedis({ redis }), { requestsPerSecond: Number(rate) });
const client = createClient({
  ...{ space, mediaOrigins: [files], projectId, apiToken },
  fetch: gatedFetch(gate, { projectId }),
  retry: { minDelay: 1, maxDelay: 2 },
});
let told = 0;
process.send?.({ ready: true });
await workShards(client, {
  ...{ target: folderTarget(folder), redis, gate, lockDuration: 1000, concurrency: 4 },
  onProgress: ({ saved }) => {
    if (saved > told) process.send?.({ saved: ++told });
  },
});
