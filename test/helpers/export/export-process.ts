import { exportMedia, folderTarget } from "@media-protection/export";
import { createClient } from "@media-protection/sdk";

// An export into a folder in a process of its own, to be killed: tells its parent after each medium.

const [, , space = "", files = "", projectId = "", apiToken = "", folder = ""] = process.argv;
const client = createClient({
  ...{ space, mediaOrigins: [files], projectId, apiToken },
  retry: { minDelay: 1, maxDelay: 2 },
});
const target = folderTarget(folder);
let told = 0;
try {
  const report = await exportMedia(client, {
    ...{ target, projects: "own", kinds: "all", shardSize: 25 },
    onProgress: ({ saved }) => {
      if (saved > told) process.send?.({ saved: ++told });
    },
  });
  process.send?.({ report });
} catch (error) {
  process.send?.({ error: String(error) });
} finally {
  await target.close();
  process.disconnect?.();
}
