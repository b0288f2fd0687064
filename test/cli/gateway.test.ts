import { once } from "node:events";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openAuditLog } from "@media-protection/gateway/node";
import { expect, test } from "vitest";
import { jsonLines, Shell } from "./cli.js";

// The gateway itself is tried in test/gateway; here, that a shell can start it, and seal links for it.

test("a gateway is started, makes its keys, and plays the links that link seals with them", async () => {
  await using shell = await Shell.open();
  const { platform } = shell.mock;
  const { recording, urls } = platform.addRecording({ seconds: 1 });
  platform.setProtection(recording.projectId, { recordings: true });
  const child = shell.start([
    "gateway",
    "--port",
    "0",
    "--keys",
    "keys",
    "--audit-file",
    "audit.jsonl",
  ]);
  const closed = once(child, "close");
  let said = "";
  const base = await new Promise<string>((resolve) => {
    child.stderr?.on("data", (chunk) => {
      said += chunk;
      const [, url] = /Listening on (\S+)/.exec(said) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
  expect(said).toContain("a new one is in keys");
  expect((await stat(join(shell.folder, "keys"))).mode & 0o777).toBe(0o600);

  const args = ["link", urls.space, "--keys", "keys", "--public-url", base, "--ttl", "15m"];
  const [link] = jsonLines((await shell.run([...args, "--audience", "crm", "--json"])).stdout);
  const url = String(link?.["url"]);
  expect((await fetch(urls.space)).status).toBe(401);
  const played = await fetch(url);
  expect(played.status).toBe(200);
  expect(Buffer.compare(Buffer.from(await played.arrayBuffer()), recording.files.wav.bytes())).toBe(
    0,
  );
  expect(
    (await fetch(url.replace(/.(?=\/[^/]*$)/, (one) => (one === "A" ? "B" : "A")))).status,
  ).toBe(404);

  const opened = await shell.run(["link", "open", url, "--keys", "keys", "--json"]);
  expect(jsonLines(opened.stdout)).toEqual([
    expect.objectContaining({ id: link?.["id"], audience: "crm", tier: "play" }),
  ]);
  child.kill("SIGTERM");
  await closed;
  expect(child.exitCode).toBe(0);
  const verified = await shell.run(["gateway", "verify-audit", "audit.jsonl"]);
  expect(verified.code).toBe(0);
  const log = await readFile(join(shell.folder, "audit.jsonl"), "utf8");
  expect(log + said + url).not.toContain(platform.credentials.apiToken);
});

test("credentials that open nothing are said at the start, and the token is not", async () => {
  await using shell = await Shell.open();
  shell.env["SIGNALWIRE_API_TOKEN"] = "PTsynthetic-wrong-canary";
  const child = shell.start(["gateway", "--port", "0"]);
  const closed = once(child, "close");
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  const line = await new Promise<string>((resolve) => {
    child.stdout?.once("data", (chunk) => resolve(String(chunk)));
  });
  child.kill("SIGTERM");
  await closed;
  const { time, ...told } = JSON.parse(line);
  expect(told).toMatchObject({
    level: "error",
    msg: expect.stringContaining("nothing protected plays"),
  });
  expect(new Date(time).toISOString()).toBe(time);
  expect(line + said).not.toContain("wrong-canary");
});

test("a files host that takes the token as Bearer plays with --media-auth, and is not nginx's", async () => {
  await using shell = await Shell.open();
  const { platform, origins } = shell.mock;
  const { recording, urls } = platform.addRecording({ seconds: 1 });
  platform.setProtection(recording.projectId, { recordings: true });
  platform.setSwitches({ filesHostAuth: "bearer" });
  const child = shell.start(["gateway", "--port", "0", "--keys", "keys", "--media-auth", "bearer"]);
  const closed = once(child, "close");
  const base = await new Promise<string>((resolve) => {
    let said = "";
    child.stderr?.on("data", (chunk) => {
      said += chunk;
      const [, url] = /Listening on (\S+)/.exec(said) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
  const args = ["link", urls.files, "--keys", "keys", "--public-url", base, "--json"];
  const [link] = jsonLines((await shell.run(args)).stdout);
  expect((await fetch(String(link?.["url"]))).status).toBe(200);
  // Who comes next is told what the port has to be.
  const taken = await shell.run(["gateway", "--port", new URL(base).port]);
  expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining("nobody listens on")]);
  child.kill("SIGTERM");
  await closed;
  const blocks = [
    "gateway",
    "nginx",
    "--authorization-file",
    "auth.conf",
    "--media-auth",
    "bearer",
  ];
  const { stdout } = await shell.run(blocks);
  expect(stdout).toContain(new URL(origins.space).host);
  expect(stdout).not.toContain(new URL(origins.files).host);
});

test("a log whose end was cut off does not hold the last hash that was kept", async () => {
  await using shell = await Shell.open();
  const path = join(shell.folder, "audit.jsonl");
  const log = await openAuditLog(path);
  const event = { time: "2026-01-01T00:00:00.000Z", link: "aaaaaaaaaaa", medium: "recording/x" };
  for (const status of [200, 206]) {
    log.write({ ...event, what: "play", status, end: "complete", bytes: 1 });
  }
  log.close();
  const check = (...more: string[]) =>
    shell.run(["gateway", "verify-audit", "audit.jsonl", ...more]);
  const [{ lastHash } = {}] = jsonLines((await check()).stdout);
  const last = ["--last", String(lastHash)];
  expect((await check(...last)).code).toBe(0);
  const [first] = (await readFile(path, "utf8")).split("\n");
  await writeFile(path, `${first}\n`);
  expect((await check()).code).toBe(0);
  const { code, stdout } = await check(...last);
  expect([code, stdout]).toEqual([2, expect.stringContaining("was cut off")]);
});

test.each([
  ["no URL", ["link"], "Name the URLs"],
  ["no gateway", ["link", "https://example.signalwire.com/x"], "--public-url"],
  [
    "no keys",
    ["link", "https://example.signalwire.com/x", "--public-url", "https://m.example"],
    "MEDIA_GATEWAY_KEYS",
  ],
  ["a length that is none", ["link", "https://x.example/", "--ttl", "soon"], "--ttl"],
  ["a port that is none", ["gateway", "--port", "http"], "--port"],
  ["no audit log", ["gateway", "verify-audit", "none.jsonl"], "none.jsonl"],
  ["a hash that is none", ["gateway", "verify-audit", "x", "--last", "abc"], "--last"],
])("%s is one line that says what to do", async (_, args, said) => {
  await using shell = await Shell.open();
  const { code, stderr, stdout } = await shell.run(args);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(said);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test("nginx's blocks are printed without the credentials, which are in a file for root alone", async () => {
  await using shell = await Shell.open();
  const args = ["gateway", "nginx", "--authorization-file", "auth.conf"];
  const { code, stdout, stderr } = await shell.run(args);
  expect([code, stdout]).toEqual([0, expect.stringContaining("X-Accel")]);
  const { space, files } = shell.mock.origins;
  for (const origin of [space, files]) expect(stdout).toContain(new URL(origin).host);
  const file = join(shell.folder, "auth.conf");
  expect(stdout).toContain(file);
  const { projectId, apiToken } = shell.mock.platform.credentials;
  const basic = Buffer.from(`${projectId}:${apiToken}`).toString("base64");
  expect(await readFile(file, "utf8")).toContain(basic);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(stdout + stderr).not.toContain(basic);
  expect(stdout + stderr).not.toContain(apiToken);
  // Never over one that is there.
  expect((await shell.run(args)).code).toBe(1);
});
