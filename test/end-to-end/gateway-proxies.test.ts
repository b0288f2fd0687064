import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { createLinks, generateKey } from "@media-protection/gateway/links";
import { type MockServer, startMockServer } from "@media-protection/mock/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listen } from "../helpers/mock/gateway-scene.js";
import { freePort, nginxFolder, nginxIsThere, startNginx } from "../helpers/processes/nginx.js";

// The gateway's recipes behind proxies, as they stand in their folders: real proxies, and gateways in
// processes of their own, against the mock with all switches on.

const folder = resolve(import.meta.dirname, "../../examples");
const keys = generateKey();
const ended: (() => Promise<unknown>)[] = [];
let mock: MockServer;
let env: Record<string, string>;

beforeAll(async () => {
  mock = await startMockServer({ port: 0 });
  const { projectId, apiToken } = mock.platform.credentials;
  mock.platform.setProtection(projectId, { recordings: true, messageMedia: true, faxMedia: true });
  env = {
    PATH: process.env["PATH"] ?? "",
    SIGNALWIRE_SPACE: mock.origins.space,
    SIGNALWIRE_MEDIA_ORIGINS: mock.origins.files,
    SIGNALWIRE_PROJECT_ID: projectId,
    SIGNALWIRE_API_TOKEN: apiToken,
    MEDIA_GATEWAY_KEYS: keys,
  };
});

afterAll(async () => {
  await Promise.all(ended.map((end) => end()));
  await mock?.close();
});

/** Whether a proxy is installed. Says so, if not: its test is then skipped. */
function isThere(program: string, what: string): boolean {
  const found = spawnSync(program, [program === "caddy" ? "version" : "-v"]).status === 0;
  if (!found) process.stderr.write(`Skipped: ${what}, since ${program} is not installed.\n`);
  return found;
}

interface Running {
  readonly child: ChildProcess;
  /** What it said until now. */
  said(): string;
  /** Waits for a line that it says. */
  line(pattern: RegExp): Promise<string>;
  /** Ends it, and waits until it has ended. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a program, which is ended with the tests. */
function start(program: string, args: readonly string[], own: Record<string, string>): Running {
  const child = spawn(program, args, {
    env: { ...env, ...own },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const waiting = new Set<() => void>();
  const lines: string[] = [];
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on("line", (text) => {
      lines.push(text);
      for (const look of waiting) look();
    });
  }
  const end = async (signal: NodeJS.Signals = "SIGKILL") => {
    child.kill(signal);
    await gone;
  };
  ended.push(end);
  return {
    child,
    end,
    said: () => lines.join("\n"),
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.map((text) => pattern.exec(text)).find(Boolean);
          if (found) resolve(found[1] ?? "");
        };
        waiting.add(look);
        void gone.then(() => reject(new Error(`${program} ended: ${lines.join("\n")}`)));
        look();
      }),
  };
}

/** A gateway of a recipe, and its `host:port`. */
async function startGateway(file: string, own: Record<string, string> = {}) {
  const running = start(process.execPath, [join(folder, file)], { PORT: "0", ...own });
  const url = await running.line(/^Listening on (http:.*)$/);
  return { ...running, host: new URL(url).host };
}

/** What a proxy answers, or nothing before it listens. */
const status = (url: string) =>
  fetch(url).then(
    ({ status }) => status,
    () => undefined,
  );

const linkTo = async (base: string, source: string, options = {}) =>
  (await createLinks({ keys, publicUrl: base }).mint(source, options)).url;

async function wholeOf(recording: ReturnType<MockServer["platform"]["addRecording"]>["recording"]) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of recording.files.wav.stream()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * Plays, seeks, opens a page; what is for operators is closed; what is logged tells no link, and the
 * viewer's address, whatever the viewer claims.
 *
 * @param log all that was logged, by the proxy and by Node
 */
