import { createHash } from "node:crypto";
import { expect } from "vitest";
import { startOrigin } from "../origins/origin.js";
import type { Trial, Workbench } from "./readme.js";

/** Code that makes `server`, listening, of what a snippet exports; and the path of a recording there. */
interface Host {
  readonly listen: string;
  readonly path: (id: string) => string;
}

const byPath = (id: string) => `/recordings/${id}`;
const listening = (make: string): string => `
  ${make}
  server.listen(0, "127.0.0.1");
  await once(server, "listening");`;

const hosts: Readonly<Record<string, Host>> = {
  "Pass on to a player": {
    listen: listening(`
      import { createServer } from "node:http";
      import { Readable } from "node:stream";
      import { GET } from "./snippet.mjs";
      // What the servers that take Web handlers do.
      const server = createServer(async (req, res) => {
        const left = new AbortController();
        res.once("close", () => left.abort());
        const { method, headers } = req;
        const asked = { method, headers, signal: left.signal };
        try {
          const answer = await GET(new Request("http://127.0.0.1" + req.url, asked));
          res.writeHead(answer.status, Object.fromEntries(answer.headers));
          if (answer.body) for await (const chunk of answer.body) {
            if (!res.write(chunk)) await once(res, "drain", asked);
          }
          res.end();
        } catch {
          res.destroy();
        }
      });`),
    path: (id) => `/recordings?id=${id}`,
  },
  "node:http": { listen: listening('import { server } from "./snippet.mjs";'), path: byPath },
  Express: {
    listen: listening(`
      import { createServer } from "node:http";
      import { app } from "./snippet.mjs";
      const server = createServer(app);`),
    path: byPath,
  },
  Fastify: {
    listen: `
      import { app } from "./snippet.mjs";
      await app.listen({ port: 0, host: "127.0.0.1" });
      const { server } = app;`,
    path: byPath,
  },
};

/** Every answer that a player may get, one in a line; its body as what it is asked of it. */
const playing = (path: string, missing: string) => `
  const ask = async (about, path, fields = {}, method = "GET") => {
    const response = await fetch(base + path, { method, headers: fields });
    const { status, headers } = response;
    const hash = createHash("sha256").update(new Uint8Array(await response.arrayBuffer()));
    const said = ["content-type", "content-length", "content-range"].map((name) => headers.get(name));
    console.log([about, status, ...said, hash.digest("hex").slice(0, 8)].join(" "));
    return headers;
  };
  const path = ${JSON.stringify(path)};
  const etag = (await ask("whole", path)).get("etag");
  await ask("seek", path, { range: "bytes=0-1" });
  await ask("stale", path, { range: "bytes=0-1", "if-range": '"other"' });
  await ask("head", path, {}, "HEAD");
  await ask("again", path, { "if-none-match": etag });
  const date = (await ask("other", path, { "if-none-match": '"other"' })).get("last-modified");
  await ask("since", path, { "if-modified-since": date });
  await ask("beyond", path, { range: "bytes=99999999-" });
  await ask("missing", ${JSON.stringify(missing)});
  process.exit();`;

/** A player that leaves, and one whose medium breaks off. */
const leaving = (path: string) => `
  const player = new AbortController();
  const { body } = await fetch(base + ${JSON.stringify(path)}, { signal: player.signal });
  await body.getReader().read();
  player.abort();
  // Answers when the download has been closed.
  await fetch(process.env.SIGNALWIRE_SPACE + "/gone");
  const response = await fetch(base + ${JSON.stringify(path)}, { headers: { range: "bytes=0-99" } });
  const end = await response.arrayBuffer().then(() => "whole", () => "cut");
  console.log(response.status, end);
  const head = await fetch(base + ${JSON.stringify(path)}, { method: "HEAD" });
  await fetch(process.env.SIGNALWIRE_SPACE + "/gone");
  console.log(head.status);
  process.exit();`;

function driver({ listen }: Host, script: string): string {
  return `
    import { createHash } from "node:crypto";
    import { once } from "node:events";
    ${listen}
    const base = "http://127.0.0.1:" + server.address().port;
    ${script}`;
}

function trialOf(host: Host): Trial {
  return async (code, bench) => {
    await plays(host, code, bench);
    await letsGo(host, code, bench);
  };
}

async function plays(host: Host, code: string, bench: Workbench): Promise<void> {
  const { platform } = bench.server;
  const { recording, urls } = platform.addRecording({ seconds: 1 });
  const mp3 = new Uint8Array(await (await fetch(urls.spaceMp3)).arrayBuffer());
  platform.setProtection(platform.credentials.projectId, { recordings: true });
  const script = playing(host.path(recording.id), host.path(platform.uuid()));
  const { stdout } = await bench.run(code, {}, driver(host, script));
  const { length } = mp3;
  const [none, all, two] = [0, length, 2].map((end) =>
    createHash("sha256").update(mp3.subarray(0, end)).digest("hex").slice(0, 8),
  );
  const lines = stdout.trim().split("\n");
  // A refusal says so in a line, of which the status and the size are what players read.
  const refusals = /^(beyond|missing) (\d+) text\/plain; charset=utf-8 \d+ (.*) \w+$/;
  expect(lines.map((line) => line.replace(refusals, "$1 $2 $3"))).toEqual([
    `whole 200 audio/mpeg ${length}  ${all}`,
    `seek 206 audio/mpeg 2 bytes 0-1/${length} ${two}`,
    `stale 200 audio/mpeg ${length}  ${all}`,
    `head 200 audio/mpeg ${length}  ${none}`,
    `again 304    ${none}`,
    `other 200 audio/mpeg ${length}  ${all}`,
    `since 304    ${none}`,
    `beyond 416 bytes */${length}`,
    "missing 404 ",
  ]);
}

async function letsGo(host: Host, code: string, bench: Workbench): Promise<void> {
  const open = new Set<object>();
  let changed = () => {};
  await using space = await startOrigin(({ url, headers }, response) => {
    if (url === "/gone") {
      changed = () => {
        if (open.size === 0) response.end();
      };
      return changed();
    }
    open.add(response);
    response.once("close", () => {
      open.delete(response);
      changed();
    });
    if (headers.range !== undefined) {
      const range = { "content-range": "bytes 0-99/1000", "content-length": 100 };
      response.writeHead(206, { "content-type": "audio/mpeg", ...range });
      return response.write(new Uint8Array(50).fill(7), () => response.destroy());
    }
    response.writeHead(200, { "content-type": "audio/mpeg", "content-length": 2 ** 40 });
    const more = () => {
      if (!response.destroyed) response.write(new Uint8Array(65_536).fill(7), more);
    };
    return more();
  });
  const script = leaving(host.path(bench.server.platform.uuid()));
  const run = bench.run(code, { SIGNALWIRE_SPACE: space.origin }, driver(host, script));
  expect((await run).stdout).toBe("206 cut\n200\n");
}

/** By heading, in the README's order: the handlers that pass a recording on to a player. */
export const playerTrials: Readonly<Record<string, Trial>> = Object.fromEntries(
  Object.entries(hosts).map(([heading, host]) => [heading, trialOf(host)]),
);
