import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
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
