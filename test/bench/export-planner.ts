/**
 * `npm run bench:planner -- [items]`: so many listing items through the planner, with a fake platform that
 * lists them newest first and a target that forgets what it is given. Prints items a second and the
 * process's memory; ends with 1 above 250 MiB. A million unless told; 100 million take their time.
 */
import process from "node:process";
import { planExport, type Target } from "@media-protection/export";
import type { Client } from "@media-protection/sdk";

const count = Number(process.argv[2] ?? 1_000_000);
const projectId = "5eed0000-0000-4000-8000-000000000001";
const end = Date.UTC(2026, 0, 1);
const step = (7 * 365 * 86_400_000) / count;

/** A listing of seven years, newest first, by either API; the second lists nothing. */
async function* list({ source }: { readonly source: string }) {
  for (let index = 0; index < (source === "relay" ? 0 : count); index++) {
    const id = `${index.toString(16).padStart(8, "0")}-0000-4000-8000-000000000000`;
    const ref = { kind: "recording", recordingId: id } as const;
    yield { id, projectId, ref, createdAt: new Date(end - index * step), durationSeconds: 60 };
  }
}

// Safe: the planner of recordings uses no more of a client than this.
const client = {
  media: { download: () => {}, resolve: async () => ({ ref: { projectId } }) },
  recordings: { list },
} as unknown as Client;
// Safe: it moves nothing.
let bytes = 0;
const target = {
  name: "nowhere",
  documents: {
    read: async () => undefined,
    write: async (_: string, text: string) => {
      bytes += text.length;
    },
    remove: async () => {},
    async *list() {},
  },
  receive: () => {},
} as unknown as Target;
const began = performance.now();
let [shards, planned, peak] = [0, 0, 0];
for await (const { media } of planExport(client, {
  target,
  projects: "own",
  kinds: ["recording"],
})) {
  shards++;
  planned += media.length;
  if (shards % 1000 === 0) peak = Math.max(peak, process.memoryUsage().rss);
}
const seconds = (performance.now() - began) / 1000;
peak = Math.max(peak, process.memoryUsage().rss);
process.stdout.write(
  `${planned} planned in ${shards} shards, ${Math.round(planned / seconds)} a second, ` +
    `${Math.round(peak / 2 ** 20)} MiB at most, ${Math.round(bytes / planned)} bytes of plan a medium, ${seconds.toFixed(0)} s\n`,
);
if (planned !== count || peak > 250 * 2 ** 20) process.exitCode = 1;
