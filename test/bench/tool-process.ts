import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { clientFromEnv, nodeFetch, saveAll, saveMedia } from "@media-protection/sdk/node";
import axios from "axios";
import got from "got";
import ky from "ky";
import { DownloaderHelper } from "node-downloader-helper";
import type { Batch, Saved } from "./tools.js";

// One tool in a process of its own: saves what it is told to, and tells how long that took. argv: the
// tool. All do the same work: authenticated, a file beside the target, SHA-256 while it streams,
// flushed, renamed. The SDK also checks, resumes and, of many, notes.

const concurrency = 16;
const { SIGNALWIRE_PROJECT_ID: user, SIGNALWIRE_API_TOKEN: token } = process.env;
const authorization = `Basic ${Buffer.from(`${user}:${token}`).toString("base64")}`;
const headers = { authorization, "accept-encoding": "identity" };

type Save = (batch: Batch) => Promise<unknown>;

/** So many at a time, as with p-map. */
function each(save: (url: string, path: string) => Promise<unknown>): Save {
  return async ({ urls, folder }) => {
    let next = 0;
    const work = async () => {
      while (next < urls.length) {
        const index = next++;
        await save(urls[index] ?? "", join(folder, `${index}.wav`));
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
  };
}

/** What its users are told to do with a stream. */
function streamed(open: (url: string) => Readable | Promise<Readable>): Save {
  return each(async (url, path) => {
    const hash = createHash("sha256");
    const hashing = new Transform({
      transform(chunk, _, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    const part = `${path}.part`;
    await pipeline(await open(url), hashing, createWriteStream(part, { flush: true }));
    await rename(part, path);
    return hash.digest("hex");
  });
}

/** It writes files itself. */
const helper = each(async (url, path) => {
  const hash = createHash("sha256");
  const fileName = `${path.slice(path.lastIndexOf("/") + 1)}.part`;
  const folder = path.slice(0, path.lastIndexOf("/"));
  const download = new DownloaderHelper(url, folder, { fileName, headers, override: true });
  // Typed as if it had to be a stream of both directions.
  const hashing = new Transform({
    transform(chunk, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  download.pipe(hashing);
  await new Promise((resolve, reject) => {
    download.once("end", resolve);
    download.once("error", reject);
    download.start().catch(reject);
  });
  const part = await open(`${path}.part`, "r+");
  await part.sync();
  await part.close();
  await rename(`${path}.part`, path);
  return hash.digest("hex");
});

function sdk(fetch?: typeof nodeFetch): Save {
  const client = clientFromEnv(fetch && { fetch });
  return ({ urls, folder }) =>
    urls.length === 1
      ? saveMedia(client, urls[0] ?? "", join(folder, "0.wav"))
      : saveAll(client, urls, folder, { concurrency });
}

/** A response's body as Node's kind of stream. */
function nodeStream({ body, ok }: Response): Readable {
  if (!ok || body === null) throw new Error("no medium");
  // Node's own type of the same thing is another one.
  return Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
}

const tools: Readonly<Record<string, () => Save>> = {
  "saveMedia, saveAll": () => sdk(),
  "saveMedia, saveAll, nodeFetch": () => sdk(nodeFetch),
  fetch: () => streamed(async (url) => nodeStream(await fetch(url, { headers }))),
  got: () => streamed((url) => got.stream(url, { headers, decompress: false })),
  axios: () =>
    streamed(async (url) => {
      const { data } = await axios.get<Readable>(url, { headers, responseType: "stream" });
      return data;
    }),
  ky: () => streamed(async (url) => nodeStream(await ky.get(url, { headers, timeout: false }))),
  "node-downloader-helper": () => helper,
};

const save = tools[process.argv[2] ?? ""]?.();
process.on("message", async (batch: Batch) => {
  if (!save) throw new Error(`There is no tool ${process.argv[2]}.`);
  const start = performance.now();
  await save(batch);
  const milliseconds = performance.now() - start;
  const peakMemory = process.resourceUsage().maxRSS * 1024;
  process.send?.({ milliseconds, peakMemory } satisfies Saved);
});
process.on("disconnect", () => process.exit());
