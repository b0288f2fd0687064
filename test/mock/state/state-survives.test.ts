import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MockServer, StateError, startMockServer } from "@media-protection/mock/server";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { basic, json, sending } from "../scene.js";
import { endedProcess, type MockProcess, startProcess } from "./mock-process.js";

let folder: string;
let file: string;
const cleanUps: (() => unknown)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mock-state-"));
  file = join(folder, "state.json");
});

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  await rm(folder, { recursive: true });
});

async function begin(...args: Parameters<typeof startProcess>): Promise<MockProcess> {
  const started = await startProcess(...args);
  cleanUps.push(() => started.child.kill("SIGKILL"));
  return started;
}

async function start(options: object = {}): Promise<MockServer> {
  const server = await startMockServer({ port: 0, state: file, ...options });
  cleanUps.push(() => server.close().catch(() => {}));
  return server;
}

const renameProject = (server: MockProcess, name: string) =>
  fetch(server.project, sending("PATCH", server.headers, { name }));
const nameAt = async ({ project, headers }: MockProcess) =>
  (await json<{ name: string }>(fetch(project, { headers }))).name;

describe("kill -9", () => {
  test("loses nothing that was answered, whatever was under way", async () => {
    let server = await begin(["--port", "0", "--state", file]);
    const answered = new Set<string>();
    for (let round = 0; round < 3; round++) {
      const changes = Array.from({ length: 40 }, async (_, index) => {
        const name = `Branch ${round}.${index}`;
        const body = sending("POST", server.headers, { name });
        const created = await fetch(`${server.url}/api/projects`, body).catch(() => undefined);
        if (created?.status === 201) answered.add(name);
        // Half of them are answered, and the others in every stage of being made.
        if (index === 20) await server.kill();
      });
      await Promise.all(changes);
      server = await begin(["--port", "0", "--state", file]);
      const { headers } = server;
      const list = fetch(`${server.url}/api/projects?page_size=1000`, { headers });
      const { data } = await json<{ data: { name: string }[] }>(list);
      const kept = new Set(data.map(({ name }) => name));
      expect([...answered].filter((name) => !kept.has(name))).toEqual([]);
    }
    expect(answered.size).toBeGreaterThan(0);
  });

  test("leaves a lock that is recognised as nobody's", async () => {
    const server = await begin(["--port", "0", "--state", file]);
    await server.kill();
    expect(await readdir(folder)).toContain("state.json.lock");
    expect(
      (await renameProject(await begin(["--port", "0", "--state", file]), "Again")).status,
    ).toBe(200);
  });

  test("in the middle of a line leaves out that line and no other", async () => {
    const server = await begin(["--port", "0", "--state", file]);
    await renameProject(server, "First");
    const first = await readFile(file);
    await renameProject(server, "Second");
    await server.kill();
    const whole = await readFile(file);
    for (const end of [first.length + 1, whole.length - 1]) {
      await writeFile(file, whole.subarray(0, end));
      const again = await begin(["--port", "0", "--state", file]);
      expect(await nameAt(again)).toBe("First");
      await again.kill();
    }
  });
});

describe("a second start", () => {
  test("on the same ports changes nothing, and leaves the first one its state", async () => {
    const server = await begin(["--port", "0", "--state", file]);
    await fetch(`${server.url}/__mock/switches`, sending("PATCH", {}, { deniedStatus: 404 }));
    const before = await readFile(file);
    const port = new URL(server.url).port;
    const second = await endedProcess(["--port", port, "--state", file]);
    expect(second.code).toBe(1);
    expect(second.err).toContain(`Port ${port} on 127.0.0.1 is in use`);
    expect((await readFile(file)).equals(before)).toBe(true);
    await server.kill();
    const third = await begin(["--port", "0", "--state", file]);
    const { switches } = await json<{ switches: object }>(fetch(`${third.url}/__mock/switches`));
    expect(switches).toMatchObject({ deniedStatus: 404 });
  });

  test("on other ports is refused, and names the process that has the state", async () => {
    const server = await begin(["--port", "0", "--state", file]);
    await renameProject(server, "First");
    const before = await readFile(file);
    const second = await endedProcess(["--port", "0", "--state", file]);
    expect(second.code).toBe(1);
    expect(second.err).toContain(`process id ${server.child.pid} uses it`);
    expect(second.err.trim().split("\n")).toHaveLength(1);
    expect((await readFile(file)).equals(before)).toBe(true);
    expect((await renameProject(server, "Still")).status).toBe(200);
  });

  test("in the same process is refused, through a link, too", async () => {
    const first = await start();
    const link = join(folder, "link.json");
    await symlink(file, link);
    for (const state of [file, link]) {
      const second = startMockServer({ port: 0, state });
      await expect(second).rejects.toThrow(StateError);
      await expect(second).rejects.toThrow("another server of this process uses it");
    }
    await first.close();
    await start();
  });

  test("that fails gives the state back, and closes its ports", async () => {
    await writeFile(file, "no state");
    await expect(start()).rejects.toThrow("no JSON");
    await rm(file);
    await start();
  });
});

