import { folderTarget, repairExport } from "@media-protection/export";
import { createClient } from "@media-protection/sdk";

// A repair in a process of its own, to be killed: tells its parent after each copy.

const [, , space = "", files = "", projectId = "", apiToken = "", folder = ""] = process.argv;
const client = createClient({
  ...{ space, mediaOrigins: [files], projectId, apiToken },
  retry: { minDelay: 1, maxDelay: 2 },
});
const target = folderTarget(folder);
try {
  const report = await repairExport(client, {
    ...{ target, concurrency: 2 },
    onRepair: ({ result }) => process.send?.({ result }),
  });
  process.send?.({ report });
} catch (error) {
  process.send?.({ error: String(error) });
} finally {
  await target.close();
  process.disconnect?.();
}
