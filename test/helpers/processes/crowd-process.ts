import { once } from "node:events";
import { Agent } from "node:http";
import { createClient } from "@media-protection/sdk";
import { basic } from "../../mock/scene.js";
import { pick, randomBy } from "../values/random.js";
import type { CrowdJob, CrowdReport } from "./crowd.js";
import { type Answer, type Exchange, now, observe, plainDownload } from "./timed-download.js";

// A crowd that downloads again and again, in a process of its own so that it does not slow down who
// watches the switches. Says "begun" when all of it waits for answers, and reports when it is told to
// finish and has, or to hurry.

// Safe: the parent sends nothing else first.
const [job] = (await once(process, "message")) as [CrowdJob];
const { media, size, seed } = job;
const { origins, projectId, apiToken } = job.mock;
// It opens as many sockets as there are requests.
const agent = new Agent({ keepAlive: true });
const { space, files } = origins;
const client = createClient({ space, mediaOrigins: [files], projectId, apiToken });
const credentials = { ...basic(projectId, apiToken) };

async function sdkDownload(url: string): Promise<Answer> {
  const download = await client.media.download(url);
  return { status: 200, head: now(), bytes: await download.bytes() };
}

const anonymous = ["anonymous", (url: string) => plainDownload(url, {}, agent)] as const;
const authenticated = [
  "authenticated",
  (url: string) => plainDownload(url, credentials, agent),
] as const;
const sdk = ["SDK", sdkDownload] as const;
// Most do what the switches decide about.
const ways = [
  anonymous,
  authenticated,
  anonymous,
  sdk,
  anonymous,
  authenticated,
  anonymous,
] as const;

const random = randomBy(seed);
const pending = new Set<string>();
const exchanges: Exchange[] = [];
let most = 0;
let isOver = false;

async function downloadAgainAndAgain(index: number): Promise<void> {
  const [way, download] = ways[index % ways.length] ?? anonymous;
  for (let turn = 0; !isOver; turn++) {
    const medium = pick(media, random);
    const url = pick(medium.urls, random);
    const over = observe(`${way} ${index}.${turn}`, medium, url, pending, download);
    most = Math.max(most, pending.size);
    exchanges.push(await over);
  }
}

function report(): void {
  const told: CrowdReport = { exchanges, most, pending: [...pending] };
  process.send?.(told);
}

process.on("disconnect", () => process.exit());
process.on("message", (message) => {
  if (message === "finish") isOver = true;
  if (message === "hurry") report();
});
const all = Array.from({ length: size }, (_, index) => downloadAgainAndAgain(index));
process.send?.("begun");
await Promise.all(all);
report();
