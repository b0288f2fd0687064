import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GatewayScene, gatewayScene } from "../../helpers/mock/gateway-scene.js";

const run = promisify(execFile);
let scene: GatewayScene;
let folder: string;
let link: string;
let bytes: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateway-tools-"));
  scene = await gatewayScene();
  const { spaceWav } = scene.mock.platform.addRecording({ seconds: 20 }).urls;
  const media = await scene.client.media.download(spaceWav);
  bytes = Buffer.from(await media.bytes());
  link = await scene.link(spaceWav);
});
afterAll(async () => {
  await scene[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const fetchRest =
  "import sys, urllib.request; open(sys.argv[2], 'wb').write(urllib.request.urlopen(sys.argv[1]).read())";
const tools: Readonly<Record<string, (file: string) => string[]>> = {
  "curl -C -": (file) => ["curl", "-sf", "-C", "-", "-o", file, link],
  "wget -c": (file) => ["wget", "-q", "-c", "-O", file, link],
  "Python's urllib": (file) => ["python3", "-c", fetchRest, link, file],
};

describe.each(Object.entries(tools))("%s", (name, commandFor) => {
  const [program = ""] = name === "Python's urllib" ? ["python3"] : name.split(" ");
  const isThere = spawnSync(program, ["--version"]).status === 0;
  if (!isThere) process.stderr.write(`Skipped: ${name}, since ${program} is not installed.\n`);

  test.skipIf(!isThere)("gets the platform's bytes, from where its part ends", async () => {
    const file = join(folder, program);
    await writeFile(file, bytes.subarray(0, 1234));
    const [command = "", ...args] = commandFor(file);
    await run(command, args);
    expect(Buffer.compare(await readFile(file), bytes)).toBe(0);
  });
});

test("a client of HTTP/1.0 gets the bytes, and then the end", async () => {
  const { port, pathname } = new URL(link);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(`GET ${pathname} HTTP/1.0\r\n\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  const all = Buffer.concat(chunks);
  expect(Buffer.compare(all.subarray(all.indexOf("\r\n\r\n") + 4), bytes)).toBe(0);
});

describe("ffmpeg and ffprobe", () => {
  const isThere = ["ffmpeg", "ffprobe"].every((one) => spawnSync(one, ["-version"]).status === 0);
  if (!isThere)
    process.stderr.write("Skipped: ffmpeg and ffprobe, since they are not installed.\n");

  test.skipIf(!isThere)("tell a recording's length, and seek in it by a range", async () => {
    // So long that a seek is not read up to.
    const { spaceWav } = scene.mock.platform.addRecording({ seconds: 600 }).urls;
    const long = await scene.link(spaceWav);
    const probe = ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", long];
    const { stdout } = await run("ffprobe", probe);
    expect(Number(stdout)).toBeCloseTo(600, 1);

    scene.audit.length = 0;
    const file = join(folder, "last.raw");
    await run("ffmpeg", [
      "-v",
      "error",
      "-ss",
      "599",
      "-i",
      long,
      "-c",
      "copy",
      "-f",
      "s16le",
      file,
    ]);
    const last = await readFile(file);
    expect(last.length).toBeGreaterThan(0);
    const media = await scene.client.media.download(spaceWav);
    const whole = Buffer.from(await media.bytes());
    expect(Buffer.compare(last, whole.subarray(whole.length - last.length))).toBe(0);
    await expect
      .poll(() =>
        Math.max(...scene.audit.map(({ range = "" }) => Number(/\d+/.exec(range)?.[0] ?? 0))),
      )
      .toBeGreaterThan(whole.length * 0.9);
  });
});
