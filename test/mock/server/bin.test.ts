import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { seededCredentials } from "@media-protection/mock";
import { startMockServer } from "@media-protection/mock/server";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { basic } from "../scene.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const bin = fileURLToPath(new URL("../../../mock/dist/bin.js", import.meta.url));
const children: ChildProcessWithoutNullStreams[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [bin, ...args]);
  children.push(child);
  return child;
}

/** Runs to the end. */
async function finish(...args: readonly string[]) {
  const child = run(...args);
  const output = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    output.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output.err += chunk;
  });
  const [code] = await once(child, "close");
  return { code, ...output };
}

/** Where the command line, whoever started it, says that the space is. */
async function spaceIn(output: Readable): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const [, space] = /^space +(\S+)$/.exec(line) ?? [];
    if (space !== undefined) return space;
  }
  throw new Error("It ended without saying where it is.");
}

/** @param pid negative for a process group */
function killIfAlive(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** Runs until it has said everything it says at the start, and hears what it says later. */
async function started(...args: readonly string[]) {
  const child = run("--port", "0", ...args);
  const lines: string[] = [];
  const heard = new Set<() => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    for (const hear of heard) hear();
  });
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!holds()) return;
        heard.delete(look);
        resolve();
      };
      heard.add(look);
      child.once("close", () => reject(new Error(`It ended, having said:\n${lines.join("\n")}`)));
      look();
    });
  await until(() => lines.some((line) => line.startsWith("curl") && line.includes("-o recording")));
  const [space = ""] = lines.join("\n").match(/http:\/\/127\.0\.0\.1:\d+/) ?? [];
  return { child, lines, until, space };
}

/** The statuses that the comments above the curl lines promise; that of a change is 200. */
function promised(lines: readonly string[]): number[] {
  const curls = lines.flatMap((line, index) => (line.startsWith("curl ") ? [index] : []));
  return curls.map((index) => Number(/: (\d{3})$/.exec(lines[index - 1] ?? "")?.[1] ?? 200));
}

/** Runs what is to be pasted in a POSIX shell, all of it; the statuses that were answered. */
async function runCurls(lines: readonly string[]): Promise<number[]> {
  const pasted = lines.slice(lines.findIndex((line) => line.startsWith("# Paste")));
  // So that the prompt does not follow the answer on its line.
  const curls =
    pasted
      .join("\n")
      .replaceAll("\\\n", "")
      .match(/^curl .*$/gm) ?? [];
  for (const line of curls) expect(line).toMatch(/ -w '[^']*\\n' /);
  // Lines that a terminal does not break, but for the URL of the medium.
  const long = pasted.filter(
    (line) => line.length > 80 && !line.startsWith("export RECORDING_URL"),
  );
  expect(long).toEqual([]);
  // A curl that answers the status that its URL has; the machine need not have the real one.
  const fakeCurl = `curl() { '${process.execPath}' --input-type=module -e '
    const args = process.argv.slice(1);
    const after = (flag) => args[args.indexOf(flag) + 1];
    const headers = {};
    if (args.includes("-u")) headers.authorization = "Basic " + btoa(after("-u"));
    if (args.includes("-H")) headers["content-type"] = "application/json";
    const method = args.includes("-X") ? after("-X") : "GET";
    const body = args.includes("-d") ? after("-d") : undefined;
    const response = await fetch(args.at(-1), { method, headers, body, redirect: "manual" });
    await response.arrayBuffer();
    console.log(response.status);
  ' -- "$@"; }`;
  const shell = spawn("sh", ["-c", [fakeCurl, ...pasted].join("\n")]);
  let said = "";
  shell.stdout.on("data", (chunk) => {
    said += chunk;
  });
  await once(shell, "close");
  return said.trim().split("\n").map(Number);
}