test.each([
  ["another process had its number", { started: "long ago" }],
  ["its process is gone", { pid: 2 ** 22 + 1 }],
])("a lock of this machine is nobody's when %s", async (_, change) => {
  const running = await start();
  const holder = JSON.parse(await readFile(`${file}.lock`, "utf8"));
  await running.close();
  // The parent of the tests runs, and is no mock.
  await writeFile(`${file}.lock`, JSON.stringify({ ...holder, pid: process.ppid, ...change }));
  await start();
});

test("a lock of another machine counts, and the error says which file it is", async () => {
  await writeFile(`${file}.lock`, JSON.stringify({ pid: 1, host: "elsewhere", started: "" }));
  await expect(start()).rejects.toThrow(`as ${file}.lock says; remove that file`);
});

describe("a save that fails", () => {
  test.each([
    [
      "the folder is gone",
      () => rename(folder, `${folder}-away`),
      () => rename(`${folder}-away`, folder),
    ],
    [
      "a folder is in the place of the file",
      async () => {
        await rename(file, `${file}-away`);
        await mkdir(file);
      },
      () => rm(file, { recursive: true }),
    ],
  ])("because %s is a 500 after which nothing has changed", async (_, harm, mend) => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const { url, platform } = await start();
    const { projectId, apiToken } = platform.credentials;
    const headers = basic(projectId, apiToken);
    const [medium] = platform.recordings.of(projectId);
    const path = `/api/relay/rest/recordings/${medium?.entity.id}`;
    const listed = () => json(fetch(`${url}/api/relay/rest/recordings`, { headers }));
    await fetch(`${url}/__mock/media`, sending("POST", {}, { kind: "recording" }));
    const before = [await listed(), platform.switches, platform.idPosition];

    await harm();
    const changes: [string, RequestInit][] = [
      [
        `/api/projects/${projectId}`,
        sending("PATCH", headers, { name: "x", protect_recordings: true }),
      ],
      ["/api/projects", sending("POST", headers, { name: "New" })],
      [path, { method: "DELETE", headers }],
      ["/__mock/media", sending("POST", {}, { kind: "faxMedia" })],
      ["/__mock/switches", sending("PATCH", {}, { deniedStatus: 404 })],
      ["/__mock/reset", { method: "POST" }],
    ];
    for (const [target, init] of changes) {
      expect([target, (await fetch(url + target, init)).status]).toEqual([target, 500]);
    }
    const project = await json(fetch(`${url}/api/projects/${projectId}`, { headers }));
    expect(project).toMatchObject({ name: "Example project", protect_recordings: false });
    expect([await listed(), platform.switches, platform.idPosition]).toEqual(before);
    expect(platform.projects.size).toBe(2);

    await mend();
    expect((await fetch(url + path, { method: "DELETE", headers })).status).toBe(204);
    vi.restoreAllMocks();
  });

  test("because the disk is full leaves a state that the next start reads", async () => {
    await (await start()).close();
    const blocks = Math.ceil((await stat(file)).size / 1024) + 1;
    const server = await begin(["--port", "0", "--state", file], blocks);
    let last = "Example project";
    let refused = 0;
    for (let round = 0; refused < 3; round++) {
      const name = `${round} `.padEnd(100, "x");
      const { status } = await renameProject(server, name);
      if (status === 200) last = name;
      else refused++;
      expect([200, 500]).toContain(status);
      expect(await nameAt(server)).toBe(last);
    }
    await server.kill();
    expect(await nameAt(await begin(["--port", "0", "--state", file]))).toBe(last);
  });
});

test("a token that was revoked stays so after a restart", async () => {
  const server = await start();
  const { projectId, apiToken } = server.platform.credentials;
  const revoke = sending("POST", {}, { token: apiToken });
  expect((await fetch(`${server.url}/__mock/tokens/revoke`, revoke)).status).toBe(204);
  await server.close();
  const again = await start();
  const headers = basic(projectId, apiToken);
  expect((await fetch(`${again.url}/api/projects`, { headers })).status).toBe(401);
});
