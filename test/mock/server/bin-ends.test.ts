import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { endedProcess, startProcess } from "../state/mock-process.js";

/** One request, answered whatever the certificate. */
function askInsecurely(url: string): Promise<unknown> {
  const asked = request(`${url}/api/projects`, { rejectUnauthorized: false, agent: false });
  asked.end();
  return once(asked, "response");
}

/** Whether somebody listens on a port. */
function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

test.each([
  ["SIGINT", "SIGTERM"],
  ["SIGTERM", "SIGINT"],
  ["SIGINT", "SIGINT"],
] as const)("a server that is told to end by %s ends at once on %s", async (first, second) => {
  const { child, url, certificate = "" } = await startProcess(["--port", "0", "--https"]);
  onTestFinished(() => void child.kill("SIGKILL"));
  expect(existsSync(certificate)).toBe(true);
  const port = Number(new URL(url).port);
  // A request that nobody finishes keeps it for its two seconds.
  const socket = connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false });
  socket.on("error", () => {});
  await once(socket, "secureConnect");
  socket.write("POST /api/projects HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n");
  await askInsecurely(url);
  const ended = once(child, "close");
  child.kill(first);
  // It has heard the first when it takes nobody any more.
  while (await listens(port));
  child.kill(second);
  expect(await ended).toEqual([null, second]);
  expect(existsSync(certificate)).toBe(false);
  socket.destroy();
});

test("what fails when the ports are open closes them, and is one line", async () => {
  const folder = await mkdtemp(join(tmpdir(), "mock-ends-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "file");
  await writeFile(file, "");
  // Where the certificate cannot be put: it would go on listening, and never end.
  const env = { ...process.env, TMPDIR: file, TMP: file, TEMP: file };
  const { code, out, err } = await endedProcess(["--port", "0", "--https"], env);
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toMatch(/^media-protection-mock: ENOTDIR.*\n$/);
});

test.each([
  ["--host", ""],
  ["--host", " "],
  ["--host", "127.0.0.1:80"],
  ["--host", "http://localhost"],
  ["--host", "[::1]"],
  ["--host", "fe80::1%lo"],
  ["--public-host", ""],
  ["--public-host", "a b"],
  ["--public-host", "http://mock"],
  ["--public-host", "mock:4010"],
  ["--public-host", "-mock"],
  ["--public-host", "a/b"],
])("%s %j cannot be, and is told in one line", async (option, value) => {
  const { code, out, err } = await endedProcess(["--port", "0", `${option}=${value}`]);
  expect({ code, out }).toEqual({ code: 1, out: "" });
  const name = option === "--host" ? "host" : "publicHost";
  expect(err).toMatch(new RegExp(`^media-protection-mock: Option "${name}" must be .*\\n$`));
});
