import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { bytesFile } from "@media-protection/mock";
import { describe, expect, test } from "vitest";
import { startOrigin } from "../helpers/origins/origin.js";
import { playerTrials } from "../helpers/readme/player-trials.js";
import {
  fenceLanguages,
  readMarkdown,
  snippetsOf,
  type Trial,
  typeErrors,
  Workbench,
} from "../helpers/readme/readme.js";
import { callbacks, keysOfSubprojects } from "../helpers/readme/readme-callbacks.js";
import { openPage } from "../helpers/readme/readme-page.js";

// Every TypeScript snippet of the SDK's README is run as it stands, in a folder of its own, against
// a mock server of its own: that for browsers in Chromium, all others in Node.

const markdown = await readMarkdown("packages/sdk/README.md");
const snippets = snippetsOf(markdown);

const anonymous = async (url: string) => (await fetch(url)).status;
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const bytesOf = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());

/** The recordings of the root project. */
function ownRecordings({ server }: Workbench): string[] {
  const { recordings, credentials } = server.platform;
  return [...recordings.of(credentials.projectId)].map(({ entity }) => entity.id);
}

/** By heading, in the README's order. */
const trials: Readonly<Record<string, Trial>> = {
  "Quick start": async (code, bench) => {
    const { urls } = bench.server.platform.addRecording();
    const { stdout } = await bench.run(code);
    expect(await anonymous(urls.space)).toBe(401);
    const saved = await readdir(join(bench.folder, "recordings"));
    expect(saved.sort()).toEqual(
      ownRecordings(bench)
        .map((id) => `${id}.wav`)
        .sort(),
    );
    for (const name of saved) expect(stdout).toContain(`${name}: `);
  },

  "Create a client": async (code, bench) => {
    expect((await bench.run(code)).stdout).toBe("Example project false\n");
  },

  "Switch protection": async (code, bench) => {
    const { platform } = bench.server;
    const other = platform.addProject();
    const { urls } = platform.addRecording({ projectId: other.id });
    const { stdout } = await bench.run(code);
    expect(stdout).toBe("{ recordings: true, messageMedia: true, faxMedia: false }\n");
    expect(code).toContain(`// ${stdout.trim()}`);
    expect(await anonymous(urls.space)).toBe(401);
  },

  Download: async (code, bench) => {
    const { recording, urls } = bench.server.platform.addRecording({ seconds: 1 });
    const { length } = await bytesOf(urls.space);
    const { stdout } = await bench.run(code, { RECORDING_URL: urls.space });
    expect(stdout.split("\n")).toEqual([
      `${recording.id}.wav audio/wav ${length}`,
      `${length} bytes`,
      `${length} 44 ${length}`,
      "",
    ]);
  },

  ...playerTrials,

  Save: async (code, bench) => {
    const { recording, urls } = bench.server.platform.addRecording({ seconds: 1 });
    const wav = await bytesOf(urls.space);
    const run = () => bench.run(code, { RECORDING_URL: urls.space });
    const { stdout } = await run();
    const folder = join(bench.folder, "recordings");
    const path = join(folder, `${recording.id}.wav`);
    expect(stdout).toBe(`${path} ${wav.length} ${sha256(wav)} audio/wav\n`);
    expect(sha256(await readFile(path))).toBe(sha256(wav));
    const before = await stat(path);
    await run();
    expect((await readdir(folder)).sort()).toEqual([`${recording.id}.wav`, "today.wav"].sort());
    expect((await stat(path)).ino).toBe(before.ino);
  },

  Resume: async (code, bench) => {
    const { recording, urls } = bench.server.platform.addRecording({ size: 5 * 2 ** 20 });
    const wav = await bytesOf(urls.space);
    bench.server.platform.journal.clear();
    const { stdout } = await bench.run(code, { RECORDING_URL: urls.space });
    expect(stdout).toMatch(/^\d+ %, \d+ KiB\/s$/m);
    expect(stdout).toContain("100 %");
    expect(stdout).toContain(`${wav.length} ${sha256(wav)}\n`);
    expect(await readdir(join(bench.folder, "recordings"))).toEqual([`${recording.id}.wav`]);
    expect([...bench.server.platform.journal].map(({ status }) => status).sort()).toEqual([
      200, 206, 206, 206,
    ]);
  },

  "Save many": async (code, bench) => {
    const ids = ownRecordings(bench);
    const first = await bench.run(code);
    expect(first.stdout).toMatch(
      new RegExp(`^${ids.length} saved \\(\\d+ bytes\\), 0 were there$`, "m"),
    );
    expect(first.stdout).toContain(`${ids.length} done, 0 failed\n`);
    const second = await bench.run(code);
    expect(second.stdout).toContain(`0 saved (0 bytes), ${ids.length} were there\n`);
    const manifest = await readFile(join(bench.folder, "export", "manifest.jsonl"), "utf8");
    expect(manifest.trim().split("\n")).toHaveLength(ids.length);

    const bytes = new TextEncoder().encode("<!doctype html><title>Sorry</title>");
    const how = { contentType: "text/html", extension: "wav", lastModified: new Date() };
    const { urls, recording } = bench.server.platform.addRecording({
      wav: bytesFile({ bytes, ...how }),
    });
    const third = await bench.run(code);
    expect(third.stderr).toContain(recording.id);
    expect(third.stderr).toContain(`IntegrityError: GET ${urls.space} was answered 200`);
  },

  "Wait until ready": async (code, bench) => {
    const { platform, origins } = bench.server;
    const there = platform.addMessageMedia();
    const { message } = there;
    const late = platform.uuid();
    const path = new URL(there.urls.space).pathname.replace(there.media.id, late);
    // It comes to be when it has been missed.
    platform.journal.subscribe((entry) => {
      if (entry.path !== path || entry.status !== 404) return;
      if (!platform.messageMedia.get(late))
        platform.addMessageMedia({ id: late, messageId: message.id });
    });
    const MEDIA_URLS = `${there.urls.space} ${origins.space}${path}`;
    const { stdout } = await bench.run(code, { MEDIA_URLS });
    const folder = join(bench.folder, "attachments");
    expect(stdout).toBe(
      `${join(folder, `${there.media.id}.jpg`)}\n${join(folder, `${late}.jpg`)}\n`,
    );
    expect([...platform.journal].filter((entry) => entry.status === 404)).not.toEqual([]);
  },

  List: async (code, bench) => {
    const { stdout } = await bench.run(code);
    const ids = ownRecordings(bench);
    for (const id of ids)
      expect(stdout).toMatch(new RegExp(`^${id} 2026-01-15T.* s compatibility$`, "m"));
    const { length } = ids;
    const counts = `{ compatibility: ${length}, relay: ${length}, both: ${length} }`;
    expect(stdout).toContain(counts);
    expect(code).toContain(`// ${counts}`);
    expect(stdout).toMatch(/^\+\d+ image\/jpeg [0-9a-f-]{36}$/m);
    expect(stdout).toContain("2 faxes\n");
  },

  References: async (code, bench) => {
    const { stdout } = await bench.run(code);
    expect(stdout).toBe("7c0e4f8a-1b2c-4d3e-8f90-a1b2c3d4e5f6 mp3\ntrue\n");
    expect(bench.server.platform.journal.recorded).toBe(0);
  },

  Callbacks: callbacks,

  "Keys of subprojects": keysOfSubprojects,

  Errors: async (code, bench) => {
    const { recording, urls } = bench.server.platform.addRecording({ seconds: 1 });
    const { length } = await bytesOf(urls.space);
    const said = async (url: string) => (await bench.run(code, { RECORDING_URL: url })).stdout;
    expect(await said(urls.space)).toBe(`${length} bytes\n`);
    const missing = urls.space.replace(recording.id, bench.server.platform.uuid());
    expect(await said(missing)).toBe("deleted, or not ready yet\n");
    const forged = urls.space.replace(bench.server.origins.space, "https://evil.example");
    expect(await said(forged)).toBe("no media of ours: origin\n");
  },

  "Retries and timeouts": async (code, bench) => {
    const { urls } = bench.server.platform.addRecording({ seconds: 1 });
    const wav = await bytesOf(urls.space);
    let asked = 0;
    await using origin = await startOrigin((_, response) => {
      asked++;
      if (asked < 3) response.writeHead(503, { "retry-after": "0" }).end();
      else {
        const fields = { "content-type": "audio/wav", "content-length": wav.length };
        response.writeHead(200, fields).end(wav);
      }
    });
    const RECORDING_URL = urls.space.replace(bench.server.origins.space, origin.origin);
    const { stdout } = await bench.run(code, { SIGNALWIRE_SPACE: origin.origin, RECORDING_URL });
    expect(stdout).toBe(`${wav.length} bytes\n`);
    expect(asked).toBe(3);
  },

  Observe: async (code, bench) => {
    const { projectId, apiToken } = bench.server.platform.credentials;
    const url = `${bench.server.origins.space}/api/projects/${projectId}`;
    const { stdout } = await bench.run(code);
    const [request, response] = stdout.split("\n");
    expect(request).toBe(`→ GET ${url} ***`);
    expect(response).toMatch(/^← 200 http.* \d+ ms$/);
    expect(stdout).not.toContain(apiToken);

    await using failing = await startOrigin((_, answer) => {
      const isFirst = failing.requests.length === 1;
      answer.writeHead(isFirst ? 503 : 404, { "retry-after": "0" }).end();
    });
    const failed = await bench
      .run(code, { SIGNALWIRE_SPACE: failing.origin })
      .catch((error) => error);
    // No wait asked for is a wait drawn, as if none had been said.
    expect(failed.stderr).toMatch(/^ServerError, attempt 1, again in \d+ ms$/m);
  },

  Browsers: async (code, bench) => {
    const { platform, origins } = bench.server;
    const { urls } = platform.addRecording({ seconds: 2 });
    platform.setProtection(platform.credentials.projectId, { recordings: true });
    await openPage(code, bench, async (page) => {
      const user = { space: origins.space, ...platform.credentials };
      const duration = await page.evaluate(
        async ([url, user]) => {
          // What the page's entry put there: the exports of the snippet.
          const { snippet } = globalThis as unknown as {
            readonly snippet: {
              load(player: HTMLAudioElement, url: string, user: object): Promise<void>;
            };
          };
          const player = new Audio();
          await snippet.load(player, url, user);
          await new Promise((resolve, reject) => {
            player.onloadedmetadata = resolve;
            player.onerror = () => reject(new Error(player.error?.message));
          });
          return player.duration;
        },
        [urls.space, user] as const,
      );
      expect(duration).toBe(2);
    });
  },

  "Any operation": async (code, bench) => {
    expect((await bench.run(code)).stdout).toBe("Example project\n");
  },
};

describe("packages/sdk/README.md", () => {
  test("each snippet has a trial here, under a heading of its own, and each trial a snippet", () => {
    expect(snippets.map(({ heading }) => heading)).toEqual(Object.keys(trials));
    expect([...fenceLanguages(markdown)].sort()).toEqual(["sh", "ts"]);
  });

  test("every snippet compiles in a strict project", async () => {
    expect(await typeErrors(snippets)).toEqual([]);
  });

  test.each(Object.entries(trials))("%s: the snippet does what it says", async (heading, trial) => {
    await using bench = await Workbench.open();
    await trial(snippets.find((one) => one.heading === heading)?.code ?? "", bench);
  });
});
