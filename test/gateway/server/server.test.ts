import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createLinks, generateKey } from "@media-protection/gateway/links";
import { keyFile, openAuditLog, verifyAuditLog } from "@media-protection/gateway/node";
import { startMockServer } from "@media-protection/mock/server";
import { createClient } from "@media-protection/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gatewayScene } from "../../helpers/mock/gateway-scene.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateway-server-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("keys are made once, for their owner alone, and read again", async () => {
  const path = join(folder, "keys");
  const [one, two] = await Promise.all([keyFile(path), keyFile(path)]);
  expect([one.isNew, two.isNew].sort()).toEqual([false, true]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await keyFile(path)).isNew).toBe(false);
  expect(one.ring).toEqual(two.ring);
});

describe("the audit log", () => {
  const event = {
    time: "2026-01-01T00:00:00.000Z",
    link: "AAAAAAAAAAA",
    medium: "recording/x/y",
    what: "play",
    status: 200,
    bytes: 10,
    end: "complete",
  } as const;

  test("goes on where it ended; a changed, missing or cut line breaks the chain at its number", async () => {
    const path = join(folder, "audit.jsonl");
    for (let round = 0; round < 2; round++) {
      const log = await openAuditLog(path);
      for (let line = 0; line < 3; line++) log.write({ ...event, bytes: line });
      log.close();
    }
    expect(await verifyAuditLog(path)).toMatchObject({ ok: true, lines: 6 });
    const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
    const tried = async (text: string) => {
      await writeFile(path, text);
      return verifyAuditLog(path);
    };
    const changed = lines.map((line, at) =>
      at === 2 ? line.replace('"bytes":2', '"bytes":9') : line,
    );
    expect(await tried(`${changed.join("\n")}\n`)).toMatchObject({ ok: false, line: 3 });
    expect(await tried(`${lines.toSpliced(1, 1).join("\n")}\n`)).toMatchObject({
      ok: false,
      line: 2,
    });
    await writeFile(path, lines.join("\n"));
    await appendFile(path, '\n{"cut');
    expect(await verifyAuditLog(path)).toMatchObject({ ok: false, line: 7 });
  });

  test("a line that a crash cut is taken off, and a line says so: the chain goes on", async () => {
    const path = join(folder, "crashed.jsonl");
    const log = await openAuditLog(path);
    log.write(event);
    log.close();
    await appendFile(path, '{"time":"2026-01-01T00:0');
    const next = await openAuditLog(path);
    next.write(event);
    next.close();
    expect(await verifyAuditLog(path)).toMatchObject({ ok: true, lines: 3 });
    const [, said] = (await readFile(path, "utf8")).split("\n");
    expect(JSON.parse(said ?? "")).toMatchObject({ what: "recovered", bytes: 24 });
  });

  test("has each link that was opened, with the bytes that were taken", async () => {
    const auditFile = join(folder, "opened.jsonl");
    const scene = await gatewayScene({ auditFile });
    const link = await scene.link(scene.mock.platform.addRecording().urls.space, {
      audience: "crm",
    });
    await (await fetch(link, { headers: { range: "bytes=0-9" } })).arrayBuffer();
    await scene[Symbol.asyncDispose]();
    const [line = "{}"] = (await readFile(auditFile, "utf8")).split("\n");
    expect(JSON.parse(line)).toMatchObject({
      what: "play",
      audience: "crm",
      range: "bytes=0-9",
      status: 206,
      bytes: 10,
      end: "complete",
      address: "127.0.0.1",
    });
    expect(await verifyAuditLog(auditFile)).toMatchObject({ ok: true, lines: 1 });
  });
});

test("operators have health, readiness and metrics without a label that a viewer chooses", async () => {
  await using scene = await gatewayScene();
  const link = await scene.link(scene.mock.platform.addRecording().urls.space);
  await (await fetch(link)).arrayBuffer();
  expect(await (await fetch(`${scene.running.url}/healthz`)).text()).toBe("ok\n");
  expect((await fetch(`${scene.running.url}/readyz`)).status).toBe(200);
  const metrics = await (await fetch(`${scene.running.url}/metrics`)).text();
  expect(metrics).toContain('media_gateway_links_total{what="play",end="complete"} 1');
  expect(metrics).toContain('media_gateway_answers_total{method="GET",status="200"}');
  expect(metrics).not.toContain(new URL(link).pathname);
});

test("a viewer who leaves takes the platform's connection with it", async () => {
  await using scene = await gatewayScene();
  const link = await scene.link(scene.mock.platform.addRecording({ size: 200_000_000 }).urls.space);
  const gone = new AbortController();
  const answer = await fetch(link, { signal: gone.signal });
  await answer.body?.getReader().read();
  gone.abort();
  await expect.poll(() => scene.audit[0]?.end).toBe("left");
  expect(scene.audit[0]?.bytes).toBeLessThan(200_000_000);
  expect(scene.running.gateway.underWay).toBe(0);
});

