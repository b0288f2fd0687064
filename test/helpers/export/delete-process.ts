import { deleteExported, folderTarget } from "@media-protection/export";
import { createClient } from "@media-protection/sdk";

// A deletion in a process of its own, to be killed: tells its parent after each medium.

const [, , space = "", files = "", projectId = "", apiToken = "", folder = "", plan = ""] =
  process.argv;
const client = createClient({
  ...{ space, mediaOrigins: [files], projectId, apiToken },
  retry: { minDelay: 1, maxDelay: 2, retries: 1 },
});
const target = folderTarget(folder);
try {
  const report = await deleteExported(client, {
    ...{ target, plan, yes: true },
    onProgress: ({ deleted }) => process.send?.({ deleted }),
  });
  process.send?.({ report });
} catch (error) {
  process.send?.({ error: String(error) });
} finally {
  await target.close();
  process.disconnect?.();
}
