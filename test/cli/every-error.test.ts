import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createProgram } from "../../packages/cli/dist/program.js";
import { projectId } from "../helpers/origins/scripted-client.js";
import { canary, expectNoCanary, expectNoCanaryIn } from "../helpers/secrets/canary.js";

// Every command against a platform that goes wrong in each way for which the SDK has an error, and that
// says in every answer what it was told: whatever it is, it is one line, exit 1, and nobody learns the
// token. In this process, since there are many; what a process of its own does is in commands.test.ts.

let server: Server;
let folder: string;
let space: string;
let fail: (request: IncomingMessage, response: ServerResponse) => void;
/** The command lines of all processes while a request was on its way. */
let processes = "";
const home = process.cwd();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "media-protection-errors-"));
  server = createServer((request, response) => {
    if (processes === "") processes = commandLines();
    fail(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  // The server listens on TCP, so its address is not a pipe's name.
  space = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.chdir(folder);
  await writeFile("protection.yaml", "default: { recordings: on }\n");
  const [before, after] = [{ recordings: false }, { recordings: true }];
  const line = { projectId, name: "Sales", before, after };
  await writeFile("journal.jsonl", `${JSON.stringify({ time: new Date(0), ...line })}\n`);
});

afterAll(async () => {
  process.chdir(home);
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

function commandLines(): string {
  if (process.platform !== "linux") return process.argv.join(" ");
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8");
      } catch {
        return "";
      }
    })
    .join("\n");
}

/** Runs a command here; waits between tries are cut short. */
async function run(args: readonly string[]) {
  const said = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      said[name] += String(text);
      return true;
    }),
  );
  const wait = globalThis.setTimeout;
  vi.stubGlobal("setTimeout", (act: () => void, ms = 0, ...rest: unknown[]) =>
    Reflect.apply(wait, globalThis, [act, ms < 10_000 ? Math.min(ms, 2) : ms, ...rest]),
  );
  vi.stubEnv("SIGNALWIRE_SPACE", space);
  vi.stubEnv("SIGNALWIRE_PROJECT_ID", projectId);
  vi.stubEnv("SIGNALWIRE_API_TOKEN", canary);
  process.exitCode = undefined;
  try {
    await createProgram().parseAsync(args, { from: "user" });
    return { ...said, code: process.exitCode };
  } finally {
    process.exitCode = undefined;
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}

/** Answers with a status, and echoes what it was told wherever it can. */
const echo =
  (status: number, fields: Record<string, string> = {}): typeof fail =>
  (request, response) => {
    const told = request.headers.authorization ?? "nothing";
    const token = Buffer.from(told.replace("Basic ", ""), "base64").toString();
    response.writeHead(status, { "content-type": "application/json", "x-echo": told, ...fields });
    response.end(
      JSON.stringify({ message: `${told} ${token}`, errors: [{ detail: token, code: told }] }),
    );
  };

const failures: Readonly<Record<string, typeof fail>> = {
  AuthenticationError: echo(401, { "www-authenticate": "Basic" }),
  PermissionError: echo(403),
  NotFoundError: echo(404),
  ValidationError: echo(422),
  RateLimitError: echo(429, { "retry-after": "0" }),
  ServerError: echo(500),
  ResponseError: echo(418),
  RedirectError: (request, response) => {
    const told = encodeURIComponent(request.headers.authorization ?? "");
    response.writeHead(302, { location: `http://evil.example/${told}` }).end();
  },
  UnexpectedAnswerError: (request, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end(`<h1>${request.headers.authorization}</h1>`);
  },
  IntegrityError: (_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"data": [', () => response.destroy());
  },
  ConnectionError: (_, response) => void response.destroy(),
};

const medium = () =>
  `${space}/api/laml/2010-04-01/Accounts/${projectId}/Recordings/${projectId}.wav`;

const commands: Readonly<Record<string, () => readonly string[]>> = {
  status: () => ["status"],
  "status --all": () => ["status", "--all"],
  set: () => ["set", "recordings=on", "--yes"],
  plan: () => ["plan"],
  apply: () => ["apply", "--yes"],
  rollback: () => ["rollback", "journal.jsonl", "--yes"],
  watch: () => ["watch", "--once"],
  audit: () => ["audit", "--report", "audit.html"],
  doctor: () => ["doctor"],
  "ls projects": () => ["ls", "projects"],
  "ls recordings": () => ["ls", "recordings", "--json"],
  "ls messages": () => ["ls", "messages"],
  "ls faxes": () => ["ls", "faxes"],
  download: () => ["download", medium(), "--to", "media"],
  export: () => ["export", "--to", "exported", "--json"],
};

describe.each(Object.entries(failures))("%s", (name, failing) => {
  test.each(Object.entries(commands))("%s", async (_, args) => {
    fail = failing;
    const ended = await run(args());
    expect({ name, ...ended }).toMatchObject({ code: 1 });
    expectNoCanary(ended, name);
    const said = `${ended.stdout}${ended.stderr}`;
    expect(said).not.toMatch(/\n\s+at |undefined|\[object|NaN/);
    expect(ended.stderr.trim().split("\n").length).toBeLessThanOrEqual(4);
  });
});

test("no file that the commands wrote and no process's command line has the token", async () => {
  expect(await expectNoCanaryIn(folder)).toBeGreaterThan(2);
  expect(processes).toContain("node");
  expectNoCanary(processes, "the command lines");
});
