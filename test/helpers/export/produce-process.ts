import { folderTarget } from "@media-protection/export";
import { produceShards } from "@media-protection/export/queue";
import { createClient } from "@media-protection/sdk";

// A producer in a process of its own, to be killed.

const [, , space = "", files = "", projectId = "", apiToken = "", folder = "", redis = ""] =
  process.argv;
const client = createClient({
  ...{ space, mediaOrigins: [files], projectId, apiToken },
  retry: { minDelay: 1, maxDelay: 2 },
});
try {
  const report = await produceShards(client, {
    ...{ target: folderTarget(folder), redis, projects: "own", kinds: "all" },
    ...{ shardSize: 10, interval: 20, lockDuration: 300 },
  });
  process.send?.({ report });
} catch (error) {
  process.send?.({ error: String(error) });
} finally {
  process.disconnect?.();
}
