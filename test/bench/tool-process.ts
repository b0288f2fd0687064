import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join, parse } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Batch, bare, ours, type Saved } from "./tools.js";

// One tool in a process of its own: saves what it is told to, and tells how long that took. argv: the
// tool. All do the same work: authenticated, a file beside the target, SHA-256 while it streams,
// flushed, renamed. The SDK also checks, resumes and, of many, notes. Only the tool is loaded.

const concurrency = 16;
const { SIGNALWIRE_PROJECT_ID: id, SIGNALWIRE_API_TOKEN: token } = process.env;
const authorization = `Basic ${Buffer.from(`${id}:${token}`).toString("base64")}`;
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

/** A stream that hashes what passes through it. */
function sha256() {
  const hash = createHash("sha256");
  const hashing = new Transform({
    transform(chunk, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { hashing, digest: () => hash.digest("hex") };
}

/** What its users are told to do with a stream. */
function streamed(open: (url: string) => Readable | Promise<Readable>): Save {
  return each(async (url, path) => {
    const { digest, hashing } = sha256();
    const part = `${path}.part`;
    await pipeline(await open(url), hashing, createWriteStream(part, { flush: true }));
    await rename(part, path);
    return digest();
  });
}

/** It writes files itself. */
async function downloaderHelper(): Promise<Save> {
  const { DownloaderHelper } = await import("node-downloader-helper");
  return each(async (url, path) => {
    const { dir, base } = parse(path);
    const { digest, hashing } = sha256();
    const fileName = `${base}.part`;
    const download = new DownloaderHelper(url, dir, { fileName, headers, override: true });
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
    return digest();
  });
}

/** Node's HTTP client, and no more steps than the work has. */
async function bareProgram(): Promise<Save> {
  const { Agent, get } = await import("node:http");
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const read = (url: string) =>
    new Promise<Buffer[]>((resolve, reject) => {
      get(url, { agent, headers }, (message) => void message.toArray().then(resolve, reject)).on(
        "error",
        reject,
      );
    });
  return each(async (url, path) => {
    const chunks = await read(url);
    const hash = createHash("sha256");
    for (const chunk of chunks) hash.update(chunk);
    const part = await open(`${path}.part`, "wx");
    await part.writev(chunks);
    await part.sync();
    await part.close();
    await rename(`${path}.part`, path);
    return hash.digest("hex");
  });
}

async function sdk(): Promise<Save> {
  const { clientFromEnv, saveAll, saveMedia } = await import("@media-protection/sdk/node");
  const client = clientFromEnv();
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

const tools: Readonly<Record<string, () => Save | Promise<Save>>> = {
  [ours]: sdk,
  [bare]: bareProgram,
  fetch: () => streamed(async (url) => nodeStream(await fetch(url, { headers }))),
  async got() {
    const { got } = await import("got");
    return streamed((url) => got.stream(url, { headers, decompress: false }));
  },
  async axios() {
    const { default: axios } = await import("axios");
    return streamed(async (url) => {
      const { data } = await axios.get<Readable>(url, { headers, responseType: "stream" });
      return data;
    });
  },
  async ky() {
    const { default: ky } = await import("ky");
    return streamed(async (url) => nodeStream(await ky.get(url, { headers, timeout: false })));
  },
  async undici() {
    const { request } = await import("undici");
    return streamed(async (url) => {
      const { body, statusCode } = await request(url, { headers });
      if (statusCode !== 200) throw new Error("no medium");
      return body;
    });
  },
  "node-downloader-helper": downloaderHelper,
};

const save = await tools[process.argv[2] ?? ""]?.();
process.on("message", async (batch: Batch) => {
  if (!save) throw new Error(`There is no tool ${process.argv[2]}.`);
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const before = process.cpuUsage();
  const start = performance.now();
  await save(batch);
  const milliseconds = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const peakMemory = process.resourceUsage().maxRSS * 1024;
  const loopDelay = delays.percentile(99) / 1e6;
  process.send?.({
    milliseconds,
    cpu: (user + system) / 1000,
    peakMemory,
    loopDelay,
  } satisfies Saved);
});
process.on("disconnect", () => process.exit());