describe("the command line", () => {
  test("says where it is, whose it is, and what to try", async () => {
    const { lines, space } = await started();
    const text = lines.join("\n");
    expect(text).toContain(seededCredentials.projectId);
    expect(text).toContain(seededCredentials.apiToken);
    expect(lines.filter((line) => line.startsWith("curl "))).toHaveLength(4);
    const { projectId, apiToken } = seededCredentials;
    const headers = basic(projectId, apiToken);
    expect((await fetch(`${space}/api/projects/${projectId}`, { headers })).status).toBe(200);
  });

  test.each([
    ["at first", []],
    ["where the denial is another", ["--switch", "deniedStatus=404"]],
    ["where media come by a redirect", ["--switch", "redirectToStorage=true"]],
  ])(
    "prints curl lines that a POSIX shell runs as they are, and what they answer, %s",
    async (_, args) => {
      const { lines } = await started(...args);
      expect(await runCurls(lines)).toEqual(promised(lines));
      expect(promised(lines)).toHaveLength(4);
    },
  );

  test("prints no line about public media where a saved state protects them", async () => {
    const folder = await mkdtemp(join(tmpdir(), "media-protection-bin-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const state = ["--state", join(folder, "state.json")];
    const first = await started(...state);
    await runCurls(first.lines);
    first.child.kill("SIGTERM");
    await once(first.child, "close");
    const { lines } = await started(...state);
    expect(await runCurls(lines)).toEqual(promised(lines));
    expect(promised(lines)).toEqual([401, 200]);
  });

  test("logs each request in a line, without its secrets or control characters", async () => {
    const { lines, until, space } = await started();
    const { projectId, apiToken } = seededCredentials;
    const before = lines.length;
    const url = `${space}/api/projects/%1b%5b31m?secret=1`;
    await fetch(url, { headers: basic(projectId, apiToken) });
    await until(() => lines.length > before);
    const logged = lines.slice(before).join("\n");
    expect(logged).toMatch(/ 404 GET +space +\/api\/projects\/\\u001b\[31m {2}allow: own-project$/);
    expect(logged).not.toContain("secret");
  });

  test("says nothing of requests when it is quiet", async () => {
    const { child, lines, space } = await started("--quiet");
    const before = lines.length;
    await fetch(`${space}/api/projects`);
    child.kill("SIGTERM");
    await once(child, "close");
    expect(lines.slice(before)).toEqual([]);
  });

  test("never shows a token that is not the seeded one", async () => {
    const { lines, space } = await started("--api-token", "PT-canary");
    const text = lines.join("\n");
    expect(text).not.toContain("PT-canary");
    expect(text).toMatch(/^export SIGNALWIRE_API_TOKEN {2}# as you gave it/m);
    const headers = basic(seededCredentials.projectId, "PT-canary");
    expect((await fetch(`${space}/api/projects`, { headers })).status).toBe(200);
  });

  test("sets switches, the space and the project", async () => {
    const projectId = "0b1d7c5e-8a53-4c0e-9f0c-2d6f2a1e7b11";
    const { space } = await started(
      ...["--space", "acme", "--project-id", projectId],
      ...["--switch", "deniedStatus=403", "--switch", "cors=false"],
    );
    const response = await fetch(`${space}/__mock/switches`);
    const { switches } = (await response.json()) as { switches: object };
    expect(switches).toMatchObject({ deniedStatus: 403, cors: false });
    const headers = basic(projectId, seededCredentials.apiToken);
    expect((await fetch(`${space}/api/projects/${projectId}`, { headers })).status).toBe(200);
  });

  test.each(["SIGTERM", "SIGINT"] as const)(
    "ends with status 0 on %s, even in the middle of an answer",
    async (signal) => {
      const { child, space } = await started("--quiet");
      const response = await fetch(`${space}/__mock/media`, {
        method: "POST",
        body: JSON.stringify({ kind: "recording", size: 2 ** 30 }),
      });
      const { urls } = (await response.json()) as { urls: { space: string } };
      const reader = (await fetch(urls.space)).body?.getReader();
      await reader?.read();
      child.kill(signal);
      expect(await once(child, "close")).toEqual([0, null]);
      await reader?.cancel().catch(() => undefined);
    },
  );

  test.skipIf(process.platform === "win32")(
    "ends with npm, when npm start is ended by SIGTERM",
    async () => {
      // A process group of its own, so that nothing is left if this fails.
      const npm = spawn("npm", ["start", "--", "--port", "0"], { cwd: root, detached: true });
      onTestFinished(() => killIfAlive(-(npm.pid ?? 0)));
      const space = await spaceIn(npm.stdout);
      expect((await fetch(`${space}/api/projects`)).status).toBe(401);
      npm.kill("SIGTERM");
      // Its output is closed by the last process that holds it, which is the server.
      await once(npm, "close");
      await expect(fetch(`${space}/api/projects`)).rejects.toThrow();
    },
  );

  test("outlives its parent unless it is told to end with it", async () => {
    const orphan = async (...args: readonly string[]) => {
      // A parent that waits until it is killed, in a process group of its own with its child.
      const starting = `require("node:child_process").spawn(
        process.execPath,
        ${JSON.stringify([bin, "--port", "0", "--quiet", ...args])},
        { stdio: "inherit" },
      )`;
      const parent = spawn(process.execPath, ["-e", starting], { detached: true });
      onTestFinished(() => killIfAlive(-(parent.pid ?? 0)));
      const space = await spaceIn(parent.stdout);
      parent.kill("SIGKILL");
      await once(parent, "exit");
      return space;
    };
    const [ends, stays] = [await orphan("--end-with-parent"), await orphan()];
    await vi.waitFor(() => expect(fetch(ends)).rejects.toThrow(), { timeout: 10_000 });
    expect((await fetch(`${stays}/api/projects`)).status).toBe(401);
  });

  test("explains itself", async () => {
    const { code, out, err } = await finish("--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("--api-token");
    expect(out).toContain("deniedStatus=401|403|404 (401)");
  });
});

/** A port that is taken, with a free one before it: below those that systems give out for port 0. */
async function behindFreePort(): Promise<{ readonly server: Server; readonly taken: number }> {
  const listening = async (port: number) => {
    const server = createServer();
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return server;
  };
  for (let port = 20_000 + (process.pid % 10_000); ; port += 2) {
    try {
      (await listening(port)).close();
      return { server: await listening(port + 1), taken: port + 1 };
    } catch (error) {
      if (port > 32_000) throw error;
    }
  }
}

describe("what cannot be", () => {
  const oneLine = (message: string) => new RegExp(`^media-protection-mock: .*${message}.*\\n$`);

  test("is a port in use: one line, status 1", async () => {
    const other = await startMockServer({ port: 0 });
    const { port } = new URL(other.url);
    const { code, out, err } = await finish("--port", port);
    await other.close();
    expect(err).toMatch(oneLine(`Port ${port} on 127\\.0\\.0\\.1 is in use`));
    expect({ code, out }).toEqual({ code: 1, out: "" });
  });

  test("is the port after it in use: the same", async () => {
    const { server, taken } = await behindFreePort();
    const { code, err } = await finish("--port", String(taken - 1));
    server.close();
    expect(err).toMatch(oneLine(`Port ${taken} on 127\\.0\\.0\\.1 is in use`));
    expect(code).toBe(1);
  });

  test.each([
    [["--port", "abc"], "--port"],
    [["--port", "65534"], "from 0 to 65533"],
    [["--port"], "--port"],
    [["--project-id", "1"], '"projectId" must be a UUID'],
    [["--api-token", ""], '"apiToken" must be'],
    [["--space", "a.b"], '"spaceName" must be'],
    [["--switch", "deniedStatus=200"], "cannot be .*Allowed: 401, 403, 404"],
    [["--switch", "nothing=1"], 'Unknown switch "nothing"'],
    [["--switch", "cors"], "name=value"],
    [["--host", "no.such.host.invalid"], "no.such.host.invalid"],
    [["--nothing"], "--nothing"],
    [["serve"], "too many arguments|serve"],
  ] as const)("is %j: one line, status 1", async (args, message) => {
    const { code, out, err } = await finish("--port", "0", ...args);
    expect(err).toMatch(oneLine(message));
    expect({ code, out }).toEqual({ code: 1, out: "" });
  });
});