async function expectServes(base: string, log: () => string | Promise<string>): Promise<void> {
  const { recording, urls } = mock.platform.addRecording({ seconds: 2 });
  const bytes = await wholeOf(recording);
  const link = await linkTo(base, urls.spaceWav);
  const whole = await fetch(link);
  expect([whole.status, whole.headers.get("content-type")]).toEqual([200, "audio/wav"]);
  expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
  const claimed = { "x-forwarded-for": "203.0.113.9", "x-real-ip": "203.0.113.9" };
  const part = await fetch(link, { headers: { range: "bytes=100-199", ...claimed } });
  expect([part.status, part.headers.get("content-range")]).toEqual([
    206,
    `bytes 100-199/${bytes.length}`,
  ]);
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true);
  expect(whole.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");

  const page = await linkTo(base, urls.spaceWav, { share: true });
  expect(await (await fetch(page)).text()).toContain("<title>Recording shared with you</title>");
  const opened = await (await fetch(page, { method: "POST" })).text();
  const [play = ""] = /\.\.\/m\/[\w.-]+/.exec(opened) ?? [];
  const played = await fetch(new URL(play, page));
  expect(Buffer.from(await played.arrayBuffer()).equals(bytes)).toBe(true);

  for (const path of ["/metrics", "/healthz", "/readyz"]) {
    expect((await fetch(base + path)).status, path).toBe(404);
  }
  await expect.poll(log).toMatch(/"address":"127\.0\.0\.1".*"range":"bytes=100-199"/);
  const said = await log();
  expect(said).not.toContain("203.0.113.9");
  for (const url of [link, page, String(new URL(play, page))]) {
    expect(said).not.toContain(new URL(url).pathname.split("/")[2]);
  }
}

test.skipIf(!nginxIsThere("the recipe behind nginx"))(
  "nginx: with the blocks that are printed it moves the bytes, with the file that is root's alone",
  async () => {
    const [at, port] = [await nginxFolder(), await freePort()];
    const base = `http://127.0.0.1:${port}`;
    const origins = { MEDIA_ORIGINS: `${mock.origins.space},${mock.origins.files}` };
    const node = await startGateway("gateway-nginx/server.js", {
      ...origins,
      MEDIA_GATEWAY_URL: base,
    });
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(folder, "gateway-nginx/config.js")],
      {
        env: {
          ...env,
          ...origins,
          GATEWAY: node.host,
          NGINX_FOLDER: at,
          LISTEN: `127.0.0.1:${port}`,
          ACCESS_LOG: join(at, "access.log"),
        },
      },
    );
    const { apiToken, projectId } = mock.platform.credentials;
    for (const secret of [apiToken, btoa(`${projectId}:${apiToken}`)]) {
      expect(stdout).not.toContain(secret);
    }
    expect((await stat(join(at, "media-authorization.conf"))).mode & 0o777).toBe(0o600);
    await using nginx = await startNginx(at, port, stdout);
    await expectServes(base, async () => (await nginx.read("access.log")) + node.said());
    // Of the bytes that were played Node sent none.
    const metrics = await (await fetch(`http://${node.host}/metrics`)).text();
    expect(metrics).toMatch(/^media_gateway_bytes_total 0$/m);
    expect(await nginx.read("access.log")).toContain(" 206 100 ");
  },
);

test.skipIf(!isThere("caddy", "the recipe behind Caddy"))(
  "Caddy: plays, and its log of a gateway that is gone tells no link",
  async () => {
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const node = await startGateway("gateway-proxies/server.js", { MEDIA_GATEWAY_URL: base });
    const at = await mkdtemp(join(tmpdir(), "gateway-caddy-"));
    const file = ["--config", join(folder, "gateway-proxies/Caddyfile"), "--adapter", "caddyfile"];
    const own = { SITE: base, GATEWAY: node.host, HOME: at };
    const { stdout } = await promisify(execFile)("caddy", ["adapt", ...file], {
      env: { ...env, ...own },
    });
    // As it stands, but without Caddy's port for administrators, of which a machine has one.
    const config = join(at, "caddy.json");
    await writeFile(config, JSON.stringify({ ...JSON.parse(stdout), admin: { disabled: true } }));
    const caddy = start("caddy", ["run", "--config", config], own);
    await expect.poll(() => status(`${base}/readyz`)).toBe(404);
    await expectServes(base, () => caddy.said() + node.said());

    const link = await linkTo(base, mock.platform.addRecording().urls.space);
    await node.end();
    expect((await fetch(link)).status).toBe(502);
    await caddy.line(/"status":502/);
    expect(caddy.said()).not.toContain(new URL(link).pathname.split("/")[2]);
    await caddy.end("SIGTERM");
    await rm(at, { recursive: true });
  },
);

