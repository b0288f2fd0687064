import { clientFromEnv, saveAll } from "@media-protection/sdk/node";

const client = clientFromEnv();
const [folder = "recordings", since = "2026-01-01"] = process.argv.slice(2);

// Run it again: what is there is verified, and only what is missing is asked for.
const report = await saveAll(
  client,
  client.recordings.list({ createdAfter: new Date(since) }),
  folder,
  { concurrency: 16 },
);
console.log(`${report.saved} saved, ${report.kept} were there`);