test("a viewer who stalls holds the platform back, and gets every byte when it goes on", async () => {
  await using scene = await gatewayScene();
  const size = 20_000_000;
  const { recording, urls } = scene.mock.platform.addRecording({ size });
  const link = await scene.link(urls.space);
  const { port, pathname } = new URL(link);
  const upstream: Socket[] = [];
  // Node publishes its own request there.
  const watch = (message: unknown) =>
    void upstream.push(
      (message as { readonly request: { readonly socket: Socket } }).request.socket,
    );
  subscribe("http.client.response.finish", watch);
  const stalled = connect(Number(port), "127.0.0.1").pause();
  stalled.write(`GET ${pathname} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  await once(stalled, "readable");
  unsubscribe("http.client.response.finish", watch);
  // Others are served meanwhile.
  for (let round = 0; round < 5; round++) {
    const part = await fetch(link, { headers: { range: "bytes=0-99999" } });
    expect((await part.arrayBuffer()).byteLength).toBe(100_000);
  }
  expect(scene.running.gateway.underWay).toBeGreaterThan(0);
  // A thousand who stall would hold as many chunks of the platform's in memory.
  expect(upstream.map((socket) => [socket.isPaused(), socket.readableLength])).toEqual([[true, 0]]);
  const got = createHash("sha256");
  let head = Buffer.alloc(0);
  let isBody = false;
  for await (const chunk of stalled) {
    if (isBody) {
      got.update(chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) continue;
    isBody = true;
    got.update(head.subarray(end + 4));
  }
  const whole = createHash("sha256");
  for await (const chunk of recording.files.wav.stream()) whole.update(chunk);
  expect(got.digest("hex")).toBe(whole.digest("hex"));
  await expect.poll(() => scene.audit.at(-1)).toMatchObject({ end: "complete", bytes: size });
});

test("an audit log that cannot be written ends neither the answer nor the process", async () => {
  await using scene = await gatewayScene({
    onAudit: () => {
      throw new Error("The disk is full.");
    },
  });
  const link = await scene.link(scene.mock.platform.addRecording({ size: 1000 }).urls.space);
  for (let round = 0; round < 2; round++) {
    expect((await (await fetch(link)).arrayBuffer()).byteLength).toBe(1000);
  }
  await expect.poll(() => scene.running.gateway.underWay).toBe(0);
  expect(scene.logged.join("\n")).toContain("Something failed.");
});

test("a process: prints its address, reads keys again on SIGHUP, and ends what is under way on SIGTERM", async () => {
  const mock = await startMockServer({ port: 0 });
  const { credentials } = mock.platform;
  await createClient({ space: mock.url, ...credentials }).protection.enable("all");
  const source = mock.platform.addRecording({ size: 3_000_000 }).urls.space;
  const keysFile = join(folder, "process.keys");
  const script = `import { runGateway } from "@media-protection/gateway/node";
    await runGateway({ port: 0, keysFile: ${JSON.stringify(keysFile)} });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    cwd: import.meta.dirname,
    env: {
      PATH: process.env["PATH"],
      SIGNALWIRE_SPACE: mock.url,
      SIGNALWIRE_PROJECT_ID: credentials.projectId,
      SIGNALWIRE_API_TOKEN: credentials.apiToken,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on("line", (line) => lines.push(line));
  const said = (what: RegExp) =>
    expect.poll(() => lines.find((line) => what.test(line)), { timeout: 15_000 });
  await said(/^Listening on /).toBeDefined();
  expect(lines[0]).toMatch(/a new one is in .*process\.keys/);
  const url =
    lines
      .find((line) => line.startsWith("Listening"))
      ?.split(" ")
      .at(-1) ?? "";
  const linksWith = async () =>
    createLinks({ keys: await readFile(keysFile, "utf8"), publicUrl: url });
  const old = await (await linksWith()).mint(source);
  expect((await fetch(old.url, { method: "HEAD" })).status).toBe(200);

  await writeFile(keysFile, generateKey());
  child.kill("SIGHUP");
  await said(/were read again/).toBeDefined();
  expect((await fetch(old.url, { method: "HEAD" })).status).toBe(404);
  await writeFile(keysFile, "nonsense");
  child.kill("SIGHUP");
  await said(/stay as they were/).toBeDefined();

  await writeFile(keysFile, generateKey());
  lines.length = 0;
  child.kill("SIGHUP");
  await said(/were read again/).toBeDefined();
  const { url: link } = await (await linksWith()).mint(source);
  const answer = await fetch(link);
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await said(/Ending/).toBeDefined();
  expect((await answer.arrayBuffer()).byteLength).toBe(3_000_000);
  expect((await ended)[0]).toBe(0);
  expect(lines.join("\n")).not.toContain(credentials.apiToken);
  await mock.close();
});