test.skipIf(!isThere("haproxy", "the recipe behind HAProxy"))(
  "HAProxy: a replica is killed in mid-stream, and the next range is served by the other",
  async () => {
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const own = { MEDIA_GATEWAY_URL: base };
    const replicas = await Promise.all([
      startGateway("gateway-proxies/server.js", own),
      startGateway("gateway-proxies/server.js", own),
    ]);
    const haproxy = start("haproxy", ["-db", "-f", join(folder, "gateway-proxies/haproxy.cfg")], {
      LISTEN: `127.0.0.1:${port}`,
      GATEWAY_ONE: replicas[0].host,
      GATEWAY_TWO: replicas[1].host,
    });
    await expect.poll(() => status(`${base}/readyz`)).toBe(404);
    await expectServes(base, () => [haproxy, ...replicas].map((one) => one.said()).join("\n"));

    // More than the sockets between would hold, so that it is under way when the replica ends.
    const { recording, urls } = mock.platform.addRecording({ size: 40_000_000 });
    const link = await linkTo(base, urls.spaceWav);
    const played = createHash("sha256");
    let at = 0;
    const reader = (await fetch(link)).body?.getReader();
    const take = async () => {
      const { value } = (await reader?.read()) ?? {};
      if (value) played.update(value);
      at += value?.byteLength ?? 0;
      return value !== undefined;
    };
    await take();
    const isServing = async ({ host }: { readonly host: string }) =>
      /^media_gateway_under_way 1$/m.test(await (await fetch(`http://${host}/metrics`)).text());
    const serving = (await isServing(replicas[0])) ? replicas[0] : replicas[1];
    expect(await isServing(serving)).toBe(true);
    await serving.end("SIGKILL");
    await expect(
      (async () => {
        while (await take());
      })(),
    ).rejects.toThrow();
    expect(at).toBeLessThan(40_000_000);

    // Twice, so that each of the two would have its turn.
    for (let round = 0; round < 2; round++) {
      expect((await fetch(link, { headers: { range: "bytes=0-9" } })).status).toBe(206);
    }
    const rest = await fetch(link, { headers: { range: `bytes=${at}-` } });
    expect([rest.status, rest.headers.get("content-range")]).toEqual([
      206,
      `bytes ${at}-39999999/40000000`,
    ]);
    played.update(Buffer.from(await rest.arrayBuffer()));
    const whole = createHash("sha256").update(await wholeOf(recording));
    expect(played.digest("hex")).toBe(whole.digest("hex"));
    expect(haproxy.said()).not.toContain(new URL(link).pathname.split("/")[2]);
  },
);

test.skipIf(!isThere("haproxy", "what HAProxy asks for twice"))(
  "HAProxy: what gets no answer is asked of the other, but an opening of a page is asked for once",
  async () => {
    const asked: string[] = [];
    const replicas = [0, 1].map(() =>
      createServer((request, response) => {
        if (request.url === "/readyz") return void response.end("ready\n");
        asked.push(request.method ?? "");
        // Gone, before it said a word.
        if (asked.length === 1) request.socket.destroy();
        else response.end("said");
      }),
    );
    const [one = "", two = ""] = await Promise.all(replicas.map((replica) => listen(replica)));
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    start("haproxy", ["-db", "-f", join(folder, "gateway-proxies/haproxy.cfg")], {
      LISTEN: `127.0.0.1:${port}`,
      GATEWAY_ONE: new URL(one).host,
      GATEWAY_TWO: new URL(two).host,
    });
    await expect.poll(() => status(`${base}/readyz`)).toBe(404);
    expect((await fetch(`${base}/s/one`, { method: "POST" })).status).toBe(502);
    expect(asked.splice(0)).toEqual(["POST"]);
    expect(await (await fetch(`${base}/m/one`)).text()).toBe("said");
    expect(asked).toEqual(["GET", "GET"]);
    for (const replica of replicas) {
      replica.closeAllConnections();
      replica.close();
    }
  },
);
